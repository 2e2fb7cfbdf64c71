"""Steps about the tangent kernel at a minimizer, in the modes.

With `P` the product of the later layers the sharpness is the top eigenvalue of `K / N`, where
`x^T K x = ||J^T x||^2 = P^2 sum_i s_i^2 x_i^2 + sum_j (P/v_j)^2 (sum_i s_i c_i x_i)^2`. One half of that is
`x^T K x <= N S ||x||^2` for every `x`; the other half is `S <= T / N` from `x^T K x <= T ||x||^2` for every `x`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Integer, KroneckerDelta, Sum, Symbol

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.lemmas.sharpness_of_kernel import sharpness_at_most
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import Direction, RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, at_most, equal, less
from theory.setting.symbols import N, e, features, label_coefficients, modes, rank, s, samples, spectrum, w

VECTOR = IndexedArray.named("x", modes)
"""Any vector in the modes."""
LENGTH: Expr = (VECTOR**2).total()
WEIGHTED: Expr = ((VECTOR * s) ** 2).total()
LABELS: Expr = (label_coefficients * VECTOR).total()

_i, _n = modes.index(set()), samples.index(set())
_a = IndexedArray.named("a", features)


@dataclass(frozen=True)
class Minimizer:
    """A global minimizer of two layers, as a statement speaks of it.

    Attributes:
        prefix: what the names of its steps begin with, and of the hypothesis that says that it is one.
        first_layer: `u`.
        later: `v`, or the later layers `v_1 .. v_(D-1)`.
        sharpness: `S`.
    """

    prefix: str
    first_layer: IndexedArray
    later: Any
    sharpness: Symbol

    @property
    def product(self) -> Expr:
        """`P`, which is `v`."""
        return self.later

    @property
    def others(self) -> Any:
        """`P/v_j`."""
        return Integer(1)

    @property
    def stretch(self) -> Expr:
        """`sum_j (P/v_j)^2`."""
        return Integer(1)

    @property
    def coefficients(self) -> IndexedArray:
        """`c = W u`."""
        coefficients: IndexedArray = w @ self.first_layer
        return coefficients

    @property
    def size(self) -> Expr:
        """`||Pi_W u||^2`."""
        return (self.coefficients**2).total()

    @property
    def inner(self) -> Expr:
        """`sum_i s_i c_i x_i`."""
        return self.inner_of(VECTOR)

    @property
    def kernel(self) -> Expr:
        """`x^T K x`."""
        return self.kernel_of(VECTOR)

    def inner_of(self, vector: IndexedArray) -> Expr:
        """`sum_i s_i c_i x_i` for one vector."""
        return (s * self.coefficients * vector).total()

    def kernel_of(self, vector: IndexedArray) -> Expr:
        """`x^T K x` for one vector, from the Jacobian."""
        return self.product**2 * ((vector * s) ** 2).total() + self.stretch * self.inner_of(vector) ** 2

    @property
    def labels(self) -> Expr:
        """A certificate, 0, for `(P sum_i s_i c_i x_i)^2 = (sum_i d_i x_i)^2`: the left side less the right one."""
        near = Sum(VECTOR.at(_i) * fact(f"{self.prefix}residual", _i), (_i, 1, rank))
        return near * (self.product * self.inner + LABELS)

    def residual(self) -> Step:
        """At a minimizer `d_i = s_i c_i P`."""
        residual = Sum(e.at(_i, _n) * -fact(f"{self.prefix}minimizer", _n), (_n, 1, N))
        claim = equal(label_coefficients, self.coefficients * s * self.product)
        return Step(f"{self.prefix}residual", claim, Combination(residual, ("svd", "labels")))

    def difficulty(self) -> Step:
        """`Q = P^2 ||c||^2`."""
        claim = equal(spectrum.difficulty, self.product**2 * self.size)
        return Step(f"{self.prefix}difficulty-of-weights", claim, identity(f"{self.prefix}residual"))

    def positive_weight(self) -> Step:
        """`0 < Q = P^2 ||c||^2`, so that `P` is not 0."""
        method = PositiveFactor("nonzero-labels", self.size, (f"{self.prefix}residual",))
        return Step(f"{self.prefix}weight-positive", less(0, self.product**2), method)

    def weights(self) -> list[Step]:
        """All three."""
        return [self.residual(), self.difficulty(), self.positive_weight()]

    @property
    def letter(self) -> Any:
        """Any direction of the later layers."""
        return Symbol("b", real=True)

    def gain(self, later: Any) -> Expr:
        """What `P` gains along a direction of the later layers."""
        gain: Expr = later
        return gain

    def along(self, name: str, later: Any) -> list[Step]:
        """Steps that say so, where the loss along that direction asks for them."""
        return []

    def transposed(self, vector: IndexedArray) -> Direction:
        """`J^T x`."""
        return (vector * s * self.product) @ w, self.others * self.inner_of(vector)

    def kernel_below(self, vector: IndexedArray = VECTOR) -> list[Step]:
        """`x^T K x <= N S ||x||^2` for every x, from the quotient at `J^T x`.

        With `m = N S`: `m^2 ||x||^2 - m x^T K x = ||m x - K x||^2 + m x^T K x - ||K x||^2`.
        """
        prefix, first_square = self.prefix, s[0] ** 2 * self.product**2
        first_mode, direction = (w.row(1), self.others * 0), self.transposed(vector)
        image = vector * s**2 * self.product**2 + self.coefficients * s * (self.inner_of(vector) * self.stretch)
        bound = N * self.sharpness
        along = self.along("along-quotient", direction[1])
        return [
            *along,
            Step(
                f"{prefix}first-mode",
                at_most(first_square / N, self.sharpness),
                RayleighQuotient(first_mode, self._form(along)),
            ),
            Step(
                f"{prefix}sharpness-positive",
                less(0, self.sharpness),
                Combination(fact(f"{prefix}first-mode") + first_square / N, given=(f"{prefix}weight-positive",)),
            ),
            Step(
                f"{prefix}quotient",
                at_most((image**2).total() / N, self.sharpness * squared_norm(direction)),
                RayleighQuotient(direction, self._form(along)),
            ),
            Step(
                f"{prefix}kernel-below",
                at_most(self.kernel_of(vector), bound * (vector**2).total()),
                Combination(
                    (((vector * bound - image) ** 2).total() + N * fact(f"{prefix}quotient")) / bound,
                    given=(f"{prefix}sharpness-positive",),
                ),
            ),
        ]

    def sharpness_below(
        self, name: str, claim: Relation, source: str, bound: Expr, given: tuple[str, ...]
    ) -> list[Step]:
        """`S <= T / N` from `x^T K x <= T ||x||^2` for every x.

        Args:
            name: of the claim.
            claim: `S <= T / N`.
            source: name of the established `x^T K x <= T ||x||^2`.
            bound: `T`.
            given: what shows that it is positive.
        """
        later = self.letter
        slopes = ((w @ _a) * self.product + self.coefficients * self.gain(later)) * s
        along = self.along("along-any", later)
        return [
            *along,
            *sharpness_at_most(
                name,
                claim,
                direction=(_a, later),
                slopes=slopes,
                transposed=self.transposed(slopes),
                kernel=(source, VECTOR),
                bound=bound,
                rewrite=self._form(along),
                given=given,
            ),
        ]

    def bounds(self) -> list[Step]:
        """`s_1^2 (P^2 + c_1^2 sum_j (P/v_j)^2) <= N S`, and `N S <= s_1^2 P^2 + ||X u||^2 sum_j (P/v_j)^2`."""
        output = self.coefficients * s
        least = s[0] ** 2 * (self.product**2 + self.coefficients[0] ** 2 * self.stretch)
        most = s[0] ** 2 * self.product**2 + (output**2).total() * self.stretch
        gap = self.product**2 * smaller_modes(VECTOR) + self.stretch * minors(output, VECTOR)
        first = IndexedArray(KroneckerDelta(_i, 1), (modes,), (_i,))
        return [
            *self.kernel_below(),
            Step("first-entry", at_most(least, N * self.sharpness), Specialization("kernel-below", {VECTOR: first})),
            Step("kernel-at-most", at_most(self.kernel, most * LENGTH), Combination(gap)),
            *self.sharpness_below(
                "upper-in-weights", at_most(self.sharpness, most / N), "kernel-at-most", most, ("weight-positive",)
            ),
        ]

    def _form(self, along: list[Step]) -> tuple[str, ...]:
        """What puts the Hessian's form in the modes."""
        return ("svd", "labels", f"{self.prefix}residual", *(step.id for step in along))
