"""Proof of the law of blow-up: one step written in the modes, then two identities of two variables."""

from proofs_check.engine.proof import Step
from proofs_check.methods.combination import Combination, identity
from theory.formulas.blow_up import squared_radius
from theory.language.statement import Statement
from theory.statements.own_blow_up import FIRST, SECOND

_in_modes = ("svd", "labels", "label-in-top-mode", "weights-in-top-mode")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    step = (*_in_modes, "step-first", "step-second")
    escape = FIRST**2 * SECOND**2 * (squared_radius(FIRST, SECOND) - 4) ** 2
    return [
        Step("stays-in-top-mode", claims["stays-in-top-mode"], identity(*_in_modes, "step-first")),
        Step("scaled-first", claims["scaled-first"], identity(*_in_modes, "step-first")),
        Step("scaled-second", claims["scaled-second"], identity(*_in_modes, "step-second")),
        Step("increment", claims["increment"], identity(*step)),
        Step("side-kept", claims["side-kept"], identity()),
        Step("away-from-four", claims["away-from-four"], Combination(escape)),
    ]
