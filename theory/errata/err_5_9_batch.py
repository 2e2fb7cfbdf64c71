"""Smaller batches raise the imbalance more, read without a condition: for C > 0 they can lower it more."""

from theory.formulas.imbalance import sgd_expected_increment
from theory.language.erratum import Erratum
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import X, eta, u, v, y
from theory.statements.rem_5_9 import LARGER
from theory.statements.rem_5_9 import STATEMENT as REMARK
from theory.statements.thm_5_9 import SGD_INCREMENT

LITERAL = Statement(
    id="err-5.9-batch",
    title="Smaller batches raise the layer imbalance at least as much",
    source="Section 5.2, after Theorem 5.9",
    hypotheses={name: h for name, h in REMARK.hypotheses.items() if name != "imbalance-not-positive"},
    claims={"smaller-batches": at_most(sgd_expected_increment(X, y, u, v, eta, LARGER), SGD_INCREMENT)},
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="Smaller batch sizes result in a greater increase of the layer imbalance in SGD.",
    true_form=("rem-5.9",),
    remark=(
        "True in the mean where C <= 0, and exactly where v^2 T_3 >= T_4: the increments at B and A differ by "
        "eta^2 (1/B - 1/A) (v^2 T_3 - T_4) / (N-1)."
    ),
)
