"""How the difficulty grows with the number of samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from numerics.data import load


def over_samples(sizes: Sequence[int], draws: int, source: str) -> Html:
    """Difficulty over the number of samples: median and range over the draws.

    Args:
        sizes: numbers of samples.
        draws: how many data sets of each size.
        source: a data source; `{n}` in it stands for the size, otherwise subsets of that size are drawn from it.
    """
    values = np.array([[_difficulty(source, size, seed) for seed in range(draws)] for size in sizes])
    with panels() as (figure, axes):
        axes.fill_between(sizes, values.min(axis=1), values.max(axis=1), alpha=0.2, label="range")
        axes.plot(sizes, np.median(values, axis=1), "o-", markersize=4, label="median")
        axes.set(yscale="log", xlabel="samples $N$", ylabel="difficulty $Q$")
    name = source.replace("{n}", "N")
    return picture(figure, f"Dataset difficulty over the number of samples of {name}", f"{name}: {draws} draws each.")


def _difficulty(source: str, size: int, seed: int) -> float:
    data = load(source.format(n=size), seed=seed) if "{n}" in source else load(source, samples=size, seed=seed)
    return float(data.spectrum().difficulty)
