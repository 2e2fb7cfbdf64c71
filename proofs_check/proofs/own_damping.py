"""Proof: the two terms in `G.y` cancel, and what is left is the pull of the loss."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.symbols import eta


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to both claims."""
    claim = claims_of(statement)
    return [
        claim("energy-rate", identity("growth", "drift")),
        claim("energy-falls", Combination(eta * fact("convex") + fact("energy-rate"))),
    ]
