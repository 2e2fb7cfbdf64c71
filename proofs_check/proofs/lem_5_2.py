"""Proof of Lemma 5.2: along the negative gradient the imbalance has no coefficient of order 1."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from flint import fmpq

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.instance import value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.lemmas import layer_products
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.conservation import Conservation
from proofs_check.proofs import claims_of
from theory.formulas.deep_model import layer_product
from theory.formulas.model import residual
from theory.language.statement import Statement
from theory.setting.deep_hypotheses import layer_differences, layer_imbalances
from theory.setting.symbols import N, X, later_layers, n_features, n_later_layers, u, y
from theory.statements.lem_5_2 import DIRECTION, GRADIENT, POINT


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    claims = statement.claims
    output = X @ u
    correlation = output @ residual(X, y, u, layer_product(later_layers)) / N
    (layer,), (first, second) = claims["rate"].free_indices, claims["rate-between"].free_indices
    return [
        layer_products.first_order(),
        layer_products.one_factor(),
        claim("gradient", identity("product-first-order")),
        claim("rate", Combination(2 * correlation * fact("product-one-factor", layer), ("svd", "labels"))),
        claim(
            "rate-between",
            Combination(2 * correlation * (fact("product-one-factor", second) - fact("product-one-factor", first))),
        ),
        claim("conserved", Conservation("flow", layer_imbalances, POINT, DIRECTION, GRADIENT)),
        claim(
            "conserved-between",
            Conservation("flow", layer_differences, POINT, DIRECTION, GRADIENT, rate_fact="rate-between"),
        ),
    ]


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """The digits at depth 3, at weights 1/64, 1/2 and 1/3: the rate of one later layer against another."""
    images = digits()
    size = images.scalars[n_features]
    local = {"rate-between": statement.claims["rate-between"]}
    yield from enclose_claims(
        replace(statement, claims=local),
        with_values(
            images,
            (u, np.array([fmpq(1, 64)] * size, dtype=object)),
            (later_layers, np.array([fmpq(1, 2), fmpq(1, 3)], dtype=object)),
            (n_later_layers, 2),
            (DIRECTION[0], value_of(images, X)[0]),
            (DIRECTION[1], np.array([fmpq(1), fmpq(-2)], dtype=object)),
        ),
    )
