"""Proof: the terms of order one cancel, as `v_j (P/v_j) = P`; what is left is a Cauchy-Schwarz gap."""

from sympy import KroneckerDelta

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas import layer_products
from proofs_check.lemmas.minors import minors
from proofs_check.methods.combination import Combination
from proofs_check.methods.induction import LAST, Induction, before
from proofs_check.proofs import claims_of
from theory.formulas.deep_model import layer_product, product_of_other_pairs, product_of_others
from theory.language.numbers import square, total
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import N, eta, later_layers, n_later_layers, u, w
from theory.statements.own_deep_imbalance import OUTPUT_SLOPE, SLOPE

_P, _others, _pairs = layer_product(later_layers), product_of_others(later_layers), product_of_other_pairs(later_layers)
_j, _k = _pairs.indices
_rate = eta / N * OUTPUT_SLOPE


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    one, other = fact("product-one-factor", _j), fact("product-one-factor", _k)
    step = ("svd", "step-first", "step-later")
    left, right = later_layers.at(_k) * _pairs.at(_j, _k), later_layers.at(_j) * _pairs.at(_j, _k)
    same = 1 - KroneckerDelta(_j, _k)
    gap = minors(w @ u, w @ SLOPE) * _others.at(_j) ** 2 + _others.at(_j) ** 2 * total(square(SLOPE)) * fact(
        "none-positive", _j
    )
    return [
        layer_products.one_factor(),
        _others_in_pairs(),
        claim("increment", Combination(2 * _rate * one, step)),
        claim(
            "later-layers",
            Combination(
                2 * _rate * (other - one)
                + _rate**2
                * (
                    fact("others-in-pairs", _j, _k) * (same * _others.at(_j) + left)
                    - fact("others-in-pairs", _k, _j) * (same * _others.at(_k) + right)
                ),
                step,
            ),
        ),
        claim(
            "never-falls",
            Combination(
                eta**2 / N**2 * gap
                - fact("increment", _j)
                + eta**2 / N**2 * total(square(SLOPE)) * one * (_P + later_layers.at(_j) * _others.at(_j)),
                ("svd",),
            ),
        ),
    ]


def _others_in_pairs() -> Step:
    """`P/v_j = v_k P/(v_j v_k)` for two different layers; both sides are 0 for one layer taken twice."""
    claim = equal(_others.at(_j) * (1 - KroneckerDelta(_j, _k)), later_layers.at(_k) * _pairs.at(_j, _k))
    last = {(_j,): -fact("product-one-factor", _k)}
    method = Induction(n_later_layers, later_layers.at(LAST) * before(_j, _k), last, lemmas=("product-one-factor",))
    return Step("others-in-pairs", claim, method)
