"""When gradient descent from a start will pass the edge of stability, before any training."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from numerics.arithmetic import Float64
from numerics.gradient_flow.limit import flow_limit
from numerics.gradient_flow.slow_path import crossing_step
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import check_step_size
from numerics.sharpness import sharpness
from theory import Spectrum


@dataclass(frozen=True, repr=False)
class EdgePrediction:
    """What a step size will meet.

    Attributes:
        step_size: `eta`.
        edge: `2/eta`.
        limit: the sharpness at the minimizer that gradient flow from the start tends to.
        crossing_step: the first step with a sharpness above `2/eta`, read off the flow; None for none.
    """

    step_size: Fraction
    edge: float
    limit: float
    crossing_step: int | None

    def __repr__(self) -> str:
        if self.crossing_step is not None:
            return f"the sharpness passes 2/eta = {self.edge:.6g} at about step {self.crossing_step:,}"
        if self.limit <= self.edge:
            return f"2/eta = {self.edge:.6g} is not passed: gradient flow ends at the sharpness {self.limit:.6g}"
        return f"gradient flow was not seen to pass 2/eta = {self.edge:.6g}, which its limit {self.limit:.6g} is above"


def predict_edge(spectrum: Spectrum, depth: int, step_size: Fraction, init: str, seed: int = 0) -> EdgePrediction:
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
    model = ReducedModel.from_spectrum(spectrum, depth, Float64())
    start = model.state(*initialize(init, np.asarray(spectrum.right_singular_vectors), depth, seed))
    limit = float(sharpness(model, flow_limit(model, start)))
    return EdgePrediction(step_size, float(2 / step_size), limit, crossing_step(model, start, step_size))
