"""The balanced linear network of three layers or more: its letters, what each layer is given, its sharpness.

Between the first layer and the last are `L` square layers; a network of other widths is one in which rows and columns
of zeros fill them up. All that goes from layer to layer is a chain with an entry on each of the `L + 1` widths.
"""

from __future__ import annotations

from sympy import Sum, Symbol

from theory.language.indexed import Axis, IndexedArray
from theory.language.numbers import Number
from theory.language.relations import equal
from theory.language.statement import Hypothesis, Sharpness
from theory.setting.symbols import N, S, X, features, samples, w, y
from theory.setting.wide_model import W, a, neurons, width

n_square_layers = Symbol("L", integer=True, positive=True)
square_layers = Axis(n_square_layers, "jgt")
DEPTH = n_square_layers + 2

U = IndexedArray.named("U", square_layers, neurons, neurons)
"""The square layers, shape (L, H, H)."""
A = IndexedArray.chain("A", square_layers, samples, neurons)
"""What each layer but the first is given, shape (L + 1, N, H)."""
B = IndexedArray.chain("B", square_layers, neurons)
"""The product of the later layers, shape (L + 1, H)."""
G = IndexedArray.chain("G", square_layers, neurons, neurons)
"""The Gram matrix that two neighbouring layers share, shape (L + 1, H, H)."""
T = IndexedArray.chain("T", square_layers, samples, neurons)
"""How fast what each layer is given changes along a direction, shape (L + 1, N, H)."""
DIRECTION = (
    IndexedArray.named("W'", neurons, features),
    IndexedArray.named("U'", square_layers, neurons, neurons),
    IndexedArray.named("a'", neurons),
)
"""A direction in the space of weights."""

projected = W @ w.T
"""The first layer in the modes, shape (H, r)."""

_j, _b, _c = U.indices
_n = samples.index(set())


def given_next(given: IndexedArray, matrices: IndexedArray) -> IndexedArray:
    """`A_j U_j^T`, shape (L, N, H)."""
    product = given.at(_j, _n, _c) * matrices.at(_j, _b, _c)
    summed = Sum(product, (_c, 1, width))
    return IndexedArray(summed, (square_layers, samples, neurons), (_j, _n, _b))


def gram(first: IndexedArray, second: IndexedArray) -> IndexedArray:
    """`A_j B_j^T` for each layer `j`, shape (L, H, H)."""
    z = neurons.index({_b.name, _c.name})
    summed = Sum(first.at(_j, _b, z) * second.at(_j, _c, z), (z, 1, width))
    return IndexedArray(summed, (square_layers, neurons, neurons), (_j, _b, _c))


def transposed(matrices: IndexedArray) -> IndexedArray:
    """`U_j^T` for each layer, shape (L, H, H)."""
    return IndexedArray(matrices.at(_j, _c, _b), (square_layers, neurons, neurons), (_j, _b, _c))


_later = Sum(U.at(_j, _c, _b) * B.next.at(_j, _c), (_c, 1, width))

LAYERS: dict[str, Hypothesis] = {
    "given-first": equal(A.row(1), X @ W.T),
    "given-next": equal(A.next, given_next(A, U)),
    "later-last": equal(B.end, a),
    "later-previous": equal(B, IndexedArray(_later, (square_layers, neurons), (_j, _b))),
}
"""`A_1 = X W^T` and `A_(j+1) = A_j U_j^T`; `B_(L+1) = a` and `B_j = U_j^T B_(j+1)`."""

ZERO_RESIDUAL_OF_NETWORK: dict[str, Hypothesis] = {"minimizer": equal(A.end @ a, y)}
"""A global minimizer: y lies in col(X), so zero loss is reached."""

BALANCED_NETWORK: dict[str, Hypothesis] = {
    "balanced-first": equal(G.row(1), projected @ projected.T),
    "gram-below": equal(G, gram(transposed(U), transposed(U))),
    "gram-above": equal(G.next, gram(U, U)),
    "balanced-last": equal(G.end, a.outer(a)),
}
"""`U_1^T U_1 = W Pi W^T`, `U_(j+1)^T U_(j+1) = U_j U_j^T` and `a a^T = U_L U_L^T`: all conserved matrices are zero."""

RATES: dict[str, Hypothesis] = {
    "rates-first": equal(T.row(1), X @ DIRECTION[0].T),
    "rates-next": equal(T.next, given_next(T, U) + given_next(A, DIRECTION[1])),
}
"""`T_1 = X W'^T` and `T_(j+1) = T_j U_j^T + A_j U'_j^T`: how what is given changes along `(W', U', a')`."""


def slopes(first: IndexedArray, square: IndexedArray, last: IndexedArray) -> IndexedArray:
    """`J h`: how fast the network's outputs change along a direction, shape (N,)."""
    inner = B.next.at(_j, _b) * square.at(_j, _b, _c) * A.at(_j, _n, _c)
    between = Sum(inner, (_c, 1, width), (_b, 1, width), (_j, 1, n_square_layers))
    ends: IndexedArray = X @ first.T @ B.row(1) + A.end @ last
    return ends + IndexedArray(between, (samples,), (_n,))


def linearized_loss(first: IndexedArray, square: IndexedArray, last: IndexedArray) -> Number:
    """`L = ||J theta - D y||^2 / (2N)`, the loss of the network's linearization at the minimizer.

    Its outputs are `y + J (theta - theta*)` with `J theta* = D y`; where the residual is zero, the Hessian of the
    network's own loss is that of this one.
    """
    return ((slopes(first, square, last) - y * DEPTH) ** 2).total() / (2 * N)


def network_sharpness() -> Sharpness:
    """The top eigenvalue of the Hessian at the weights `(W, U, a)`."""
    return Sharpness(S, linearized_loss, (W, U, a))


def network_kernel() -> IndexedArray:
    """`||B_1||^2 X X^T + sum_j ||B_(j+1)||^2 A_j A_j^T + A_(L+1) A_(L+1)^T`, shape (N, N), no factor 1/N."""
    m = samples.index({_n.name})
    size = Sum(B.next.at(_j, _b) ** 2, (_b, 1, width))
    inner = Sum(A.at(_j, _n, _c) * A.at(_j, m, _c), (_c, 1, width))
    between = IndexedArray(Sum(size * inner, (_j, 1, n_square_layers)), (samples, samples), (_n, m))
    kernel: IndexedArray = between + (X @ X.T) * (B.row(1) ** 2).total() + A.end @ A.end.T
    return kernel
