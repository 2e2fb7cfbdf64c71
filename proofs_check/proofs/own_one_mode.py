"""Proof: an identity of three numbers; and a step multiplies a mode without a label by `1 - lambda_i v^2`."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.language.numbers import square
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import N, eta, modes, s, u, v, w
from theory.statements.own_blow_up import FIRST, SECOND
from theory.statements.own_one_mode import LABEL
from theory.statements.own_top_mode import OTHERS

_i = modes.index(set())
_rate = eta / N * s.at(_i) ** 2 * v**2


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    claims = statement.claims
    before, residual = square(FIRST) - square(SECOND), square(FIRST * SECOND - LABEL)
    after, shrunk = claims["difference"].left, claims["difference"].right
    step = fact("others-step", _i)
    kept, moved = claims["others-step"].right, claims["others-step"].left
    return [
        claim("difference", identity()),
        claim(
            "toward-balance",
            Combination(square(before) * residual * fact("residual") + fact("difference") * (after + shrunk)),
        ),
        claim("others-step", identity("svd", "labels", "label-in-top-mode", "step-first")),
        Step(
            "rates",
            at_most(s**2 * (eta * v**2 / N), 2),
            Combination(fact("rate") + eta * v**2 / N * fact("descending", _i) * (s[0] + s.at(_i))),
        ),
        claim(
            "others-shrink",
            Combination(OTHERS.at(_i) * (w @ u).at(_i) ** 2 * _rate * fact("rates", _i) + step * (kept + moved)),
        ),
    ]
