"""Theorem 5.9 as a picture: the mean increment of the imbalance over the batch size."""

from __future__ import annotations

import numpy as np

from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from numerics.data import Dataset
from theory.formulas.imbalance import gradient_descent_increment, sgd_expected_increment


def over_batch_size(dataset: Dataset, step_size: float, seed: int) -> Html:
    """Mean increment of the imbalance in one step of SGD from the same weights, for every batch size."""
    X, y = dataset.X, dataset.y
    random = np.random.default_rng(seed)
    u, v = random.normal(size=X.shape[1]) / X.shape[1], 1.0
    sizes = np.unique(np.geomspace(1, len(y), 40).astype(int))
    mean = [float(sgd_expected_increment(X, y, u, v, step_size, int(size))) for size in sizes]
    descent = float(gradient_descent_increment(X, y, u, v, step_size))
    with panels() as (figure, axes):
        axes.plot(sizes, mean, "o-", markersize=3.5, label="SGD, in the mean")
        axes.axhline(descent, color="black", linestyle="dashed", label="gradient descent")
        axes.set(xscale="log", yscale="log", xlabel="batch size $B$", ylabel="increment of the imbalance")
    return picture(
        figure,
        "The mean increment of the imbalance falls with the batch size to that of gradient descent",
        f"{dataset.name}: one step of size {step_size:g} from weights with C <= 0, by the formulas of Theorem 5.9.",
    )
