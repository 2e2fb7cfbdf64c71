"""A run on a table in balls, in full coordinates: one number a feature.

In a step `u+ = (1 - h P^2 G) u + h P b` each weight stands once in each term, so that balls grow slowly. The Hessian
times N has the blocks `P^2 G`, `q_j (2 P G u - b)` and `q_j q_k u^T G u`, the last with `P u^T G u - u^T b` times the
product of the other layers where j and k differ; q_j is the product of all layers but v_j.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from mpmath import MPContext

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number, exact_fraction
from numerics.exact_trajectory.enclosed_run import EnclosedRun, layers_after
from numerics.exact_trajectory.inertia import has_negative_pivot
from numerics.exact_trajectory.quadratic import Quadratic
from numerics.model.base import State
from numerics.model.products import product, products_of_others


class TableRun(EnclosedRun):
    """A run in full coordinates. Make and use it inside `ball.active()`."""

    def __init__(
        self, ball: Ball, quadratic: Quadratic, u: Sequence[Fraction], v: Sequence[Fraction], step_size: Fraction
    ) -> None:
        self.ball, self.n_samples, self.loss_function = ball, quadratic.n_samples, quadratic.in_balls(ball)
        self.start = State(ball.vector(list(u)), tuple(ball.vector(list(v))))
        self.rate = ball.number(step_size / quadratic.n_samples)

    def step(self, state: State) -> State:
        """Enclose the weights after one step."""
        G, b, u, P = self.loss_function.gram, self.loss_function.correlations, state.first_layer, product(state.layers)
        shrinking = -(self.rate * (P * P)) * G
        for place in range(len(u)):
            shrinking[place, place] = 1 + shrinking[place, place]
        layers = layers_after(state.layers, self.rate * (u @ (G @ u)), self.rate * (u @ b))
        return State(np.asarray(shrinking @ u + (self.rate * P) * b), layers)

    def weights(self, state: State) -> tuple[Number, ...]:
        """Give u and the layers."""
        return (*state.first_layer, *state.layers)

    def loss(self, state: State) -> Number:
        """Enclose the loss."""
        return self.loss_function.loss(state.first_layer, state.layers)

    def sharpness_exceeds(self, state: State, scaled_level: Number) -> bool | None:
        """Tell the side by inertia."""
        matrix = [[-entry for entry in row] for row in self._hessian(state)]
        for place, row in enumerate(matrix):
            row[place] = row[place] + scaled_level
        return has_negative_pivot(matrix)

    def rough_sharpness(self, state: State, bits: int) -> Fraction | None:
        """Find the sharpness at the midpoints of the Hessian's balls."""
        hessian = self._hessian(state)
        if not all(self.ball.is_finite(entry) for row in hessian for entry in row):
            return None
        few = MPContext()
        few.prec = bits
        exact = [[self.ball.to_fraction(entry) for entry in row] for row in hessian]
        matrix = few.matrix([[few.mpf(x.numerator) / x.denominator for x in row] for row in exact])
        scale = few.mnorm(matrix, few.inf) or 1  # eigsy looks at absolute sizes
        return exact_fraction(max(few.eigsy(matrix / scale, eigvals_only=True)) * scale) / self.n_samples

    def _hessian(self, state: State) -> list[list[Number]]:
        G, b, u, layers = self.loss_function.gram, self.loss_function.correlations, state.first_layer, state.layers
        P, others = product(layers), [1 if rest is None else rest for rest in products_of_others(layers)]
        pull = G @ u
        size, inner = u @ pull, P * (u @ pull) - u @ b
        side = 2 * P * pull - b
        rows: list[list[Any]] = [[*((P * P) * G[k]), *(q * side[k] for q in others)] for k in range(len(u))]
        for j, q in enumerate(others):
            across = []
            for k, other in enumerate(others):
                rest = [v for place, v in enumerate(layers) if place not in (j, k)]
                across.append(q * other * size + (0 if j == k else inner * product(rest) if rest else inner))
            rows.append([*(q * side), *across])
        return rows
