"""Sharpness at a global minimizer of a two-layer network of any width, between bounds from the conserved matrix."""

from theory.bounds import positive_root, wide_minimizer
from theory.formulas.layered_model import layered_kernel
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS
from theory.setting.symbols import N, S, X, label_coefficients, s, samples, spectrum, y
from theory.setting.wide_model import (
    EIGENVALUES,
    GREATEST,
    LEAST,
    SIZE,
    WIDE_ZERO_RESIDUAL,
    V,
    W,
    a,
    imbalance_matrix,
    wide_sharpness,
)

FORM = a @ (imbalance_matrix(W, a) @ a)
"""`a^T M a`."""
VECTOR = IndexedArray.named("q", samples)
FROM_THE_START = wide_minimizer(spectrum, LEAST, GREATEST)
_in_kernel = VECTOR @ (layered_kernel(X, W, a) @ VECTOR)

STATEMENT = Statement(
    id="own-wide-minimizer",
    title="Sharpness at a minimizer, two layers of any width",
    source="This project; Theorem 4.3 at width 1",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **WIDE_ZERO_RESIDUAL,
        **SIZE,
        **EIGENVALUES,
        "sharpness": wide_sharpness(),
        "greatest-positive": less(0, GREATEST),
    },
    claims={
        "quadratic": equal(V**2 + FORM, spectrum.difficulty),
        "weight-at-least": at_most(positive_root(GREATEST, spectrum.difficulty), V),
        "weight-at-most": at_most(V, positive_root(LEAST, spectrum.difficulty)),
        "kernel-at-least": at_most(V * ((X.T @ VECTOR) ** 2).total() + (y @ VECTOR) ** 2 / V, _in_kernel),
        "lower": at_most((s[0] ** 2 * V + label_coefficients[0] ** 2 / V) / N, S),
        "upper": at_most(S, (s[0] ** 2 * (V + GREATEST) + spectrum.label_norm_squared / V) / N),
        "lower-from-start": at_most(FROM_THE_START.lower, S),
        "upper-from-start": at_most(S, FROM_THE_START.upper),
    },
    variables={
        "W, a": "the weights, of shapes (H, d) and (H,)",
        "o, m": "eigenvectors and eigenvalues of M = W Pi W^T - a a^T",
        "m_min, m_max": "numbers that no eigenvalue of M is below or above; m_max positive",
        "q": "any vector, shape (N,)",
    },
    remark=(
        "Gradient flow conserves M (own-wide-imbalance), so the last two claims bound the sharpness at its end by its "
        "start. With two neurons or more M has "
        "an eigenvalue that is not negative. At width 1 the last term but one of the upper bound is not needed, and "
        "both bounds are those of Theorem 4.3."
    ),
)
