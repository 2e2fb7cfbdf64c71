"""When gradient descent from a start will pass the edge of stability, before any training, and what precision does.

Proved: the bounds at the minimizer with the start's imbalances (own-minimizer), given that gradient flow tends to a
minimizer (Assumption 5.1). Read off gradient flow, without a proof of how close gradient descent stays to it: the step
at which the sharpness passes `2/eta`; over random problems it is within 3% of the run's. A law that is observed: what
each kind of number does from there on (`numerics.prediction.precision_at_edge`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from numerics.arithmetic import Float64
from numerics.finite_precision.problem import Problem
from numerics.gradient_flow.limit import flow_limit
from numerics.gradient_flow.slow_path import DEEPEST, crossing_step
from numerics.model.initialization import Form, initialize
from numerics.optimizers.base import check_step_size
from numerics.prediction.precision_at_edge import PrecisionAtEdge, precision_at_edge
from numerics.sharpness import sharpness
from theory import Spectrum
from theory.errors import ParameterError


@dataclass(frozen=True, repr=False)
class EdgePrediction:
    """What a step size will meet.

    Attributes:
        step_size: `eta`.
        edge: `2/eta`.
        limit: the sharpness at the minimizer that gradient flow from the start tends to.
        crossing_step: the first step with a sharpness above `2/eta`, read off the flow; None for none.
        problem: the data, the depth and the start that were asked about.
    """

    step_size: Fraction
    edge: float
    limit: float
    crossing_step: int | None
    problem: Problem = field(compare=False)

    def precision(self, progress: Callable[[int], None] | None = None) -> PrecisionAtEdge | None:
        """Predict what each kind of number does at the edge; None where it is not passed, or too late to be looked at.

        Args:
            progress: hears the number of steps of the reference run, where one is made.
        """
        return None if self.crossing_step is None else precision_at_edge(self.problem, self.crossing_step, progress)

    def record(self) -> dict[str, object]:
        """Give what JSON can hold of the prediction."""
        return {
            "depth": self.problem.depth,
            "step_size": str(self.step_size),
            "edge": self.edge,
            "limit": self.limit,
            "crossing_step": self.crossing_step,
        }

    def __repr__(self) -> str:
        if self.crossing_step is not None:
            return f"the sharpness passes 2/eta = {self.edge:.6g} at about step {self.crossing_step:,}"
        if self.limit <= self.edge:
            return f"2/eta = {self.edge:.6g} is not passed: gradient flow ends at the sharpness {self.limit:.6g}"
        return f"gradient flow was not seen to pass 2/eta = {self.edge:.6g}, which its limit {self.limit:.6g} is above"


def predict_edge(spectrum: Spectrum, depth: int, step_size: Fraction, init: Form, seed: int = 0) -> EdgePrediction:
    """Follow gradient flow from a start to see when the sharpness will pass `2/eta`.

    Args:
        spectrum: of the data, with their right singular vectors.
        depth: `D`.
        step_size: `eta`.
        init: an initialization (`numerics.model.initialization`).
        seed: fixes its draw.

    Raises:
        ParameterError, NumberKindError, ShapeError: see the messages.

    Examples:
        >>> spectrum = Spectrum.from_data([[2.0, 0.0], [0.0, 1.0]], [4.0, 1.0])
        >>> print(predict_edge(spectrum, 2, Fraction(1, 4), "balanced:1"))
        the sharpness passes 2/eta = 8 at about step 2
    """
    check_step_size(step_size)
    if depth > DEEPEST:
        raise ParameterError(f"the edge is predicted for at most {DEEPEST} layers, not for {depth}; take fewer")
    weights = initialize(init, np.asarray(spectrum.right_singular_vectors), depth, seed)
    problem = Problem(spectrum, depth, step_size, *weights)
    model = problem.model(Float64())
    start = problem.start(model)
    limit = float(sharpness(model, flow_limit(model, start)))
    return EdgePrediction(step_size, float(2 / step_size), limit, crossing_step(model, start, step_size), problem)
