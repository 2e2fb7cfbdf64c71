"""A run in balls, in coordinates of the spectrum, written so that the balls grow no faster than they must.

A ball forgets that two of its appearances are one number, so each weight stands once in each term of its own step:

    f_i+ = f_i (1 - h s_i^2 P^2) + h s_i^2 d_i P,
    v_j+ = v_j (1 - h (P/v_j)^2 sum_i f_i^2) + h (P/v_j) sum_i f_i d_i,        h = eta / N,

in `f_i = s_i c_i`. With residuals, as in `ReducedModel.increments`, f_i would stand twice and its radius grow by
`1 + h s_i^2 P^2` instead of `|1 - h s_i^2 P^2|`.
"""

from __future__ import annotations

from fractions import Fraction

from numerics.arithmetic import at_precision
from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number
from numerics.exact_trajectory.enclosed_run import EnclosedRun, layers_after
from numerics.exact_trajectory.inertia import sharpness_exceeds
from numerics.model.base import State
from numerics.model.products import product
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness
from theory.formulas.escape import escape_margin, loss_floor, sharpness_floor
from theory.language.numbers import square


class SpectrumRun(EnclosedRun):
    """A run in the coordinates of the singular values, one number each. Make and use it inside `ball.active()`."""

    def __init__(self, model: ReducedModel, start: State, step_size: Fraction) -> None:
        assert isinstance(model.arithmetic, Ball)
        self.ball, self.n_samples, self.model, self.start = model.arithmetic, model.n_samples, model, start
        self.rates = model.rates(self.ball.number(step_size), model.n_samples)
        self.drives = self.rates.first_layer * model.label_coefficients
        self.label_norm_squared = sum((square(d) for d in model.label_coefficients), start=self.ball.number(0))

    def step(self, state: State) -> State:
        """Enclose the weights after one step."""
        f, P, rate = state.first_layer, product(state.layers), self.rates.layers
        first_layer = f * (1 - self.rates.first_layer * (P * P)) + self.drives * P
        layers = layers_after(state.layers, rate * f.dot(f), rate * f.dot(self.model.label_coefficients))
        return State(first_layer, layers)

    def weights(self, state: State) -> tuple[Number, ...]:
        """Give the coefficients `c_i` and the layers."""
        return (*self.model.coefficients(state), *state.layers)

    def loss(self, state: State) -> Number:
        """Enclose the loss."""
        return self.model.loss(state)

    def sharpness_exceeds(self, state: State, scaled_level: Number) -> bool | None:
        """Tell the side by inertia."""
        return sharpness_exceeds(self.model, state, scaled_level)

    def rough_sharpness(self, state: State, bits: int) -> Fraction | None:
        """Find the sharpness at the balls' midpoints."""
        model, ball = self.model, self.ball
        if not all(ball.is_finite(weight) for weight in (*state.first_layer, *state.layers)):
            return None
        few = at_precision(bits)
        s, d, f, v = (
            few.vector([ball.to_fraction(value) for value in values])
            for values in (model.singular_values, model.label_coefficients, state.first_layer, state.layers)
        )
        rough = ReducedModel(few, model.depth, model.n_samples, s, d)
        return few.to_fraction(sharpness(rough, State(f, tuple(v))))

    def escaped(self, state: State) -> bool | None:
        """Tell whether the weights are in the region that descent never leaves (`theory.formulas.escape`)."""
        output, surely = state.first_layer[0] * product(state.layers), True
        for weight in (*state.layers, state.first_layer[0] / self.model.singular_values[0]):
            margin = escape_margin(output, self.label_norm_squared, weight, self.rates.layers)
            if margin < 0:
                return False
            surely = surely and margin > 0
        return True if surely else None

    def floor(self, quantity: str, state: State) -> Number:
        """Give the floor of that region."""
        P, n_samples = product(state.layers), self.model.n_samples
        if quantity == "loss":
            return loss_floor(state.first_layer[0] * P, self.label_norm_squared, n_samples)
        return sharpness_floor(self.model.singular_values[0], P, n_samples)
