"""How the difficulty grows with the number of samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from book.rendering.training import spectrum_of
from numerics.data import load


def over_samples(sizes: Sequence[int], seeds: int, source: str = "digits:3,5") -> Html:
    """Difficulty of random subsets: mean and spread over the draws."""
    values = np.array(
        [[float(spectrum_of(load(source, samples=n, seed=seed)).difficulty) for seed in range(seeds)] for n in sizes]
    )
    with panels() as (figure, axes):
        axes.errorbar(sizes, values.mean(axis=1), values.std(axis=1), fmt="o-", capsize=3, markersize=4)
        axes.set_yscale("log")
        axes.set_xlabel("samples $N$")
        axes.set_ylabel("difficulty $Q$")
    return picture(
        figure,
        "The dataset difficulty grows with the number of samples",
        f"{source}: difficulty of random subsets, mean and standard deviation over {seeds} draws.",
    )
