"""Proof of Proposition E.5: at zero loss each value of the activation is known, hence each value of `Phi`."""

from sympy import Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.congruence import Congruence
from proofs_check.proofs import claims_of
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.nonlinear_model import GENERAL, NORMS, PREACTIVATIONS
from theory.setting.symbols import N, samples, v, y

_n = samples.index(set())


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    value = GENERAL.value(PREACTIVATIONS.expression)
    ratio = y.at(_n) / v
    given, found = GENERAL.antiderivative_of_value(ratio), GENERAL.antiderivative_of_value(value)
    terms = Sum((fact("value", _n) + fact("inverse", _n)) / NORMS.at(_n) ** 2, (_n, 1, N))
    return [
        Step("ratio", equal(ratio, value), identity("minimizer", given=("second-layer",))),
        Step("value", equal(given, found), Congruence("ratio")),
        claim("side", Combination(-2 * terms, rewrite=("imbalance",))),
    ]
