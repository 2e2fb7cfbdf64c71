"""Training to the end: the gradient flow by an integrator for stiff equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from numerics.arithmetic import Float64
from numerics.model.base import State
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.reproduce.drawn_run import DrawnRun
from numerics.reproduce.spectrum_task import decompose, spectrum_of
from numerics.sharpness import sharpness
from numerics.work.task import Arrays

_TOLERANCE = 1e-10
_FOREVER = 1e12  # of the flow's time; the loss ends the run long before


@dataclass(frozen=True)
class RunToTheEnd(DrawnRun):
    """A model of this depth on a draw, from PyTorch's initialization."""

    depth: int
    function = "numerics.reproduce.flow_limit:train_to_the_end"
    cost = 0.3


def train_to_the_end(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Follow the gradient flow on data `X`, `y` until `||X^+ z||^2 <= 10^-10 Q`.

    `z` is the residual in `col(X)` and `Q = ||X^+ y||^2`: the loss alone would not do, since it hardly sees the
    flattest directions, on which the difficulty rests.

    The flow of ill-conditioned data is stiff: explicit steps are as short as the sharpest direction asks, for as long
    as the flattest one takes. LSODA changes to implicit steps. That the imbalance must not change (Lemma 5.2) shows how
    well the flow was followed.

    Args:
        configuration: `depth` and `seed` of PyTorch's initialization.
        arrays: `X`, shape `(N, d)`, and `y`, shape `(N,)`.

    Returns:
        `converged`, `sharpness` and `imbalance` (of the first of the upper layers) at the start and the end, each of
        shape `(2,)`, `unreachable_share`, and the spectrum as `decompose` gives it.
    """
    draw = decompose({"vectors": True}, arrays)
    depth = int(configuration["depth"])
    model = ReducedModel.from_spectrum(spectrum_of(draw), depth, Float64())
    start = model.state(*initialize("default", draw["right"], depth, int(configuration["seed"])))
    rates = model.rates(1.0, model.n_samples)
    s, d, layers = model.singular_values, model.label_coefficients, depth - 1

    def unpacked(flat: NDArray[np.float64]) -> State:
        return State(flat[:-layers], tuple(flat[-layers:]))

    def velocity(time: float, flat: NDArray[np.float64]) -> NDArray[np.float64]:
        step = model.increments(unpacked(flat), rates)
        return -np.concatenate([step.first_layer, np.array(step.layers)])

    goal = _TOLERANCE * float(np.sum((d / s) ** 2))

    def arrived(time: float, flat: NDArray[np.float64]) -> float:
        z = np.prod(flat[-layers:]) * flat[:-layers] - d
        return float(np.sum((z / s) ** 2)) - goal

    arrived.terminal = True  # type: ignore[attr-defined]
    first = np.concatenate([start.first_layer, np.array(start.layers)])
    solution = solve_ivp(velocity, (0.0, _FOREVER), first, "LSODA", events=arrived, rtol=1e-9, atol=1e-12)
    end = unpacked(solution.y[:, -1])
    return {
        "converged": np.array(solution.status == 1),
        "sharpness": np.array([float(sharpness(model, state)) for state in (start, end)]),
        "imbalance": np.array([float(model.imbalance(state)[0]) for state in (start, end)]),
        "unreachable_share": draw["label_residual_share"],
        **{name: draw[name] for name in ("singular_values", "label_coefficients", "n_samples", "label_residual_share")},
    }
