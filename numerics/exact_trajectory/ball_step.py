"""One step of gradient descent in balls, written so that the balls grow no faster than they must.

A ball forgets that two of its appearances are one number, so each weight stands once in each term of its own step:

    f_i+ = f_i (1 - h s_i^2 P^2) + h s_i^2 d_i P,
    v_j+ = v_j (1 - h (P/v_j)^2 sum_i f_i^2) + h (P/v_j) sum_i f_i d_i,        h = eta / N,

in `f_i = s_i c_i`. With residuals, as in `ReducedModel.increments`, f_i would stand twice and its radius grow by
`1 + h s_i^2 P^2` instead of `|1 - h s_i^2 P^2|`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from numerics.arithmetic.base import Number, Vector
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel


@dataclass(frozen=True, eq=False)
class BallStep:
    """The constants of a step. Make and use it inside `arithmetic.active()`.

    Attributes:
        label_coefficients: `d_i`, shape `(r,)`.
        modes: `h s_i^2`, shape `(r,)`.
        drives: `h s_i^2 d_i`, shape `(r,)`.
        rate: `h`.
    """

    label_coefficients: Vector
    modes: Vector
    drives: Vector
    rate: Number

    @classmethod
    def of(cls, model: ReducedModel, step_size: Fraction) -> BallStep:
        """Fold the step size into the constants of a model in balls."""
        rates = model.rates(model.arithmetic.number(step_size), model.n_samples)
        d = model.label_coefficients
        return cls(d, rates.first_layer, np.asarray(rates.first_layer * d), rates.layers)

    def __call__(self, state: State) -> State:
        """Enclose the weights after one step from any weights in the state's balls."""
        f, P = state.first_layer, product(state.layers)
        square = P * P
        first_layer = np.empty(len(f), dtype=object)
        for i, (weight, mode, push) in enumerate(zip(f, self.modes, self.drives, strict=True)):
            first_layer[i] = weight * (1 - mode * square) + push * P
        shrink, drive = self.rate * f.dot(f), self.rate * f.dot(self.label_coefficients)
        layers = tuple(
            v * (1 - shrink) + drive if rest is None else v * (1 - shrink * (rest * rest)) + drive * rest
            for v, rest in zip(state.layers, products_of_others(state.layers), strict=True)
        )
        return State(first_layer, layers)
