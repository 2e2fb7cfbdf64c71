"""Steps about the tangent kernel at a minimizer of any depth, in the modes.

`x^T K x = P^2 sum_i s_i^2 x_i^2 + (d.x)^2 sum_j 1/v_j^2` at a minimizer (own-minimizer). One half of what the sharpness
is, is `x^T K x <= N S ||x||^2` for every `x`; the other half is `S <= T / N` from `x^T K x <= T ||x||^2` for every `x`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Rational, Sum, Symbol

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.layer_products import DIRECTION
from proofs_check.lemmas.tangent_kernel import LABELS, LENGTH, VECTOR, WEIGHTED, kernel_below_sharpness, minors
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.induction import LAST, Induction, before
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import LeastUpperBound, squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.methods.squares import SquaresInOrder
from theory.formulas.deep_model import layer_product, product_of_others
from theory.language.calculus import EPSILON, coefficient
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, at_most, equal, less
from theory.setting.symbols import (
    N,
    e,
    features,
    label_coefficients,
    layers,
    modes,
    n_later_layers,
    rank,
    s,
    samples,
    spectrum,
    w,
)

_i, _n, _j = modes.index(set()), samples.index(set()), layers.index(set())
_h, _k = modes.index({_i.name, _j.name}), layers.index({_j.name})
_a, _b = IndexedArray.named("a", features), IndexedArray.named("beta", layers)
_alpha = w @ _a


@dataclass(frozen=True)
class DeepMinimizer:
    """A global minimizer of any depth, as a statement speaks of it.

    Attributes:
        prefix: what the names of its steps begin with.
        first_layer: `u`.
        later: `v_1 .. v_(D-1)`.
        sharpness: `S`.
    """

    prefix: str
    first_layer: IndexedArray
    later: IndexedArray
    sharpness: Symbol

    @property
    def product(self) -> Expr:
        """`P`."""
        return layer_product(self.later)

    @property
    def others(self) -> IndexedArray:
        """`P/v_j`."""
        others: IndexedArray = product_of_others(self.later)
        return others

    @property
    def stretch(self) -> Expr:
        """`sum_j (P/v_j)^2`."""
        return (self.others**2).total()

    @property
    def inverses(self) -> Expr:
        """`sum_j 1/v_j^2`."""
        return (self.later**-2).total()

    @property
    def coefficients(self) -> IndexedArray:
        """`c = W u`."""
        coefficients: IndexedArray = w @ self.first_layer
        return coefficients

    @property
    def inner(self) -> Expr:
        """`sum_i s_i c_i x_i`."""
        return (s * self.coefficients * VECTOR).total()

    @property
    def kernel(self) -> Expr:
        """`x^T K x`, from the Jacobian."""
        return self.product**2 * WEIGHTED + self.stretch * self.inner**2

    @property
    def kernel_of_labels(self) -> Expr:
        """The same from the labels."""
        return self.product**2 * WEIGHTED + self.inverses * LABELS**2

    def weights(self) -> list[Step]:
        """`d_i = s_i c_i P` and `Q = P^2 ||c||^2`, no layer is zero, and `(P/v_j)^2 = P^2 / v_j^2`."""
        prefix, product, others = self.prefix, self.product, self.others
        residual = Sum(e.at(_i, _n) * -fact(f"{prefix}minimizer", _n), (_n, 1, N))
        size, layer = (self.coefficients**2).total(), self.later.at(_j)
        one_factor = equal(self.later * others, product)
        (index,) = one_factor.free_indices
        return [
            Step(
                f"{prefix}residual",
                equal(label_coefficients, self.coefficients * s * product),
                Combination(residual, ("svd", "labels")),
            ),
            Step(
                f"{prefix}difficulty-of-weights",
                equal(spectrum.difficulty, product**2 * size),
                identity(f"{prefix}residual"),
            ),
            Step(
                f"{prefix}difficulty-positive",
                less(0, product**2 * size),
                Combination(fact("nonzero-labels") + fact(f"{prefix}difficulty-of-weights")),
            ),
            Step(
                f"{prefix}product-positive", less(0, product**2), PositiveFactor(f"{prefix}difficulty-positive", size)
            ),
            Step(
                f"{prefix}one-factor",
                one_factor,
                Induction(n_later_layers, self.later.at(LAST) * before(index)),
            ),
            Step(
                f"{prefix}factors-squared",
                equal(self.later**2 * others**2, product**2),
                Combination((product + layer * others.at(_j)) * fact(f"{prefix}one-factor", _j)),
            ),
            Step(
                f"{prefix}factors-positive",
                less(0, self.later**2 * others**2),
                Combination(fact(f"{prefix}product-positive") - fact(f"{prefix}factors-squared", _j)),
            ),
            Step(
                f"{prefix}layers-positive",
                less(0, self.later**2),
                PositiveFactor(f"{prefix}factors-positive", others.at(_j) ** 2),
            ),
            Step(
                f"{prefix}others-squared",
                equal(others**2, self.later**-2 * product**2),
                Cancellation(f"{prefix}factors-squared", layer**2, given=(f"{prefix}layers-positive",)),
            ),
        ]

    def stretched(self) -> Step:
        """`sum_j (P/v_j)^2 = P^2 sum_j 1/v_j^2`."""
        return Step(
            f"{self.prefix}stretch",
            equal(self.stretch, self.product**2 * self.inverses),
            Combination(Sum(fact(f"{self.prefix}others-squared", _j), (_j, 1, n_later_layers))),
        )

    def kernel_from_labels(self) -> list[Step]:
        """`x^T K x = P^2 sum_i s_i^2 x_i^2 + (d.x)^2 sum_j 1/v_j^2`."""
        prefix, product = self.prefix, self.product
        return [
            self.stretched(),
            Step(
                f"{prefix}labels-of-weights",
                equal(LABELS, product * self.inner),
                identity(f"{prefix}residual"),
            ),
            Step(
                f"{prefix}kernel-of-labels",
                equal(self.kernel, self.kernel_of_labels),
                Combination(
                    self.inner**2 * fact(f"{prefix}stretch")
                    - self.inverses * (LABELS + product * self.inner) * fact(f"{prefix}labels-of-weights"),
                    given=(f"{prefix}layers-positive",),
                ),
            ),
        ]

    def _along(self, name: str, direction: IndexedArray) -> list[Step]:
        """`prod_j (v_j + epsilon b_j)` has the coefficient `sum_j b_j P/v_j` of order 1; then along one direction."""
        source = f"{self.prefix}first-order"

        def claim(way: IndexedArray) -> Relation:
            return equal(coefficient(layer_product(self.later + way * EPSILON), 1), (way * self.others).total())

        return [
            Step(source, claim(DIRECTION), Induction(n_later_layers, self.later.at(LAST) * before())),
            Step(name, claim(direction), Specialization(source, {DIRECTION: direction})),
        ]

    def kernel_below(self) -> list[Step]:
        """`x^T K x <= N S ||x||^2` for every x."""
        prefix, product = self.prefix, self.product
        later: IndexedArray = self.others * self.inner
        return [
            *self._along(f"{prefix}along-quotient", later),
            *kernel_below_sharpness(
                prefix,
                self.kernel,
                self.sharpness,
                direction=((VECTOR * s * product) @ w, later),
                image=VECTOR * s**2 * product**2 + self.coefficients * s * (self.inner * self.stretch),
                first_mode=(w.row(1), self.others * 0),
                first_square=s[0] ** 2 * product**2,
                rewrite=("svd", "labels", f"{prefix}residual", f"{prefix}along-quotient"),
            ),
        ]

    def sharpness_below(
        self, name: str, claim: Relation, source: str, bound: Expr, given: tuple[str, ...]
    ) -> list[Step]:
        """`S <= T / N` from `x^T K x <= T ||x||^2` for every x, as `tangent_kernel.Minimizer.sharpness_below`."""
        product, others, coefficients = self.product, self.others, self.coefficients
        beta: Expr = (_b * others).total()
        paired = product * (s * _alpha * VECTOR).total() + beta * self.inner
        along = (_alpha * product + coefficients * beta) * s
        length, in_modes = squared_norm((_a, _b)), (_alpha**2).total() + (_b**2).total()
        apart = Sum(
            (VECTOR.at(_i) * s.at(_i) * product * _b.at(_j) - _alpha.at(_i) * self.inner * others.at(_j)) ** 2,
            (_i, 1, rank),
            (_j, 1, n_later_layers),
        )
        layer_minors = Rational(1, 2) * Sum(
            (others.at(_j) * _b.at(_k) - others.at(_k) * _b.at(_j)) ** 2,
            (_j, 1, n_later_layers),
            (_k, 1, n_later_layers),
        )
        image, half = (along**2).total(), bound * length / 2
        return [
            *self._along(f"{self.prefix}along-any", _b),
            Step(
                "bessel", at_most((_alpha**2).total(), (_a**2).total()), Combination(((_a - _alpha @ w) ** 2).total())
            ),
            Step(
                "pairing",
                at_most(paired**2, bound * LENGTH * length),
                Combination(
                    minors(VECTOR * s * product, _alpha)
                    + apart
                    + self.inner**2 * layer_minors
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
                LeastUpperBound(
                    "form",
                    (_a, _b),
                    ("svd", "labels", f"{self.prefix}residual", f"{self.prefix}along-any"),
                    given,
                ),
            ),
        ]
