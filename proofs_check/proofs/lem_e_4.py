"""Proof of Lemma E.4: along the negative gradient the imbalance's derivative is zero.

The factor `phi'` of the gradient cancels against the one under `Phi' = phi / phi'`, and the samples' orthogonality
keeps each preactivation to its own residual.
"""

from proofs_check.engine.proof import Step
from proofs_check.methods.differentiation import Differentiation
from proofs_check.methods.smooth_conservation import SmoothConservation
from proofs_check.proofs import claims_of
from theory.language.statement import Statement
from theory.setting.hypotheses import DIRECTION
from theory.statements.lem_e_4 import GRADIENT, POINT, imbalance


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        claim("gradient", Differentiation()),
        claim("rate", Differentiation(rewrite=("orthogonal-samples",))),
        claim(
            "conserved",
            SmoothConservation("flow", imbalance, POINT, DIRECTION, GRADIENT, rewrite=("orthogonal-samples",)),
        ),
    ]
