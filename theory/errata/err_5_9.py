"""Theorem 5.9 read without its condition: gradient descent raises the layer imbalance. For C > 0 it need not."""

from theory.language.erratum import Erratum
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.statements.thm_5_9 import AFTER_DESCENT, BEFORE
from theory.statements.thm_5_9 import STATEMENT as THEOREM

LITERAL = Statement(
    id="err-5.9",
    title="A step of gradient descent does not lower the layer imbalance",
    source="Section 4.1 after Definition 4.2, and Section 5.2 after Theorem 5.9",
    hypotheses={name: THEOREM.hypotheses[name] for name in ("svd", "right-orthonormal")},
    claims={"descent": at_most(BEFORE, AFTER_DESCENT)},
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="The layer imbalance is a slowly increasing quantity for GD and SGD; it keeps increasing.",
    true_form=("rem-5.9", "thm-5.9"),
    remark="True where C <= 0. For C > 0 a step of gradient descent can lower C, by at most C eta^2 ||X^T z||^2 / N^2.",
)
