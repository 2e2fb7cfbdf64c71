"""Proof of Proposition E.5 for the sigmoid: `t / (1 - t) = e^h` at `t = sigma(h) = y / v`."""

from sympy import Sum, exp, log

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.logarithm import Logarithm
from proofs_check.proofs import claims_of
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.setting.nonlinear_model import NORMS, PREACTIVATIONS
from theory.setting.symbols import N, samples, v, y

_n = samples.index(set())
_h, _y = PREACTIVATIONS.expression, y.at(_n)
_odds = _y / v / (1 - _y / v)
_positive = ("second-layer", "gap")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    terms = Sum((fact("log-odds", _n) + fact("odds", _n)) / NORMS.at(_n) ** 2, (_n, 1, N))
    value, rest = 1 / (1 + exp(-_h)), exp(-_h) / (1 + exp(-_h))
    at_minimizer = {"rewrite": ("minimizer",), "given": ("second-layer",)}
    return [
        claim("above-zero", Combination(value, **at_minimizer)),
        claim("below-one", Combination(rest, **at_minimizer)),
        Step("gap", less(0, 1 - _y / v), Combination(fact("below-one", _n), given=("second-layer",))),
        Step(
            "difference",
            less(0, (v - _y) ** 2),
            Combination(fact("second-layer") * fact("gap", _n) ** 2, given=("second-layer",)),
        ),
        claim("term", identity(given=(*_positive, "difference"))),
        Step("odds", equal(_odds, exp(_h)), identity("minimizer", given=_positive)),
        Step("log-odds", equal(log(_odds), _h), Logarithm("odds")),
        claim("side", Combination(-2 * terms, rewrite=("imbalance",), given=_positive)),
    ]
