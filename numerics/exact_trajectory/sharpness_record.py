"""The sharpness to a given count of digits: found with few bits, then proved by two tests of inertia."""

from __future__ import annotations

from numerics.arithmetic import at_precision
from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number, Vector
from numerics.exact_trajectory.decimal_record import rounded
from numerics.exact_trajectory.inertia import sharpness_exceeds
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness

_GUARD = 64


def sharpness_text(model: ReducedModel, state: State, digits: int) -> str | None:
    """Round the sharpness to `digits` digits; None where the state's balls are too wide for that.

    Call it inside `arithmetic.active()`.

    Examples:
        >>> from theory import Spectrum
        >>> model = ReducedModel.from_spectrum(Spectrum([2.0], [6.0], n_samples=4), 2, Ball(80))
        >>> sharpness_text(model, model.state([1.0], [3.0]), 5)
        '1.0000e1'
    """
    ball = model.arithmetic
    assert isinstance(ball, Ball)
    weights = (*state.first_layer, *state.layers)
    if not all(ball.is_finite(weight) for weight in weights):
        return None
    few = at_precision(_GUARD + digits * 10 // 3)

    def near(values: Vector | tuple[Number, ...]) -> Vector:
        return few.vector([ball.to_fraction(value) for value in values])

    rough = ReducedModel(few, model.depth, model.n_samples, near(model.singular_values), near(model.label_coefficients))
    found = rounded(
        few.to_fraction(sharpness(rough, State(near(state.first_layer), tuple(near(state.layers))))), digits
    )
    low, high = (ball.number(model.n_samples * (found.value + side * found.reach)) for side in (-1, 1))
    proved = sharpness_exceeds(model, state, low) is True and sharpness_exceeds(model, state, high) is False
    return found.text if proved else None
