"""Table 13: the sharpness of many random initializations, against the bounds of Table 11."""

from __future__ import annotations

from typing import Any

from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.table import DrawTable, Row, rows
from numerics.work.task import Arrays, Task

STARTS = 400
"""Initializations of each draw, as in the paper."""


class _InitialSharpness(DrawTable):
    def task_of_draw(self, reproduction: Reproduction, where: tuple[str, int, int]) -> Task:
        _, samples, seed = where
        configuration = {"starts": STARTS, "seed": seed}
        names = ("singular_values", "label_coefficients", "n_samples", "n_features")
        return reproduction.on_draw(
            "numerics.reproduce.random_initialization:initial_sharpness",
            configuration,
            where,
            lambda draw: {name: draw[name] for name in names},
            cost=STARTS * (1e-4 + 1e-6 * samples),
        )


def _quantity(row: Row, result: Arrays) -> Any:
    return result["sharpness"]


TARGET = _InitialSharpness(
    "table-13", "Table 13: sharpness of random initializations (Theorem 5.6)", rows("S"), _quantity
)
