"""Proof that tanh and the sigmoid meet Definition E.2: everything is rational in `e^x`."""

from sympy import exp, log

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.differentiation import Differentiation
from proofs_check.methods.logarithm import Logarithm
from proofs_check.proofs import claims_of
from theory.formulas.nonlinear import SIGMOID
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.statements.def_e_2 import POINT

_x = POINT
_ratio = SIGMOID.value(_x) / (1 - SIGMOID.value(_x))


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        claim("linear-model", identity()),
        claim("identity-antiderivative", Differentiation()),
        claim("tanh-slope", Differentiation()),
        claim("tanh-rises", Combination(4 / (exp(_x) + exp(-_x)) ** 2)),
        claim("tanh-antiderivative", Differentiation(given=("tanh-rises",))),
        claim("tanh-of-value", identity(given=("tanh-rises",))),
        claim("sigmoid-slope", Differentiation()),
        claim("sigmoid-rises", Combination(SIGMOID.slope(_x))),
        claim("sigmoid-antiderivative", Differentiation(given=("sigmoid-rises",))),
        Step("below-one", less(0, 1 - SIGMOID.value(_x)), Combination(exp(-_x) / (1 + exp(-_x)))),
        Step("odds", equal(_ratio, exp(_x)), identity(given=("below-one",))),
        Step("log-odds", equal(log(_ratio), _x), Logarithm("odds")),
        claim("sigmoid-of-value", Combination(fact("log-odds") + fact("odds"), given=("below-one",))),
    ]
