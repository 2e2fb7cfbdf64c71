"""Table 13: the sharpness of many random initializations, against the bounds of Table 11."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from numerics.arithmetic import Float64
from numerics.model.reduced import ReducedModel
from numerics.reproduce.random_start import deviations, rows
from numerics.reproduce.shared_work import Study
from numerics.reproduce.table import DrawTable, Row
from numerics.sharpness import sharpness
from numerics.work.task import Arrays, Task

STARTS = 400
"""Initializations of each draw, as in the paper."""


class _InitialSharpness(DrawTable):
    def task_of_draw(self, study: Study, where: tuple[str, int, int]) -> Task:
        _, samples, seed = where
        configuration = {"starts": STARTS, "seed": seed}
        names = ("singular_values", "label_coefficients", "n_samples", "n_features")
        return study.on_draw(
            "numerics.reproduce.targets.table_13:initial_sharpness",
            configuration,
            where,
            lambda draw: {name: draw[name] for name in names},
            cost=STARTS * (1e-4 + 1e-6 * samples),
        )


def initial_sharpness(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Compute the exact sharpness of random initializations (Assumption 5.5).

    The coefficients `c_i = w_i^T u` of `u ~ N(0, alpha^2 I_d)` are drawn themselves: they are `N(0, alpha^2 I_r)`.
    """
    s, d = arrays["singular_values"], arrays["label_coefficients"]
    model = ReducedModel(Float64(), 2, int(arrays["n_samples"]), s, d)
    alpha, beta = deviations(int(arrays["n_features"]))
    random = np.random.Generator(np.random.Philox(key=configuration["seed"], counter=[0, 0, 2, 0]))
    starts = configuration["starts"]
    weights, layers = random.normal(0.0, alpha, (starts, len(s))), random.normal(0.0, beta, starts)
    found = [sharpness(model, model.state(c, [v])) for c, v in zip(weights, layers, strict=True)]
    return {"sharpness": np.array(found, dtype=np.float64)}


def _quantity(row: Row, result: Arrays) -> Any:
    return result["sharpness"]


TARGET = _InitialSharpness(
    "table-13", "Table 13: sharpness of random initializations (Theorem 5.6)", rows("S"), _quantity
)
