"""Appendix A read for every imbalance: a step does not raise the sharpness of the gradient flow solution. It can."""

from sympy import Symbol

from theory.language.erratum import Erratum
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.hypotheses import START, descent, imbalance
from theory.setting.symbols import C, S, features, spectrum
from theory.setting.two_minimizers import LETTERS, OTHER_C, OTHER_S, TWO_MINIMIZERS

NEXT = (IndexedArray.named("u_1", features), Symbol("v_1", real=True))

LITERAL = Statement(
    id="err-a",
    title="A step of gradient descent does not raise the sharpness of the gradient flow solution",
    source="Appendix A, on the sharpness of the gradient flow solution",
    hypotheses={
        **TWO_MINIMIZERS,
        **descent(*START, *NEXT),
        # The gradient flow solution from the weights before the step, and after it: the minimizer of their imbalance.
        "before": equal(C, imbalance(*START)),
        "after": equal(OTHER_C, imbalance(*NEXT)),
        "below-threshold": less(C, spectrum.imbalance_threshold),
    },
    claims={"falls": at_most(OTHER_S, S)},
    variables={
        **LETTERS,
        "u_0, v_0": "weights before a step of gradient descent",
        "u_1, v_1": "weights after it",
    },
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="The sharpness of the gradient flow solution decreases as training progresses under gradient descent.",
    true_form=("own-imbalance-decides", "rem-4.4-exact", "own-ceiling-slope"),
    remark=(
        "True as long as C <= 0 before and after the step. For C > 0 a step can lower C, and with it raise the "
        "sharpness to which the flow leads, though C is below T_1. Along the sharpest direction of a minimizer a step "
        "moves C to where that sharpness is lower, for every sign of C."
    ),
)
