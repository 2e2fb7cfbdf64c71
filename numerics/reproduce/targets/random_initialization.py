"""Tables 11 to 15: Theorems 5.6 and 5.7, the lower bounds and what they leave open, and what is between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from numerics.reproduce.paper_data import PAPER_DATA
from numerics.reproduce.random_initialization import deviations
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.spectrum_task import spectrum_of
from numerics.reproduce.table import Decomposed, DrawTable, gap
from numerics.work.task import Arrays, Task
from theory.bounds import Bounds, convergence, initialization
from theory.language.numbers import Number

STARTS = 400
"""Initializations of each draw, as in the paper."""


@dataclass(frozen=True)
class _Starts(Decomposed):
    starts: int = STARTS
    function = "numerics.reproduce.random_initialization:initial_sharpness"
    cost = 5e-4 * STARTS

    def task(self, reproduction: Reproduction) -> Task:
        names = ("singular_values", "label_coefficients", "n_samples", "n_features")
        return self.on_decomposition(reproduction, names)


def _of(theorem: Callable[..., Bounds], quantity: Callable[[Bounds], Number]) -> Callable[[Arrays], Number]:
    return lambda draw: quantity(theorem(spectrum_of(draw), *deviations(int(draw["n_features"]))))


_LOWER: Callable[[Bounds], Number] = attrgetter("lower")

TARGETS = (
    DrawTable(
        "table-11",
        "Table 11: lower bound on the initial sharpness (Theorem 5.6)",
        PAPER_DATA,
        {"lower bound": _of(initialization, _LOWER)},
    ),
    DrawTable(
        "table-12",
        "Table 12: gap between the bounds on the initial sharpness (Theorem 5.6)",
        PAPER_DATA,
        {"gap": _of(initialization, gap)},
    ),
    DrawTable(
        "table-13",
        "Table 13: sharpness of random initializations (Theorem 5.6)",
        PAPER_DATA,
        {"S": lambda result: result["sharpness"]},
        run=_Starts,
    ),
    DrawTable(
        "table-14",
        "Table 14: lower bound on the sharpness at convergence (Theorem 5.7)",
        PAPER_DATA,
        {"lower bound": _of(convergence, _LOWER)},
    ),
    DrawTable(
        "table-15",
        "Table 15: gap between the bounds on the sharpness at convergence (Theorem 5.7)",
        PAPER_DATA,
        {"gap": _of(convergence, gap)},
    ),
)
