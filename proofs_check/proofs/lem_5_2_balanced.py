"""Proof that balanced layers stay balanced: an imbalance that is zero at the start is zero later."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import taken_over
from theory.language.statement import Statement


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    claim = statement.claims["stays-balanced"]
    (layer,) = claim.free_indices
    return [
        taken_over("lem-5.2", "conserved"),
        Step("stays-balanced", claim, Combination(fact("balanced", layer) - fact("conserved", layer))),
    ]
