"""Proof of Proposition E.5 for tanh: `sinh(h)^2 = t^2 / (1 - t^2)` at `t = tanh(h) = y / v`."""

from sympy import Sum, exp

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.formulas.nonlinear import TANH
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.nonlinear_model import NORMS, PREACTIVATIONS
from theory.setting.symbols import N, samples, v, y

_n = samples.index(set())
_h, _y = PREACTIVATIONS.expression, y.at(_n)
_positive = ("second-layer", "gap")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    terms = Sum(fact("sample", _n) / NORMS.at(_n) ** 2, (_n, 1, N))
    return [
        claim("domain", Combination(fact("second-layer") * 4 / (exp(_h) + exp(-_h)) ** 2, rewrite=("minimizer",))),
        Step("domain-positive", less(0, v**2 - _y**2), Combination(fact("domain", _n))),
        Step(
            "gap",
            less(0, 1 - _y**2 / v**2),
            Combination(fact("domain-positive", _n) / v**2, given=("second-layer",)),
        ),
        Step(
            "sample",
            equal(TANH.antiderivative_of_value(_y / v), TANH.antiderivative(_h)),
            identity("minimizer", given=_positive),
        ),
        claim("term", identity(given=(*_positive, "domain-positive"))),
        claim("side", Combination(-2 * terms, rewrite=("imbalance",), given=_positive)),
    ]
