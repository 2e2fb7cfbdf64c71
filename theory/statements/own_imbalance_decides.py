"""A step of any length does not raise the minimizer's `V` where `C <= 0`: imbalance decides. Not in the paper."""

from sympy import Symbol

from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, DESCENT, IMBALANCE, NEXT_U, NEXT_V, NONZERO_LABELS, imbalance
from theory.setting.symbols import C, spectrum

NEXT_C = Symbol("C_next", real=True)
ROOT, NEXT_ROOT = Symbol("V", positive=True), Symbol("V_next", positive=True)
"""`v^2` at the minimizer that gradient flow would reach from the weights before the step, and after it."""

STATEMENT = Statement(
    id="own-imbalance-decides",
    title="Where C <= 0 a step of any length does not raise v^2 at the minimizer ahead",
    source="this package; the paper does not state it",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **DESCENT,
        "imbalance": IMBALANCE,
        "next-imbalance": equal(NEXT_C, imbalance(NEXT_U, NEXT_V)),
        "root": equal(ROOT**2 + C * ROOT, spectrum.difficulty),
        "next-root": equal(NEXT_ROOT**2 + NEXT_C * NEXT_ROOT, spectrum.difficulty),
        "imbalance-not-positive": at_most(C, 0),
    },
    claims={
        "imbalance-rises": at_most(C, NEXT_C),
        "root-moves": equal(
            (ROOT - NEXT_ROOT) * (ROOT * NEXT_ROOT + spectrum.difficulty), (NEXT_C - C) * ROOT * NEXT_ROOT
        ),
        "root-never-rises": at_most(NEXT_ROOT, ROOT),
    },
    variables={
        "V, V_next": "positive root of V^2 + C V = Q before and after the step, Theorem 4.3",
        "C_next": "layer imbalance after the step",
        "u_next, v_next": "weights after one step of gradient descent",
    },
    remark=(
        "eta s_1^2 V / N, which eta S is at least at the minimizer ahead (Theorem 4.3), is what the slow path climbs "
        "to: only where it passes 4 can the slow path leave the circle R = 4. Gradient flow keeps C and V; every step "
        "of gradient descent with C <= 0 raises C and lowers V, by eta^2 times the gap of a Cauchy-Schwarz inequality. "
        "For C > 0 a step can do the opposite (err-5.9)."
    ),
)
