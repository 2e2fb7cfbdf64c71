"""Theorem 4.6 holds word for word in networks of any widths: three layers."""

from sympy import Symbol

from theory.bounds import balanced_minimizer
from theory.formulas.layered_model import layered_kernel, layered_loss
from theory.language.indexed import Axis, IndexedArray
from theory.language.numbers import Number
from theory.language.relations import at_most, equal
from theory.language.statement import Sharpness, Statement
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS
from theory.setting.symbols import S, X, samples, spectrum, w, y
from theory.setting.wide_model import V, W, neurons

second_width = Symbol("G", integer=True, positive=True)
second_neurons = Axis(second_width, "ztx")
U, a = IndexedArray.named("U", second_neurons, neurons), IndexedArray.named("a", second_neurons)
"""Second and third layer, shapes (G, H) and (G,)."""
POINT = (W, U, a)
projected = W @ w.T
"""The first layer in the modes, `W w_i` as columns, shape (H, r)."""

BOUNDS = balanced_minimizer(spectrum, 3)
VECTOR = IndexedArray.named("q", samples)
IMAGE = a @ U
"""`U^T a`, shape (H,)."""
FIRST_DISTANCE = ((projected * V**2 - IMAGE.outer(IMAGE @ projected)) ** 2).total()
SECOND_DISTANCE = ((U * V - a.outer(IMAGE)) ** 2).total()
_in_kernel = VECTOR @ (layered_kernel(X, *POINT) @ VECTOR)
_in_theorem = V**2 * ((X.T @ VECTOR) ** 2).total() + 2 * (y @ VECTOR) ** 2 / V


def loss_at(first: IndexedArray, second: IndexedArray, third: IndexedArray) -> Number:
    """The loss at weights `(W, U, a)`."""
    return layered_loss(X, y, first, second, third)


STATEMENT = Statement(
    id="own-wide-balanced",
    title="Sharpness at a balanced minimizer, three layers of any widths",
    source="This project; Theorem 4.6 at widths 1",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        "minimizer": equal(X @ W.T @ U.T @ a, y),
        "size": equal(V, (a**2).total()),
        # The conserved matrices of neighbouring layers are zero.
        "balanced-first": equal(U.T @ U, projected @ projected.T),
        "balanced-second": equal(a.outer(a), U @ U.T),
        "sharpness": Sharpness(S, loss_at, POINT),
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
