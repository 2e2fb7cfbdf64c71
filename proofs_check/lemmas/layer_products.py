"""Steps about the product of the later layers that hold at every depth, each by induction."""

from __future__ import annotations

from sympy import KroneckerDelta

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.induction import LAST, Induction, before
from theory.formulas.deep_model import layer_product, product_of_other_pairs, product_of_others
from theory.language.calculus import EPSILON, coefficient
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.setting.symbols import later_layers, layers, n_later_layers

DIRECTION = IndexedArray.named("b", layers)
"""How the later layers move along a line."""
_last = later_layers.at(LAST)
_product, _others = layer_product(later_layers), product_of_others(later_layers)


def first_order() -> Step:
    """`prod_j (v_j + epsilon b_j)` has the coefficient `sum_j b_j P/v_j` of order 1."""
    moved = layer_product(later_layers + DIRECTION * EPSILON)
    claim = equal(coefficient(moved, 1), (DIRECTION * _others).total())
    return Step("product-first-order", claim, Induction(n_later_layers, _last * before()))


def second_order() -> Step:
    """`prod_j (v_j + epsilon b_j)` has the coefficient `1/2 sum_(j != k) b_j b_k P/(v_j v_k)` of order 2."""
    moved = layer_product(later_layers + DIRECTION * EPSILON)
    pairs = DIRECTION.outer(DIRECTION) * product_of_other_pairs(later_layers)
    claim = equal(coefficient(moved, 2), pairs.total() / 2)
    method = Induction(n_later_layers, _last * before(), rewrite=("product-first-order",))
    return Step("product-second-order", claim, method)


def one_factor() -> Step:
    """`v_j (P/v_j) = P`."""
    claim = equal(later_layers * _others, _product)
    (index,) = claim.free_indices
    return Step("product-one-factor", claim, Induction(n_later_layers, _last * before(index)))


def two_factors() -> Step:
    """`v_j v_k P/(v_j v_k) = P` for two different layers; both sides are 0 for one layer taken twice."""
    rows, pairs = later_layers.outer(later_layers), product_of_other_pairs(later_layers)
    first, second = rows.indices
    claim = equal((rows * pairs).at(first, second), (1 - KroneckerDelta(first, second)) * _product)
    cases = {
        (first,): _last * fact("product-one-factor", second),
        (second,): _last * fact("product-one-factor", first),
    }
    method = Induction(n_later_layers, _last * before(first, second), cases, lemmas=("product-one-factor",))
    return Step("product-two-factors", claim, method)
