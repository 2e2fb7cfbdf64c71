"""Proof that no weight grows: each is multiplied by `1 - rate` with a rate from 0 to 2, and so are all products.

Notation: `P` the product of the later layers, `O_j = P/v_j`, `F = sum_i s_i^2 c_i^2`; `v_j O_j = P` by induction.
"""

from sympy import Expr, KroneckerDelta, Product, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas import layer_products
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.induction import LAST, Induction, before
from proofs_check.methods.products_in_order import ProductsInOrder
from proofs_check.proofs import Claim, claims_of
from theory.formulas.deep_model import layer_product, product_of_others
from theory.language.indexed import IndexedArray
from theory.language.numbers import square, total
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import (
    N,
    eta,
    later_layers,
    layers,
    modes,
    n_later_layers,
    rank,
    s,
    u,
    w,
)
from theory.statements.own_shrinking_weights import (
    NEXT_LATER,
    NEXT_U,
    first_layer_rates,
    later_layer_rates,
)

_i, _j = modes.index(set()), layers.index(set())
_k = layers.index({_j.name})
_P, _others, _c = layer_product(later_layers), product_of_others(later_layers), w @ u
_next_others = product_of_others(NEXT_LATER)
_output = total(square(_c * s))
_rates = first_layer_rates(later_layers)
_later_rates = later_layer_rates(u, later_layers)
_step = ("svd", "zero-labels")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [*_first_layer(claim), *_later_layers(claim), *_products(), *_kept(claim)]


def _first_layer(claim: Claim) -> list[Step]:
    rate = _rates.at(_i)
    return [
        Step(
            "first-layer-rates",
            at_most(_rates, 2),
            Combination(fact("first-layer-rate") + fact("descending", _i) * (s[0] + s.at(_i)) * eta * square(_P) / N),
        ),
        Step("first-layer-step", equal(w @ NEXT_U, _c * (-_rates + 1)), identity("step-first", *_step)),
        claim(
            "first-layer",
            Combination(
                _c.at(_i) ** 2 * rate * fact("first-layer-rates", _i)
                + ((w @ NEXT_U).at(_i) + _c.at(_i) * (1 - rate)) * fact("first-layer-step", _i)
            ),
        ),
    ]


def _later_layers(claim: Claim) -> list[Step]:
    rate, weight = _later_rates.at(_j), later_layers.at(_j)
    return [
        layer_products.one_factor(),
        Step(
            "later-layer-step",
            equal(NEXT_LATER, later_layers * (-_later_rates + 1)),
            Combination(eta * _output / N * _others.at(_j) * fact("product-one-factor", _j), ("step-later", *_step)),
        ),
        claim(
            "later-layers",
            Combination(
                weight**2 * rate * fact("later-layer-rates", _j)
                + (NEXT_LATER.at(_j) + weight * (1 - rate)) * fact("later-layer-step", _j)
            ),
        ),
    ]


def _products() -> list[Step]:
    """`P^2` and every `(P/v_j)^2` are products of squares, none of which grows."""
    kept = _one_at(_j, later_layers.at(_k)), _one_at(_j, NEXT_LATER.at(_k))
    return [
        layer_products.square(),
        layer_products.square(NEXT_LATER, "next-product-squared"),
        Step(
            "squares-of-products",
            at_most(Product(NEXT_LATER.at(_j) ** 2, (_j, 1, n_later_layers)), (later_layers**2).product()),
            ProductsInOrder("later-layers", _j),
        ),
        Step(
            "kept-layers",
            at_most(kept[1] ** 2, kept[0] ** 2),
            Combination((1 - KroneckerDelta(_k, _j)) * fact("later-layers", _k)),
        ),
        Step(
            "squares-of-others",
            at_most(
                Product(kept[1] ** 2, (_k, 1, n_later_layers)),
                Product(kept[0] ** 2, (_k, 1, n_later_layers)),
            ),
            ProductsInOrder("kept-layers", _k),
        ),
        _square_of_others("others-squared", later_layers, "product-squared"),
        _square_of_others("next-others-squared", NEXT_LATER, "next-product-squared"),
    ]


def _one_at(place: Expr, factor: Expr) -> Expr:
    return KroneckerDelta(_k, place) + (1 - KroneckerDelta(_k, place)) * factor


def _square_of_others(name: str, weights: IndexedArray, whole: str) -> Step:
    left = product_of_others(weights).at(_j) ** 2
    claim = equal(left, Product(_one_at(_j, weights.at(_k)) ** 2, (_k, 1, n_later_layers)))
    method = Induction(n_later_layers, weights.at(LAST) ** 2 * before(_j), {(_j,): fact(whole)}, lemmas=(whole,))
    return Step(name, claim, method)


def _kept(claim: Claim) -> list[Step]:
    product = fact("squares-of-products") + fact("product-squared") * -1 + fact("next-product-squared")
    others = fact("squares-of-others", _j) - fact("others-squared", _j) + fact("next-others-squared", _j)
    output = Sum(s.at(_i) ** 2 * fact("first-layer", _i), (_i, 1, rank))
    return [
        claim("first-layer-rate-kept", Combination(fact("first-layer-rate") + eta * s[0] ** 2 / N * product)),
        claim(
            "later-layer-rates-kept",
            Combination(
                fact("later-layer-rates", _j) + eta / N * (_output * others + _next_others.at(_j) ** 2 * output)
            ),
        ),
    ]
