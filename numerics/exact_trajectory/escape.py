"""Whether balls lie in the region that gradient descent never leaves, at any depth (`theory.formulas.escape`)."""

from __future__ import annotations

from dataclasses import dataclass

from numerics.arithmetic.base import Number
from numerics.model.base import State
from numerics.model.products import product
from numerics.model.reduced import ReducedModel
from theory.formulas.escape import escape_margin, loss_floor, sharpness_floor
from theory.language.numbers import square


@dataclass(frozen=True, eq=False)
class EscapeRegion:
    """The region of one model and step size. Make and use it inside `arithmetic.active()`.

    Attributes:
        model: the reduced model in balls.
        rate: `h = eta / N`.
        label_norm_squared: `||y||^2`.
    """

    model: ReducedModel
    rate: Number
    label_norm_squared: Number

    @classmethod
    def of(cls, model: ReducedModel, rate: Number) -> EscapeRegion:
        """Fold the labels."""
        return cls(model, rate, sum((square(d) for d in model.label_coefficients), start=model.arithmetic.number(0)))

    def holds(self, state: State) -> bool | None:
        """Tell whether the weights are surely in the region (True), surely not (False), or neither (None)."""
        output = state.first_layer[0] * product(state.layers)
        weights = (*state.layers, state.first_layer[0] / self.model.singular_values[0])
        surely = True
        for weight in weights:
            margin = escape_margin(output, self.label_norm_squared, weight, self.rate)
            if margin < 0:
                return False
            surely = surely and margin > 0
        return True if surely else None

    def loss_floor(self, state: State) -> Number:
        """Give what the loss is never below again, once the weights are in the region."""
        return loss_floor(state.first_layer[0] * product(state.layers), self.label_norm_squared, self.model.n_samples)

    def sharpness_floor(self, state: State) -> Number:
        """Give what the sharpness is never below again, once the weights are in the region."""
        return sharpness_floor(self.model.singular_values[0], product(state.layers), self.model.n_samples)
