"""Proof of the Hessian at any depth: the product of the layers to second order, by induction on their number."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from flint import fmpq
from sympy import Expr, Sum

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.data_sets import orthogonal_part
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.lemmas import layer_products
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.formulas.deep_model import layer_product, product_of_others
from theory.language.statement import Statement
from theory.setting.symbols import (
    N,
    X,
    label_coefficients,
    later_layers,
    modes,
    n_features,
    n_later_layers,
    rank,
    s,
    u,
    w,
)
from theory.statements.sec_3_hessian import FIRST, LATER, ORTHOGONAL

_i = modes.index(set())
_P, _others, _c = layer_product(later_layers), product_of_others(later_layers), w @ u
_expansion = ("svd", "labels", "product-first-order", "product-second-order")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        layer_products.first_order(),
        layer_products.second_order(),
        claim("quadratic-form", identity(*_expansion)),
        claim("other-directions", Combination(_beside(), _expansion)),
        layer_products.one_factor(),
        claim("rank-one-border", Combination(_border(statement))),
        layer_products.two_factors(),
        claim("rank-one-corner", Combination(_corner(statement))),
    ]


def _beside() -> Expr:
    """What the form gains by `alpha_i = w_i^T o`, which is zero, beside `w_i^T a`."""
    inner, outer = (w @ FIRST).at(_i), (w @ ORTHOGONAL).at(_i)
    slope = (LATER * _others).total()
    output = s.at(_i) * _c.at(_i)
    labels = label_coefficients.at(_i)
    gain = s.at(_i) ** 2 * _P**2 * (2 * inner + outer) + 2 * s.at(_i) * (2 * output * _P - labels) * slope
    return Sum(gain * fact("orthogonal", _i), (_i, 1, rank)) / N


def _border(statement: Statement) -> Expr:
    """`v_j (P/v_j) = P`."""
    mode, layer = _i, statement.claims["rank-one-border"].free_indices[1]
    output = s.at(mode) * _c.at(mode)
    return s.at(mode) * (2 * output * _P - label_coefficients.at(mode)) * fact("product-one-factor", layer) / N


def _corner(statement: Statement) -> Expr:
    """`v_j (P/v_j) v_k (P/v_k) = P^2`, and `v_j v_k P/(v_j v_k) = P` for two different layers."""
    first, second = statement.claims["rank-one-corner"].free_indices
    output = _c * s
    both = _P * fact("product-one-factor", second) + later_layers.at(second) * _others.at(second) * fact(
        "product-one-factor", first
    )
    errors = (output * (output * _P - label_coefficients)).total()
    return ((output**2).total() * both + errors * fact("product-two-factors", first, second)) / N


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits at depth 3, at weights 1/64, 1/2 and 1/3, towards the first image."""
    images = digits()
    size = images.scalars[n_features]
    pixel = np.array([fmpq(int(k == 27)) for k in range(size)], dtype=object)
    entries = {name: claim for name, claim in statement.claims.items() if not name.startswith("rank-one")}
    yield from enclose_claims(
        replace(statement, claims=entries),
        with_values(
            images,
            (u, np.array([fmpq(1, 64)] * size, dtype=object)),
            (later_layers, np.array([fmpq(1, 2), fmpq(1, 3)], dtype=object)),
            (n_later_layers, 2),
            (FIRST, value_of(images, X)[0]),
            (LATER, np.array([fmpq(1), fmpq(-2)], dtype=object)),
            (ORTHOGONAL, orthogonal_part(pixel, value_of(images, w))),
        ),
    )
