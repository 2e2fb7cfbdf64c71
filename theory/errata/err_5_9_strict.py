"""Gradient descent is guaranteed to increase the imbalance where C <= 0, read strictly: it can stay."""

from theory.language.erratum import Erratum
from theory.language.relations import at_most, less
from theory.language.statement import Statement
from theory.statements.thm_5_9 import AFTER_DESCENT, BEFORE, TERMS
from theory.statements.thm_5_9 import STATEMENT as THEOREM

LITERAL = Statement(
    id="err-5.9-strict",
    title="Away from a minimizer, a step of gradient descent raises a layer imbalance that is not positive",
    source="Section 5.2, after Theorem 5.9",
    hypotheses={
        **{name: THEOREM.hypotheses[name] for name in ("svd", "right-orthonormal")},
        "imbalance-not-positive": at_most(BEFORE, 0),
        "gradient-not-zero": less(0, TERMS.full_batch_first),
    },
    claims={"descent": less(BEFORE, AFTER_DESCENT)},
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="GD is guaranteed to increase the layer imbalance.",
    true_form=("rem-5.9",),
    remark="Where C <= 0 it is never lowered; it stays where C = 0 and Pi_W u is parallel to X^T z.",
)
