"""Figures 21 to 26: the terms of Theorem 5.9 along the runs of Figure 4."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from numerics.reproduce.figure import Observation
from numerics.reproduce.sgd_runs import BatchFigure, Grid, Values
from numerics.work.task import Arrays


def _term(index: int) -> Callable[[Arrays], Values]:
    """Give one of the six recorded terms of Theorem 5.9 (`theory.formulas.imbalance.StepTerms`)."""
    return lambda result: result["step_terms"][:, index]


def _nonnegative(what: str) -> Callable[[Grid], list[Observation]]:
    """Observe that a quantity is never negative."""

    def observe(grid: Grid) -> list[Observation]:
        least = min(float(values.min()) for values in grid.series)
        return [Observation(f"{what} in all {len(grid.runs)} runs; least value recorded {least:.4g}", least >= 0)]

    return observe


def _exceeds(what: str, other: int) -> Callable[[Grid], list[Observation]]:
    """Observe where the quantity is larger than another recorded term: at the end of the runs, and all along."""

    def observe(grid: Grid) -> list[Observation]:
        quotients = [values / _term(other)(result) for values, result in zip(grid.series, grid.results, strict=True)]
        last, every = min(float(values[-1]) for values in quotients), np.concatenate(quotients)
        runs, share = len(grid.runs), float(np.mean(every > 1))
        return [
            Observation(f"{what} at the end of all {runs} runs; there the least quotient is {last:.4g}", last > 1),
            Observation(
                f"{what} at {share:.2%} of all {len(every)} records; the least quotient is {every.min():.4g}",
                share == 1,
            ),
        ]

    return observe


def _weighed(first: int, second: int) -> Callable[[Arrays], Values]:
    return lambda result: result["squared_layer"] * _term(first)(result) - _term(second)(result)


TARGETS = (
    BatchFigure(
        "figure-21",
        "Figure 21: v^2 T_1 - T_2, which gradient descent adds to the imbalance (Theorem 5.9)",
        _weighed(0, 1),
        "v^2 T_1 - T_2",
        _nonnegative("v^2 T_1 >= T_2: gradient descent does not lower the imbalance"),
        log=True,
    ),
    BatchFigure(
        "figure-22",
        "Figure 22: v^2 T_3 - T_4, which SGD adds beyond gradient descent (Theorem 5.9)",
        _weighed(4, 5),
        "v^2 T_3 - T_4",
        _nonnegative("v^2 T_3 >= T_4: a step of SGD adds more than one of gradient descent"),
        log=True,
    ),
    BatchFigure("figure-23", "Figure 23: T_1 = ||X^T z||^2 of Theorem 5.9", _term(0), "T_1", log=True),
    BatchFigure("figure-24", "Figure 24: T_2 = (u^T X^T z)^2 of Theorem 5.9", _term(1), "T_2", log=True),
    BatchFigure(
        "figure-25",
        "Figure 25: T_3 = sum z_n^2 ||x_n||^2 - T_1/N of Theorem 5.9",
        _term(4),
        "T_3",
        _exceeds("T_3 > T_1", 0),
        log=True,
    ),
    BatchFigure(
        "figure-26",
        "Figure 26: T_4 = sum z_n^2 (x_n^T u)^2 - T_2/N of Theorem 5.9",
        _term(5),
        "T_4",
        _exceeds("T_4 > T_2", 1),
        log=True,
    ),
)
