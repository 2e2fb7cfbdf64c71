"""Steps about the tangent kernel at a minimizer of any depth, in the modes.

`x^T K x = P^2 sum_i s_i^2 x_i^2 + (d.x)^2 sum_j 1/v_j^2` at a minimizer (own-minimizer).
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.layer_products import first_order, first_order_along, one_factor
from proofs_check.lemmas.tangent_kernel import LABELS, WEIGHTED, Minimizer
from proofs_check.methods.combination import Combination
from proofs_check.methods.positive_factor import PositiveFactor
from theory.formulas.deep_model import layer_product, product_of_others
from theory.language.indexed import IndexedArray
from theory.language.relations import equal, less
from theory.setting.symbols import layers, n_later_layers

_j = layers.index(set())


@dataclass(frozen=True)
class DeepMinimizer(Minimizer):
    """A global minimizer of any depth, as a statement speaks of it.

    Attributes:
        later: `v_1 .. v_(D-1)`.
    """

    later: IndexedArray

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
    def kernel_of_labels(self) -> Expr:
        """`x^T K x`, from the labels."""
        return self.product**2 * WEIGHTED + self.inverses * LABELS**2

    @property
    def letter(self) -> IndexedArray:
        """Any direction of the later layers."""
        return IndexedArray.named("beta", layers)

    def gain(self, later: IndexedArray) -> Expr:
        """What `P` gains along a direction of the later layers: `sum_j b_j P/v_j`."""
        return (later * self.others).total()

    def first_order(self) -> Step:
        """`prod_j (v_j + epsilon b_j)` has that coefficient of order 1."""
        return first_order(self.later, f"{self.prefix}product-first-order")

    def along(self, name: str, later: IndexedArray) -> list[Step]:
        """The same along one direction, after `first_order`."""
        return [first_order_along(later, f"{self.prefix}{name}", self.later, f"{self.prefix}product-first-order")]

    def layers(self) -> list[Step]:
        """No layer is zero, and `(P/v_j)^2 = P^2 / v_j^2`."""
        prefix, product, others, layer = self.prefix, self.product, self.others, self.later.at(_j)
        return [
            self.residual(),
            self.positive_weight(),
            one_factor(self.later, f"{prefix}one-factor"),
            Step(
                f"{prefix}factors-squared",
                equal(self.later**2 * others**2, product**2),
                Combination((product + layer * others.at(_j)) * fact(f"{prefix}one-factor", _j)),
            ),
            Step(
                f"{prefix}factors-positive",
                less(0, self.later**2 * others**2),
                Combination(fact(f"{prefix}weight-positive") - fact(f"{prefix}factors-squared", _j)),
            ),
            Step(
                f"{prefix}layers-positive",
                less(0, self.later**2),
                PositiveFactor(f"{prefix}factors-positive", others.at(_j) ** 2),
            ),
            Step(
                f"{prefix}others-squared",
                equal(others**2, self.later**-2 * product**2),
                Combination(fact(f"{prefix}factors-squared", _j) / layer**2, given=(f"{prefix}layers-positive",)),
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
        prefix = self.prefix
        return [
            self.stretched(),
            Step(
                f"{prefix}kernel-of-labels",
                equal(self.kernel, self.kernel_of_labels),
                Combination(
                    self.inner**2 * fact(f"{prefix}stretch") - self.inverses * self.labels,
                    given=(f"{prefix}layers-positive",),
                ),
            ),
        ]
