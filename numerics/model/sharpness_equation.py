"""The scalar equation whose top root is the sharpness, at any depth.

In `(c, v)` coordinates `N` times the Hessian is

    [ diag(alpha)    beta p^T            ]      alpha_i = (P s_i)^2,   beta_i = s_i (z_i + P f_i),
    [ p beta^T       F p p^T + G M       ]      F = sum f_i^2,         G = sum f_i z_i,

with `p_j` the product of all layers but `j`, and `M_jk`, j != k, the product of all layers but `j` and `k`. For
`lambda > max alpha` put `phi(lambda) = F + sum beta_i^2 / (lambda - alpha_i)`: then `lambda` is an eigenvalue exactly
if it is one of `phi p p^T + G M`. Where no layer is zero that is a diagonal matrix plus rank one. Call 1 the layer of
least magnitude, `t_k = v_1 / v_k` in [-1, 1], and `q_k` the product of all layers but 1 and `k`. Multiplying the
secular equation by its pole at layer 1 gives

    g(lambda) = lambda - p_1^2 phi - (P phi + G) K(lambda) = 0,
    K(lambda) = sum_{k>1} q_k t_k + G sum_{k>1} q_k^2 (1 - t_k)(1 + t_k) / (lambda + t_k q_k G),

in which nothing is divided by a layer that can be small, and layers of equal magnitude drop out by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.products import product


@dataclass(frozen=True, eq=False)
class SharpnessEquation:
    """The numbers in `g`, without the factor 1/N. Shapes: `poles`, `weights` `(r,)`, the others of layers `(D-2,)`.

    Attributes:
        poles: `alpha_i`.
        weights: `beta_i^2`.
        constant: `F`.
        coupling: `G`.
        total_product: `P`.
        least_layer: `v_1`, of least magnitude.
        least_product: `p_1`.
        shift: `sum_{k>1} q_k t_k`.
        numerators: `G q_k^2 (1 - t_k)(1 + t_k)`.
        offsets: `t_k q_k G`.
        ties: `-2 G t_k q_k / (1 + t_k^2)`, Rayleigh quotients that the top eigenvalue is at least.
        border_squared: `sum_j p_j^2`.
        block_bound: `F sum_j p_j^2 + |G| sum_{k>1} |q_k|`, at least the norm of the block of the layers.
    """

    arithmetic: Arithmetic
    poles: Vector
    weights: Vector
    constant: Number
    coupling: Number
    total_product: Number
    least_layer: Number
    least_product: Number
    shift: Number
    numerators: tuple[Number, ...]
    offsets: tuple[Number, ...]
    ties: tuple[Number, ...]
    border_squared: Number
    block_bound: Number

    @classmethod
    def of(
        cls,
        arithmetic: Arithmetic,
        singular_values: Vector,
        label_coefficients: Vector,
        outputs: Vector,
        layers: tuple[Number, ...],
    ) -> SharpnessEquation:
        """Set the equation up at one state. Call it inside `arithmetic.active()`."""
        P = product(layers)
        scaled = P * outputs
        z = scaled - label_coefficients
        roots = P * singular_values
        beta = singular_values * (z + scaled)
        return cls.bordered(
            arithmetic,
            roots * roots,
            beta * beta,
            arithmetic.plain_total(outputs * outputs),
            arithmetic.plain_total(outputs * z),
            layers,
        )

    @classmethod
    def bordered(
        cls,
        arithmetic: Arithmetic,
        poles: Vector,
        weights: Vector,
        constant: Number,
        coupling: Number,
        layers: tuple[Number, ...],
    ) -> SharpnessEquation:
        """Set the equation up from `alpha`, `beta^2`, `F`, `G` and the layers."""
        one, zero = arithmetic.number(1), arithmetic.number(0)
        least = min(range(len(layers)), key=lambda j: abs(layers[j]))
        v1, others = layers[least], [v for j, v in enumerate(layers) if j != least]
        p1, shift, squares, sizes = one, zero, zero, zero
        numerators, offsets, ties = [], [], []
        for k, v in enumerate(others):
            p1 = p1 * v
            rest = [other for j, other in enumerate(others) if j != k]
            q = product(rest) if rest else one
            t = zero if v1 == 0 else v1 / v
            shift = shift + q * t
            numerators.append(coupling * (q * q) * ((one - t) * (one + t)))
            offsets.append(t * q * coupling)
            ties.append(-(coupling + coupling) * (t * q) / (one + t * t))
            squares, sizes = squares + (v1 * q) * (v1 * q), sizes + abs(q)
        squares = squares + p1 * p1
        return cls(
            arithmetic,
            poles,
            weights,
            constant,
            coupling,
            v1 * p1,
            v1,
            p1,
            shift,
            tuple(numerators),
            tuple(offsets),
            tuple(ties),
            squares,
            constant * squares + abs(coupling) * sizes,
        )

    def rounded(self, arithmetic: Arithmetic) -> SharpnessEquation:
        """Round every number to float64."""
        to_float, of = self.arithmetic.to_float, arithmetic.dtype

        def one(value: Number) -> Number:
            return of(to_float(value))

        def many(values: Iterable[Number]) -> Vector:
            return np.fromiter((to_float(value) for value in values), dtype=of)

        return SharpnessEquation(
            arithmetic=arithmetic,
            poles=many(self.poles),
            weights=many(self.weights),
            constant=one(self.constant),
            coupling=one(self.coupling),
            total_product=one(self.total_product),
            least_layer=one(self.least_layer),
            least_product=one(self.least_product),
            shift=one(self.shift),
            numerators=tuple(many(self.numerators)),
            offsets=tuple(many(self.offsets)),
            ties=tuple(many(self.ties)),
            border_squared=one(self.border_squared),
            block_bound=one(self.block_bound),
        )

    def evaluate(self, position: Number) -> tuple[Number, Number, Number]:
        """Give `g`, its derivative, and `P phi + G` at a position above every pole."""
        inverses = self.arithmetic.number(1) / (position - self.poles)
        ratios = self.weights * inverses
        first, second = self.arithmetic.plain_total(ratios), self.arithmetic.plain_total(ratios * inverses)
        return self.from_sums(position, first, second)

    def from_sums(self, position: Number, first: Number, second: Number) -> tuple[Number, Number, Number]:
        """Do the same with the sums of `beta_i^2 / (lambda - alpha_i)` and of `beta_i^2 / (lambda - alpha_i)^2`."""
        one = self.arithmetic.number(1)
        phi, phi_slope = self.constant + first, -second
        if not self.offsets:
            return position - phi, one - phi_slope, phi
        K, K_slope = self.shift, self.arithmetic.number(0)
        for numerator, offset in zip(self.numerators, self.offsets, strict=True):
            ratio = numerator / (position + offset)
            K = K + ratio
            K_slope = K_slope - ratio / (position + offset)
        squared = self.least_product * self.least_product
        pull = self.total_product * phi + self.coupling
        value = position - squared * phi - pull * K
        slope = one - squared * phi_slope - self.total_product * phi_slope * K - pull * K_slope
        return value, slope, pull

    def is_below(self, position: Number, value: Number, pull: Number) -> bool:
        """Tell, from `g` and `P phi + G` at a position above every pole, whether the sharpness lies above it.

        The sign of `g` counts the eigenvalues of `phi p p^T + G M` above the position, modulo 2. There can be two
        only where `P (P phi + G) > 0` and the position is below the pole `-G p_1 / v_1` that was multiplied out.
        """
        if value < 0:
            return True
        if not self.offsets or not self.total_product * pull > 0:
            return False
        return bool(position * abs(self.least_layer) < -self.coupling * self.least_product * _sign(self.least_layer))

    def floor(self) -> Number:
        """Give the largest pole: the sharpness (times N) is at least this, and at least 0."""
        best = self.arithmetic.number(0)
        for pole in (self.arithmetic.largest(self.poles), *(-offset for offset in self.offsets)):
            if pole > best:
                best = pole
        return best

    def ceiling(self) -> Number:
        """Give an upper bound: the top eigenvalue of the two by two matrix of the blocks' norms."""
        a = self.arithmetic
        half = a.number(1) / a.number(2)
        top = a.largest(self.poles)
        middle, apart = (top + self.block_bound) * half, (top - self.block_bound) * half
        return middle + a.sqrt(apart * apart + a.plain_total(self.weights) * self.border_squared)


def _sign(value: Number) -> int:
    return -1 if value < 0 else 1
