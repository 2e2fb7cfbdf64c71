"""The loss of the model as a quadratic function of `P u`, in any numbers, and one step down it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from numerics.arithmetic.ball import Ball
from numerics.model.products import product, products_of_others

Array = np.ndarray[Any, Any]

_LONGEST = 1 << 16  # bits of a rational: each step makes it about three times as long


@dataclass(frozen=True, eq=False)
class Quadratic:
    """`L = (P^2 u^T G u - 2 P u^T b + t) / (2N)`.

    Args:
        gram: G, shape `(d, d)`.
        correlations: b, shape `(d,)`.
        label_square: t.
        n_samples: N.
    """

    gram: Array
    correlations: Array
    label_square: Any
    n_samples: int

    def in_balls(self, ball: Ball) -> Quadratic:
        """Enclose everything."""
        gram, correlations = ball.matrix(self.gram), ball.vector(self.correlations)
        return Quadratic(gram, correlations, ball.number(self.label_square), self.n_samples)

    def loss(self, u: Array, layers: tuple[Any, ...]) -> Any:
        """The loss at weights."""
        P = product(layers)
        return (P * P * (u @ (self.gram @ u)) - 2 * P * (u @ self.correlations) + self.label_square) / (
            2 * self.n_samples
        )

    def exact_losses(self, u: Array, layers: tuple[Any, ...], step_size: Fraction) -> Iterator[Fraction]:
        """Give the loss after each step as the rational that it is, as long as that is not too long.

        Where the weights do not move, it is the same for ever.
        """
        h = step_size / self.n_samples
        while True:
            loss = Fraction(self.loss(u, layers))
            yield loss
            if max(loss.numerator.bit_length(), loss.denominator.bit_length()) > _LONGEST:
                return
            P, pull = product(layers), self.gram @ u
            inner = P * (u @ pull) - u @ self.correlations
            moved = u - h * P * (P * pull - self.correlations)
            others = [1 if rest is None else rest for rest in products_of_others(layers)]
            later = tuple(v - h * rest * inner for v, rest in zip(layers, others, strict=True))
            if later == layers and (moved == u).all():
                while True:
                    yield loss
            u, layers = moved, later
