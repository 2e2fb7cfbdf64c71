"""What the theory says of a run beside what the run did."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Float64, parse_arithmetic
from numerics.arithmetic.base import exact_fraction
from numerics.gradient_flow.limit import flow_limit
from numerics.gradient_flow.slow_path import distance, flow_time, time_to_the_limit
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness
from numerics.trajectory.result import Outcome, Trajectory
from theory import Spectrum
from theory.bounds import Bounds, minimizer, predicted_sharpness
from theory.errors import NotFiniteError, ParameterError

ARRIVED = 0.01
"""A run has arrived once its weights are within this share of the limit's norm."""


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """A run's end beside the minimizer that its own imbalances lead to.

    Attributes:
        predicted: `(s_1^2 / N) Q^((D-1)/D)`, for balanced layers (Definition 5.8).
        bounds: bounds on the sharpness at the minimizer with the run's last imbalances (own-minimizer; Theorem 4.3 for
            two layers, 4.6 for balanced ones).
        limit: the sharpness there.
        reached: the sharpness at the run's end.
        first_imbalances, last_imbalances: of the layers, shape `(D-1,)`.
        loss: at the end.
        least_loss: what no weights can go below: the part of the labels outside the column space.
        learned: of each mode, the share `f_i P / d_i` of its label that the model gives, shape `(r,)`.
        distance: of the weights `(c, v)` from that minimizer, as a share of its norm.
        time_left: the flow's time until that share is 1%; None if the flow was not seen to reach it.
        steps_left: that time in steps of gradient descent, where the run has a step size.
        edge: `2/eta`, where the run has a step size.
        steps_to_edge: where the minimizer is sharper than the edge, in how many steps the run is predicted to be; 0 if
            it is there.
        last_mode: the mode, from 1, whose coefficient has the longest way to go.
    """

    predicted: float
    bounds: Bounds
    limit: float
    reached: float
    first_imbalances: tuple[float, ...]
    last_imbalances: tuple[float, ...]
    loss: float
    least_loss: float
    learned: NDArray[np.float64]
    distance: float
    time_left: float | None
    steps_left: int | None
    edge: float | None
    steps_to_edge: int | None
    last_mode: int

    @property
    def arrived(self) -> bool:
        """Whether the run is at its minimizer, within 1%."""
        return self.distance <= ARRIVED

    def levels(self) -> list[tuple[str, float]]:
        """Give the lines that a figure of the sharpness has, with their names."""
        return [
            ("predicted", self.predicted),
            ("lower bound at the limit", float(self.bounds.lower)),
            ("upper bound at the limit", float(self.bounds.upper)),
        ]

    def record(self) -> dict[str, object]:
        """Give what JSON can hold."""
        return {
            "predicted": self.predicted,
            "lower": self.bounds.lower,
            "upper": self.bounds.upper,
            "limit": self.limit,
            "reached": self.reached,
            "first_imbalances": list(self.first_imbalances),
            "last_imbalances": list(self.last_imbalances),
            "loss": self.loss,
            "least_loss": self.least_loss,
            "modes_learned": int((np.abs(self.learned - 1) <= ARRIVED).sum()),
            "modes": len(self.learned),
            "last_mode": self.last_mode,
            "last_mode_learned": _finite(self.learned[self.last_mode - 1]),
            "distance": self.distance,
            "arrived": self.arrived,
            "time_left": self.time_left,
            "steps_left": self.steps_left,
            "edge": self.edge,
            "steps_to_edge": self.steps_to_edge,
        }

    def lines(self) -> list[str]:
        """Say it in words, a line for each fact."""
        return [f"{name:<10} {text}" for name, text in self.facts()]

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        from theory.printing.tables import listing

        return listing(self.facts())

    def facts(self) -> list[tuple[str, str]]:
        """Say it in words, each with what it is about."""
        record = self.record()
        moved = [after - before for before, after in zip(self.first_imbalances, self.last_imbalances, strict=True)]
        size = max(1e-300, *map(abs, (*self.first_imbalances, *self.last_imbalances)))
        kept = max(map(abs, moved)) <= 1e-6 * max(1.0, size)
        bounds = f"[{float(self.bounds.lower):.6g}, {float(self.bounds.upper):.6g}]"
        left = max(0.0, self.loss - self.least_loss)
        found = [
            ("predicted", f"{self.predicted:.6g}  for balanced layers, at zero residual (Definition 5.8)"),
            ("limit", f"{self.limit:.6g}  at the minimizer with the run's imbalances, in {bounds} (own-minimizer)"),
            ("imbalance", "kept" if kept else f"moved by at most {max(map(abs, moved)):.3g}"),
            (
                "loss left",
                f"{left:.3g} above the least possible, {self.least_loss:.6g}",
            ),
        ]
        if self.arrived:
            return [*found, ("arrived", f"the weights are within {self.distance:.2g} of that minimizer's norm")]
        share = self.learned[self.last_mode - 1]
        learned = f"{record['modes_learned']} of {record['modes']} learned to 1%"
        away = f"the weights are {self.distance:.2g} of that minimizer's norm away: {self._left()}"
        return [
            *found,
            ("modes", f"{learned}; the longest way has mode {self.last_mode}, {share:.2%} learned"),
            ("not there", away),
        ]

    def _left(self) -> str:
        held = self.edge is not None and self.limit > self.edge
        if held and self.steps_to_edge == 0:
            return f"the sharpness has passed 2/eta = {self.edge:.6g} and stays there until the imbalance has moved"
        if held and self.steps_to_edge is not None:
            when = f"in about {_count(self.steps_to_edge)} steps the sharpness passes 2/eta = {self.edge:.6g}"
            return f"{when}, and stays there until the imbalance has moved"
        if held:
            return f"gradient flow from here was not seen to pass 2/eta = {self.edge:.6g}, which the limit is above"
        if self.steps_left is not None:
            return f"about {_count(self.steps_left)} steps"
        if self.time_left is None:
            return "gradient flow from here was not seen to reach it (Assumption 5.1 may not hold)"
        return f"about {self.time_left:.3g} of time"


def _count(steps: int) -> str:
    return f"{steps:,}" if steps < 10**12 else f"{steps:.3g}"


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def compare(run: Trajectory, spectrum: Spectrum) -> Comparison | None:
    """Compare a run of the minimalist model with its limit.

    None for a run that diverged, which has no limit, and for one whose limit float64 cannot hold.

    Args:
        run: what `train` gave.
        spectrum: of the run's data.
    """
    if run.outcome in (Outcome.DIVERGED, Outcome.UNDECIDED) or not len(run.steps):
        return None
    try:
        return _compared(run, spectrum)
    except (NotFiniteError, ParameterError, OverflowError, ZeroDivisionError):
        return None


def _compared(run: Trajectory, spectrum: Spectrum) -> Comparison:
    model = ReducedModel.from_spectrum(spectrum, int(run.settings["depth"]), Float64())
    arithmetic = parse_arithmetic(str(run.settings["arithmetic"]))
    first, layers = ([arithmetic.to_float(arithmetic.from_text(text)) for text in part] for part in run.final_state)
    state = State(np.array(first), tuple(np.float64(layer) for layer in layers))
    limit = flow_limit(model, state)
    step_size = run.settings.get("step_size")
    eta = None if step_size is None else float(exact_fraction(step_size))
    away = distance(model, state, limit) / distance(model, limit)
    top = float(sharpness(model, limit))
    time = steps = to_edge = None
    if eta is not None and top > 2 / eta:
        edge = 2 / eta
        at_edge = flow_time(model, state, lambda at: float(sharpness(model, at)) > edge)
        to_edge = None if at_edge is None else math.ceil(at_edge / eta)
    else:
        time = 0.0 if away <= ARRIVED else time_to_the_limit(model, state, limit, ARRIVED)
        steps = None if time is None or eta is None else math.ceil(time / eta)
    missing = np.abs((limit.first_layer - state.first_layer) / model.singular_values)
    s, d = model.rounded_spectrum
    rounded = Spectrum(s, d, n_samples=model.n_samples)
    with np.errstate(divide="ignore", invalid="ignore"):
        learned = np.asarray(np.prod(layers) * np.array(first) / d)
    return Comparison(
        float(predicted_sharpness(rounded, model.depth)),
        minimizer(rounded, [float(v) ** 2 for v in limit.layers]),
        top,
        float(run.series["sharpness"][-1]),
        tuple(map(float, np.atleast_1d(run.series["imbalance"][0]))),
        tuple(map(float, np.atleast_1d(run.series["imbalance"][-1]))),
        float(run.series["loss"][-1]),
        float(model.unreachable_loss),
        learned,
        away,
        time,
        steps,
        None if eta is None else 2 / eta,
        to_edge,
        int(np.argmax(missing)) + 1,
    )
