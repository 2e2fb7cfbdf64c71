"""Theorem 5.9 read without its condition: SGD raises the imbalance at least as much. For C > 0 it can lower it more."""

from theory.language.erratum import Erratum
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.batches import expectation
from theory.statements.thm_5_9 import AFTER_DESCENT, AFTER_SGD
from theory.statements.thm_5_9 import STATEMENT as THEOREM

LITERAL = Statement(
    id="err-5.9-noise",
    title="A step of SGD raises the layer imbalance at least as much as one of gradient descent",
    source="Section 5.2, before Theorem 5.9",
    hypotheses=THEOREM.hypotheses,
    claims={"sgd": at_most(AFTER_DESCENT, expectation(AFTER_SGD))},
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="A step of SGD incurs a greater increase of the layer imbalance than a step of GD.",
    true_form=("rem-5.9", "thm-5.9"),
    remark=(
        "True in the mean where C <= 0, and exactly where v^2 T_3 >= T_4. For C > 0 the mean after SGD lies below "
        "gradient descent by at most C eta^2 (N-B) T_3 / (B N (N-1))."
    ),
)
