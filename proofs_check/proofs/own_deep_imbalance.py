"""Proof: the terms of order one cancel, as `v_j (P/v_j) = P`; what is left is a Cauchy-Schwarz gap."""

import random
from collections.abc import Iterator

import numpy as np
from sympy import KroneckerDelta

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import positive
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.weights import deep_points
from proofs_check.lemmas import layer_products
from proofs_check.lemmas.tangent_kernel import minors
from proofs_check.methods.combination import Combination
from proofs_check.methods.induction import LAST, Induction, before
from proofs_check.proofs.own_shrinking_weights import after_a_deep_step
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
    claims = statement.claims
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
        Step("increment", claims["increment"], Combination(2 * _rate * one, step)),
        Step(
            "later-layers",
            claims["later-layers"],
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
        Step(
            "never-falls",
            claims["never-falls"],
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


def instances(statement: Statement) -> Iterator[Instance]:
    """Any data and weights of depth 2 to 5, the later layers longer than the first."""
    source = random.Random(9)
    for number, instance in enumerate(deep_points(seed=9)):
        coefficients, later = value_of(instance, w) @ value_of(instance, u), value_of(instance, later_layers)
        length = coefficients @ coefficients
        longer = np.array([one if one**2 >= length else abs(one) + length + 1 for one in later], dtype=object)
        placed = with_values(instance, (later_layers, longer), (eta, positive(source) / (1 + number % 5)))
        yield after_a_deep_step(placed)
