"""Lemma B.2: the radical of equation (16) is convex."""

from sympy import Derivative, Symbol

from theory.formulas.radical import radical, radical_curvature, radical_slope, radical_tangent
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement

DIFFICULTY = Symbol("Q", real=True)
FIRST, SECOND, POINT = Symbol("x", real=True), Symbol("x'", real=True), Symbol("m", real=True)
SHARE = Symbol("t", real=True)
MIDDLE = SHARE * FIRST + (1 - SHARE) * SECOND

STATEMENT = Statement(
    id="lem-b.2",
    title="The radical sqrt(x^2 + 4Q) is convex",
    source="Lemma B.2, Appendix B.7",
    hypotheses={
        "positive-difficulty": less(0, DIFFICULTY),
        "share-above-zero": at_most(0, SHARE),
        "share-below-one": at_most(SHARE, 1),
    },
    claims={
        "slope": equal(Derivative(radical(FIRST, DIFFICULTY), FIRST), radical_slope(FIRST, DIFFICULTY)),
        "curvature": equal(Derivative(radical(FIRST, DIFFICULTY), (FIRST, 2)), radical_curvature(FIRST, DIFFICULTY)),
        "positive-curvature": less(0, radical_curvature(FIRST, DIFFICULTY)),
        "tangent": at_most(radical_tangent(FIRST, POINT, DIFFICULTY), radical(FIRST, DIFFICULTY)),
        "convex": at_most(
            radical(MIDDLE, DIFFICULTY),
            SHARE * radical(FIRST, DIFFICULTY) + (1 - SHARE) * radical(SECOND, DIFFICULTY),
        ),
    },
    variables={"Q": "the difficulty, here any positive number", "x, x', m": "any numbers", "t": "a share in [0, 1]"},
    remark="The tangent inequality is what Theorem 5.7 uses; it needs no calculus, and neither does convexity.",
)
