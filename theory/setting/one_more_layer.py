"""The bounds of Theorem 4.6 at two depths, for statements about what one more layer does."""

from __future__ import annotations

from sympy import Expr, Integer, Symbol

from theory.bounds import balanced_minimizer, predicted_sharpness
from theory.language.relations import equal, less
from theory.language.statement import Hypothesis
from theory.setting.hypotheses import NONZERO_LABELS
from theory.setting.symbols import D, N, s, spectrum

ROOT = Symbol("t", positive=True)
"""`t = Q^(1/(D(D+1)))`, which lies on the same side of 1 as Q."""
SHALLOW, DEEP = balanced_minimizer(spectrum, D), balanced_minimizer(spectrum, D + 1)
FIRST_SHALLOW, FIRST_DEEP = predicted_sharpness(spectrum, D), predicted_sharpness(spectrum, D + 1)

SETTING: dict[str, Hypothesis] = {
    **NONZERO_LABELS,
    "depth": less(1, D),
    "root": equal(spectrum.difficulty, ROOT ** (D * (D + 1))),
}


def change(label: Expr) -> Expr:
    """What one more layer adds to `N t^(D+1)` times a bound: `s_1^2 Q (t - 1) + b (D t - (D - 1))`.

    Args:
        label: `b`, which is `d_1^2` in the lower bound and `||y||^2` in the upper one.
    """
    return s[0] ** 2 * spectrum.difficulty * (ROOT - 1) + label * (D * ROOT - (D - 1))


def scale() -> Expr:
    """`N t^(D+1)`."""
    return N * ROOT ** (D + Integer(1))
