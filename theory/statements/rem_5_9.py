"""What Theorem 5.9 says of a layer imbalance that is not positive: the precise form of the sentences after it."""

from sympy import Symbol

from theory.formulas.imbalance import sgd_expected_increment
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.batches import B, expectation
from theory.setting.symbols import X, eta, u, v, y
from theory.statements import thm_5_9
from theory.statements.thm_5_9 import AFTER_DESCENT, AFTER_SGD, BEFORE, SGD_INCREMENT

LARGER = Symbol("A", integer=True, positive=True)
"""A batch size that is not smaller than B."""

STATEMENT = Statement(
    id="rem-5.9",
    title="Where C <= 0, no step lowers it in the mean, and smaller batches raise it at least as much",
    source="The paragraphs after Theorem 5.9, made precise",
    hypotheses={
        **thm_5_9.STATEMENT.hypotheses,
        "imbalance-not-positive": at_most(BEFORE, 0),
        "larger-batch": at_most(B, LARGER),
    },
    claims={
        "descent-never-lowers": at_most(BEFORE, AFTER_DESCENT),
        "sgd-raises-at-least-as-much": at_most(AFTER_DESCENT, expectation(AFTER_SGD)),
        "smaller-batches-raise-at-least-as-much": at_most(
            sgd_expected_increment(X, y, u, v, eta, LARGER), SGD_INCREMENT
        ),
    },
    depends=("thm-5.9",),
    variables={**thm_5_9.STATEMENT.variables, "A": "a batch size of at least B"},
    remark=(
        "Not strictly: N = d = 1, x = 1, u = v = 1, y = 0 has C = 0 before and after. For C > 0 each of the three can "
        "fail; then C falls by at most C eta^2 ||X^T z||^2 / N^2 in a step of gradient descent."
    ),
)
