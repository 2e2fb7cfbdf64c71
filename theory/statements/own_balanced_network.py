"""Theorem 4.6 holds word for word in networks of three layers or more, of any widths."""

from theory.bounds import balanced_minimizer
from theory.language.calculus import EPSILON, coefficient
from theory.language.indexed import IndexedArray
from theory.language.numbers import power
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.balanced_network import (
    BALANCED_NETWORK,
    DEPTH,
    DIRECTION,
    LAYERS,
    RATES,
    ZERO_RESIDUAL_OF_NETWORK,
    A,
    B,
    T,
    U,
    network_kernel,
    network_sharpness,
    projected,
    slopes,
)
from theory.setting.hypotheses import DECOMPOSITION, NONZERO_LABELS
from theory.setting.symbols import N, S, X, samples, spectrum, y
from theory.setting.wide_model import SIZE, V, a

BOUNDS = balanced_minimizer(spectrum, DEPTH)
FIRST_COEFFICIENT = power(spectrum.difficulty, DEPTH - 1, DEPTH)
"""`Q^((D-1)/D)`."""
INVERSE_WEIGHT = power(spectrum.difficulty, -1, DEPTH)
"""`Q^(-1/D)`."""
SECOND = IndexedArray.named("q", samples)
"""Whatever the outputs change by to second order, shape (N,)."""
_output = A.end @ a + slopes(*DIRECTION) * EPSILON + SECOND * EPSILON**2
ALONG_A_LINE = ((_output - y) ** 2).total() / (2 * N)
"""The network's loss along a line, to second order."""
_j, _b, _c = U.indices
LATER_SIZE = (B.next.row(_j) ** 2).total()
"""`||B_(j+1)||^2`."""

STATEMENT = Statement(
    id="own-balanced-network",
    title="Sharpness at a balanced minimizer, three layers or more of any widths",
    source="This project; Theorem 4.6 at widths 1",
    hypotheses={
        **DECOMPOSITION,
        **NONZERO_LABELS,
        **LAYERS,
        **ZERO_RESIDUAL_OF_NETWORK,
        **SIZE,
        **BALANCED_NETWORK,
        **RATES,
        "sharpness": network_sharpness(),
    },
    claims={
        "slopes": equal(T.end @ a + A.end @ DIRECTION[2], slopes(*DIRECTION)),
        "curvature": equal(coefficient(ALONG_A_LINE, 2), (slopes(*DIRECTION) ** 2).total() / (2 * N)),
        "size-to-the-depth": equal(V**DEPTH, spectrum.difficulty),
        "first-layer": equal(projected * (B.row(1) ** 2).total(), B.row(1).outer(B.row(1) @ projected)),
        "square-layers": equal(U.at(_j, _b, _c) * LATER_SIZE, B.next.at(_j, _b) * B.at(_j, _c)),
        "kernel": equal(network_kernel(), (X @ X.T) * FIRST_COEFFICIENT + y.outer(y) * ((DEPTH - 1) * INVERSE_WEIGHT)),
        "lower": at_most(BOUNDS.lower, S),
        "upper": at_most(S, BOUNDS.upper),
    },
    variables={
        "L, D": "number of square layers between the first and the last, and the depth L + 2",
        "W, U, a": "the weights, of shapes (H, d), (L, H, H) and (H,)",
        "A": "what each layer but the first is given, shape (L + 1, N, H)",
        "B": "the product of the later layers, shape (L + 1, H)",
        "G": "the Gram matrix that two neighbouring layers share, shape (L + 1, H, H)",
        "V": "squared norm of the last layer, the square of every layer's one singular value",
        "W', U', a', T": "any direction in the weights, and how fast A changes along it",
        "q": "whatever the outputs change by to second order along it, shape (N,)",
    },
    remark=(
        "All inner widths are H; a network of other widths is one with rows and columns of zeros. S is written as the "
        "top eigenvalue for the network's linearization, since the loss of a network of any depth is no formula here: "
        "its outputs change along every direction as the network's do (slopes), and the second derivative of the "
        "loss along it is the same (curvature). That S is the sharpness of the network's own loss is a theorem in Coq, "
        "sharpness_of_linearization."
    ),
)
