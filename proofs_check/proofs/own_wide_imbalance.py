"""Proof: along the negative gradient both products change by `-(W g a^T + a g^T W^T)`."""

from proofs_check.engine.proof import Step
from proofs_check.methods.combination import identity
from proofs_check.methods.conservation import Conservation
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.wide_model import imbalance_matrix
from theory.statements.own_wide_imbalance import DIRECTION, GRADIENT, POINT


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        claim("gradient", identity()),
        claim("rate", identity("svd", "labels")),
        claim("conserved", Conservation("flow", imbalance_matrix, POINT, DIRECTION, GRADIENT)),
    ]
