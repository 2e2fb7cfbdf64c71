"""Proof of the law of blow-up: one step written in the modes, then two identities of two variables."""

from proofs_check.engine.proof import Step
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.formulas.blow_up import squared_radius
from theory.language.statement import Statement
from theory.statements.own_blow_up import FIRST, SECOND

_in_modes = ("svd", "labels", "label-in-top-mode", "weights-in-top-mode")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    step = (*_in_modes, "step-first", "step-second")
    escape = FIRST**2 * SECOND**2 * (squared_radius(FIRST, SECOND) - 4) ** 2
    return [
        claim("stays-in-top-mode", identity(*_in_modes, "step-first")),
        claim("scaled-first", identity(*_in_modes, "step-first")),
        claim("scaled-second", identity(*_in_modes, "step-second")),
        claim("increment", identity(*step)),
        claim("side-kept", identity()),
        claim("away-from-four", Combination(escape)),
    ]
