"""Proof of Lemma 5.2 for two layers: along the negative gradient the imbalance has no coefficient of order 1."""

from proofs_check.engine.proof import Step
from proofs_check.methods.combination import identity
from proofs_check.methods.conservation import Conservation
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.hypotheses import DIRECTION, imbalance
from theory.statements.lem_5_2_two_layer import GRADIENT, POINT


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        claim("gradient", identity()),
        claim("rate", identity("svd", "labels")),
        claim("conserved", Conservation("flow", imbalance, POINT, DIRECTION, GRADIENT)),
    ]
