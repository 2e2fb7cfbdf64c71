"""Theorem 4.6 holds word for word in networks of any widths: three layers."""

from theory.bounds import balanced_minimizer
from theory.formulas.layered_model import layered_kernel
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS
from theory.setting.symbols import S, X, samples, spectrum, y
from theory.setting.three_layers import (
    BALANCED_MATRICES,
    POINT,
    SIZE_OF_THIRD,
    ZERO_RESIDUAL_OF_THREE,
    U,
    a,
    projected,
    three_layer_sharpness,
)
from theory.setting.wide_model import V

BOUNDS = balanced_minimizer(spectrum, 3)
VECTOR = IndexedArray.named("q", samples)
IMAGE = a @ U
"""`U^T a`, shape (H,)."""
FIRST_DISTANCE = ((projected * V**2 - IMAGE.outer(IMAGE @ projected)) ** 2).total()
SECOND_DISTANCE = ((U * V - a.outer(IMAGE)) ** 2).total()
_in_kernel = VECTOR @ (layered_kernel(X, *POINT) @ VECTOR)
_in_theorem = V**2 * ((X.T @ VECTOR) ** 2).total() + 2 * (y @ VECTOR) ** 2 / V

STATEMENT = Statement(
    id="own-wide-balanced",
    title="Sharpness at a balanced minimizer, three layers of any widths",
    source="This project; Theorem 4.6 at widths 1",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **ZERO_RESIDUAL_OF_THREE,
        **SIZE_OF_THIRD,
        **BALANCED_MATRICES,
        "sharpness": three_layer_sharpness(),
    },
    claims={
        "size-cubed": equal(V**3, spectrum.difficulty),
        "first-layer-rank-one": equal(FIRST_DISTANCE, 0),
        "second-layer-rank-one": equal(SECOND_DISTANCE, 0),
        "kernel-at-least": at_most(_in_theorem, _in_kernel),
        "kernel-at-most": at_most(_in_kernel, _in_theorem),
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    variables={
        "W, U, a": "the weights, of shapes (H, d), (G, H) and (G,)",
        "V": "squared norm of the third layer, the square of every layer's one singular value",
        "q": "any vector, shape (N,)",
    },
    remark=(
        "With p = U^T a the layers that the data see are W Pi = p p^T W Pi / V^2 and U = a p^T / V, of rank one; the "
        "kernel is Q^(2/3) X X^T + 2 Q^(-1/3) y y^T: Theorem 4.6 at depth 3. At any greater depth it is "
        "own-balanced-network."
    ),
)
