"""Steps about the tangent kernel at a minimizer of two layers, in the modes.

With `K = v^2 diag(s^2) + (s o c)(s o c)^T` the sharpness is the top eigenvalue of `K / N`. One half of that is
`x^T K x <= N S ||x||^2` for every `x`; the other half is `S <= T / N` from `x^T K x <= T ||x||^2` for every `x`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Rational, Sum, Symbol

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import LeastUpperBound, RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.methods.squares import SquaresInOrder
from theory.language.calculus import Point
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, at_most, equal, less
from theory.setting.symbols import N, e, features, label_coefficients, modes, rank, s, samples, spectrum, w

VECTOR = IndexedArray.named("x", modes)
"""Any vector in the modes."""
LENGTH: Expr = (VECTOR**2).total()
WEIGHTED: Expr = ((VECTOR * s) ** 2).total()
LABELS: Expr = (label_coefficients * VECTOR).total()

_i, _n = modes.index(set()), samples.index(set())
_j = modes.index({_i.name})
_a, _b = IndexedArray.named("a", features), Symbol("b", real=True)
_alpha = w @ _a


@dataclass(frozen=True)
class Minimizer:
    """A global minimizer of two layers, as a statement speaks of it.

    Attributes:
        prefix: what the names of its steps begin with.
        hypothesis: name of the hypothesis that says that it is one.
        first_layer: `u`.
        weight: `v`.
        sharpness: `S`.
    """

    prefix: str
    hypothesis: str
    first_layer: IndexedArray
    weight: Symbol
    sharpness: Symbol

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
        return (s * self.coefficients * VECTOR).total()

    @property
    def kernel(self) -> Expr:
        """`x^T K x`."""
        return self.weight**2 * WEIGHTED + self.inner**2

    @property
    def labels(self) -> Expr:
        """A certificate, 0, for `(v sum_i s_i c_i x_i)^2 = (sum_i d_i x_i)^2`: the left side less the right one."""
        near = Sum(VECTOR.at(_i) * fact(f"{self.prefix}residual", _i), (_i, 1, rank))
        return near * (self.weight * self.inner + LABELS)

    def weights(self) -> list[Step]:
        """At a minimizer `d_i = s_i c_i v` and `Q = v^2 ||c||^2`."""
        prefix, weight = self.prefix, self.weight
        residual = Sum(e.at(_i, _n) * -fact(self.hypothesis, _n), (_n, 1, N))
        return [
            Step(
                f"{prefix}residual",
                equal(label_coefficients, self.coefficients * s * weight),
                Combination(residual, ("svd", "labels")),
            ),
            Step(
                f"{prefix}difficulty",
                equal(spectrum.difficulty, weight**2 * self.size),
                identity(f"{prefix}residual"),
            ),
        ]

    def positive_weight(self) -> list[Step]:
        """`0 < Q = v^2 ||c||^2`, so that `v` is not 0."""
        prefix, weight = self.prefix, self.weight
        product = weight**2 * self.size
        return [
            Step(
                f"{prefix}difficulty-positive",
                less(0, product),
                Combination(fact("nonzero-labels") + fact(f"{prefix}difficulty")),
            ),
            Step(
                f"{prefix}weight-positive",
                less(0, weight**2),
                PositiveFactor(f"{prefix}difficulty-positive", self.size),
            ),
        ]

    def kernel_below(self) -> list[Step]:
        """`x^T K x <= N S ||x||^2` for every x."""
        return kernel_below_sharpness(
            self.prefix,
            self.kernel,
            self.sharpness,
            direction=((VECTOR * s * self.weight) @ w, self.inner),
            image=VECTOR * s**2 * self.weight**2 + self.coefficients * s * self.inner,
            first_mode=(w.row(1), Rational(0)),
            first_square=s[0] ** 2 * self.weight**2,
            rewrite=("svd", "labels", f"{self.prefix}residual"),
        )

    def sharpness_below(
        self, name: str, claim: Relation, source: str, bound: Expr, given: tuple[str, ...]
    ) -> list[Step]:
        """`S <= T / N` from `x^T K x <= T ||x||^2` for every x.

        `||J h||^4 <= ||J^T J h||^2 ||h||^2 <= T ||J h||^2 ||h||^2`, hence `||J h||^2 <= T ||h||^2`.

        Args:
            name: of the claim.
            claim: `S <= T / N`.
            source: name of the established `x^T K x <= T ||x||^2`.
            bound: `T`.
            given: what shows that it is not negative.
        """
        weight, coefficients = self.weight, self.coefficients
        paired = weight * (s * _alpha * VECTOR).total() + _b * self.inner
        along = (_alpha * weight + coefficients * _b) * s
        length, in_modes = squared_norm((_a, _b)), (_alpha**2).total() + _b**2
        apart = ((VECTOR * s * weight * _b - _alpha * self.inner) ** 2).total()
        image, half = (along**2).total(), bound * length / 2
        return [
            Step(
                "bessel", at_most((_alpha**2).total(), (_a**2).total()), Combination(((_a - _alpha @ w) ** 2).total())
            ),
            Step(
                "pairing",
                at_most(paired**2, bound * LENGTH * length),
                Combination(
                    minors(VECTOR * s * weight, _alpha)
                    + apart
                    + in_modes * fact(source)
                    + bound * LENGTH * fact("bessel"),
                    given=given,
                ),
            ),
            Step(
                "pairing-along",
                at_most(image**2, bound * image * length),
                Specialization("pairing", {VECTOR: along}, given=given),
            ),
            Step("squares", at_most((image - half) ** 2, half**2), Combination(fact("pairing-along"), given=given)),
            Step("halves", at_most(image - half, half), SquaresInOrder("squares", given=given)),
            Step("form", at_most(image / N, bound / N * length), Combination(fact("halves") / N, given=given)),
            Step(
                name,
                claim,
                LeastUpperBound("form", (_a, _b), ("svd", "labels", f"{self.prefix}residual"), given),
            ),
        ]


def kernel_below_sharpness(
    prefix: str,
    kernel: Expr,
    sharpness: Symbol,
    *,
    direction: Point,
    image: IndexedArray,
    first_mode: Point,
    first_square: Expr,
    rewrite: tuple[str, ...],
) -> list[Step]:
    """`x^T K x <= N S ||x||^2` for every x, at any depth, from the Rayleigh quotient at `J^T x`.

    Args:
        prefix: what the names of the steps begin with.
        kernel: `x^T K x`.
        sharpness: `S`.
        direction: `J^T x` in the weights.
        image: `K x`, shape `(r,)`.
        first_mode: a direction in the first layer alone, along which the Hessian gives
        first_square: over N, which shows that S is not negative.
        rewrite: the facts that put the Hessian's form in the modes.
    """
    bound = N * sharpness * LENGTH
    return [
        Step(
            f"{prefix}first-mode",
            at_most(first_square / N, sharpness * squared_norm(first_mode)),
            RayleighQuotient(first_mode, rewrite),
        ),
        Step(
            f"{prefix}sharpness-not-negative",
            at_most(0, sharpness),
            Combination(fact(f"{prefix}first-mode") + first_square / N),
        ),
        Step(
            f"{prefix}quotient",
            at_most((image**2).total() / N, sharpness * squared_norm(direction)),
            RayleighQuotient(direction, rewrite),
        ),
        Step(
            f"{prefix}kernel-squares",
            at_most((kernel - bound / 2) ** 2, (bound / 2) ** 2),
            Combination(N * LENGTH * fact(f"{prefix}quotient") + minors(VECTOR, image)),
        ),
        Step(
            f"{prefix}kernel-halves",
            at_most(kernel - bound / 2, bound / 2),
            SquaresInOrder(f"{prefix}kernel-squares", given=(f"{prefix}sharpness-not-negative",)),
        ),
    ]


def minors(first: IndexedArray, second: IndexedArray) -> Expr:
    """`||a||^2 ||b||^2 - (a.b)^2` as half the sum of the squares `(a_i b_j - a_j b_i)^2` (Lagrange's identity)."""
    minor = first.at(_i) * second.at(_j) - first.at(_j) * second.at(_i)
    return Rational(1, 2) * Sum(minor**2, (_i, 1, rank), (_j, 1, rank))
