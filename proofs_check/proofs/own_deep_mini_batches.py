"""Proof: as for Theorem 5.9. The terms of order one cancel, as `v_j (P/v_j) = P`, and the moments do the rest."""

from sympy import Expr, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas import layer_products
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of
from proofs_check.proofs.thm_5_9 import moments
from theory.formulas.model import residual
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, equal
from theory.language.statement import Statement
from theory.setting.batches import OUTCOME, B, law, n_outcomes
from theory.setting.symbols import N, X, eta, features, layers, n_features, samples, u, y
from theory.statements.own_deep_mini_batches import AFTER_DESCENT, BATCH_SLOPE, BEFORE, OTHERS, PRODUCT

_n, _k, _j = samples.index(set()), features.index(set()), layers.index(set())
_m = samples.index({_n.name})
_z = residual(X, y, u, PRODUCT)
_slope = X.T @ _z / N


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    claims = statement.claims
    return [
        layer_products.one_factor(),
        _second_order("descent", _increment(_slope), _slope),
        _second_order("any-batch", claims["any-batch"], BATCH_SLOPE),
        *moments(),
        claim("sgd-less-descent", Combination(_mean(), given=("two-samples",))),
    ]


def _increment(slope: IndexedArray) -> Relation:
    right = -(OTHERS**2 * (eta * (u @ slope)) ** 2) + eta**2 * PRODUCT**2 * (slope**2).total()
    return equal(AFTER_DESCENT - BEFORE, right)


def _second_order(name: str, claim: Relation, slope: IndexedArray) -> Step:
    return Step(name, claim, Combination(2 * eta * (u @ slope) * fact("product-one-factor", _j), ("svd",)))


def _mean() -> Expr:
    output = X @ u
    rows = Sum(X.at(_n, _k) * X.at(_m, _k), (_k, 1, n_features))
    products = _z.at(_n) * _z.at(_m) * (PRODUCT**2 * rows - OTHERS.at(_j) ** 2 * output.at(_n) * output.at(_m))
    in_moments = eta**2 / B**2 * Sum(products * fact("moments", _m, _n), (_n, 1, N), (_m, 1, N))
    in_outcomes = Sum(law.at(OUTCOME) * fact("any-batch", _j, OUTCOME), (OUTCOME, 1, n_outcomes))
    return in_moments + in_outcomes + BEFORE.at(_j) * fact("probabilities") - fact("descent", _j)
