"""Steps about the product of the later layers that hold at every depth, each by induction."""

from __future__ import annotations

from sympy import KroneckerDelta

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.induction import LAST, Induction, before
from proofs_check.methods.specialization import Specialization
from theory.formulas.deep_model import layer_product, product_of_other_pairs, product_of_others
from theory.language.calculus import EPSILON, coefficient
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, equal
from theory.setting.symbols import later_layers, layers, n_later_layers

DIRECTION = IndexedArray.named("b", layers)
"""How the later layers move along a line."""
_last = later_layers.at(LAST)
_product = layer_product(later_layers)


def first_order(weights: IndexedArray = later_layers, name: str = "product-first-order") -> Step:
    """`prod_j (v_j + epsilon b_j)` has the coefficient `sum_j b_j P/v_j` of order 1."""
    return Step(name, _of_order_one(weights, DIRECTION), Induction(n_later_layers, weights.at(LAST) * before()))


def first_order_along(
    direction: IndexedArray, name: str, weights: IndexedArray = later_layers, source: str = "product-first-order"
) -> Step:
    """The same along one direction."""
    return Step(name, _of_order_one(weights, direction), Specialization(source, {DIRECTION: direction}))


def _of_order_one(weights: IndexedArray, direction: IndexedArray) -> Relation:
    moved = layer_product(weights + direction * EPSILON)
    return equal(coefficient(moved, 1), (direction * product_of_others(weights)).total())


def second_order() -> Step:
    """`prod_j (v_j + epsilon b_j)` has the coefficient `1/2 sum_(j != k) b_j b_k P/(v_j v_k)` of order 2."""
    moved = layer_product(later_layers + DIRECTION * EPSILON)
    pairs = DIRECTION.outer(DIRECTION) * product_of_other_pairs(later_layers)
    claim = equal(coefficient(moved, 2), pairs.total() / 2)
    method = Induction(n_later_layers, _last * before(), rewrite=("product-first-order",))
    return Step("product-second-order", claim, method)


def one_factor(weights: IndexedArray = later_layers, name: str = "product-one-factor") -> Step:
    """`v_j (P/v_j) = P`."""
    claim = equal(weights * product_of_others(weights), layer_product(weights))
    (index,) = claim.free_indices
    return Step(name, claim, Induction(n_later_layers, weights.at(LAST) * before(index)))


def square(weights: IndexedArray = later_layers, name: str = "product-squared") -> Step:
    """`P^2 = prod_j v_j^2`."""
    claim = equal(layer_product(weights) ** 2, layer_product(weights**2))
    return Step(name, claim, Induction(n_later_layers, weights.at(LAST) ** 2 * before()))


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
