"""Appendix B.1: output, residual, gradients and the steps of the optimizers, in weights and in modes, at any depth."""

from sympy import Symbol

from theory.formulas.dynamics import LaterLayers, batch_loss, gradient, mode_gradient, mode_residual, step
from theory.formulas.model import loss, residual
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.batches import B
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import N, X, e, eta, features, s, samples, spectrum, u, w, y

n_later = Symbol("K", integer=True, positive=True)
"""Number of layers after the first, D - 1."""
later = Axis(n_later, "jt")
WEIGHTS = IndexedArray.named("v", later)
PRODUCT = Symbol("P", real=True)
OTHERS = IndexedArray.named("R", later)
LAYERS = LaterLayers(WEIGHTS, PRODUCT, OTHERS)
MASK = IndexedArray.named("p", samples)
DIRECTION, STEP = IndexedArray.named("a", features), Symbol("epsilon", real=True)

COEFFICIENTS: IndexedArray = spectrum.first_layer_coefficients(u)
OUTPUT, RESIDUAL = (X @ u) * PRODUCT, residual(X, y, u, PRODUCT)
LOSS, BATCH_LOSS = loss(X, y, u, PRODUCT), batch_loss(X, y, u, PRODUCT, MASK, B)
SLOPE = gradient(X.T @ RESIDUAL / N, u, LAYERS)
BATCH_SLOPE = gradient(X.T @ (RESIDUAL * MASK) / B, u, LAYERS)
MODE_SLOPE = mode_gradient(spectrum, COEFFICIENTS, LAYERS)
MODE_RESIDUAL = mode_residual(spectrum, COEFFICIENTS, PRODUCT)

AFTER_DESCENT = step(u, LAYERS, SLOPE, eta)
AFTER_SGD = step(u, LAYERS, BATCH_SLOPE, eta)
BATCH_RESIDUAL: IndexedArray = e @ (RESIDUAL * MASK)
"""`e_i^T P_t z`."""


def outside(first_layer: IndexedArray) -> IndexedArray:
    """The part of first-layer weights outside the row space, `u - Pi_W u`, shape (d,)."""
    rest: IndexedArray = first_layer - spectrum.first_layer_coefficients(first_layer) @ w
    return rest


MOVED_PRODUCT: IndexedArray = OTHERS * (WEIGHTS + STEP)
"""The product of the later layers after `v_j` alone has moved, for every `j`: shape (D-1,)."""
_output_square, _batch_output_square = ((X @ u) ** 2).total(), (((X @ u) * MASK) ** 2).total()
_turn, _batch_turn = ((X @ DIRECTION) ** 2).total(), (((X @ DIRECTION) * MASK) ** 2).total()

STATEMENT = Statement(
    id="app-b.1",
    title="The model and its optimizers in the singular basis, at any depth",
    source="Appendix B.1, equations (5) to (15)",
    hypotheses={
        **{name: h for name, h in DECOMPOSITION.items() if name != "descending"},
        "others": equal(WEIGHTS * OTHERS, PRODUCT),
        "binary": equal(MASK**2, MASK),
    },
    claims={
        # Output and residual.
        "output": equal(OUTPUT, (s * COEFFICIENTS * PRODUCT) @ e),
        "residual": equal(RESIDUAL, MODE_RESIDUAL @ e),
        "residual-in-modes": equal(e @ RESIDUAL, MODE_RESIDUAL),
        "loss-in-modes": equal(LOSS, (MODE_RESIDUAL**2).total() / (2 * N)),
        # The gradients are those of the losses: the coefficients of order 1, with the rest of order 2 written out.
        "first-layer-gradient": equal(
            loss(X, y, u + DIRECTION * STEP, PRODUCT),
            LOSS + STEP * (SLOPE.first_layer @ DIRECTION) + STEP**2 * PRODUCT**2 * _turn / (2 * N),
        ),
        "later-layer-gradient": equal(
            MOVED_PRODUCT.each(lambda product: loss(X, y, u, product)),
            LOSS + SLOPE.later_layers * STEP + OTHERS**2 * (STEP**2 * _output_square / (2 * N)),
        ),
        "first-layer-batch-gradient": equal(
            batch_loss(X, y, u + DIRECTION * STEP, PRODUCT, MASK, B),
            BATCH_LOSS + STEP * (BATCH_SLOPE.first_layer @ DIRECTION) + STEP**2 * PRODUCT**2 * _batch_turn / (2 * B),
        ),
        "later-layer-batch-gradient": equal(
            MOVED_PRODUCT.each(lambda product: batch_loss(X, y, u, product, MASK, B)),
            BATCH_LOSS + BATCH_SLOPE.later_layers * STEP + OTHERS**2 * (STEP**2 * _batch_output_square / (2 * B)),
        ),
        # Gradient flow: the velocity of c_i is w_i^T u', as c is linear in u.
        "flow-first-layer": equal(w @ -SLOPE.first_layer, -MODE_SLOPE.first_layer),
        "flow-later-layers": equal(-SLOPE.later_layers, -MODE_SLOPE.later_layers),
        "flow-outside": equal(outside(-SLOPE.first_layer), 0),
        # Gradient descent, equations (10) and (11).
        "descent-first-layer": equal(w @ AFTER_DESCENT[0], step(COEFFICIENTS, LAYERS, MODE_SLOPE, eta)[0]),
        "descent-later-layers": equal(AFTER_DESCENT[1], step(COEFFICIENTS, LAYERS, MODE_SLOPE, eta)[1]),
        "descent-outside": equal(outside(AFTER_DESCENT[0]), outside(u)),
        # SGD: the same with e_i^T P_t z in the place of z_i, and B in the place of N.
        "sgd-first-layer": equal(w @ AFTER_SGD[0], COEFFICIENTS - s * BATCH_RESIDUAL * (eta * PRODUCT / B)),
        "sgd-later-layers": equal(
            AFTER_SGD[1], WEIGHTS - OTHERS * (eta / B * (s * COEFFICIENTS * BATCH_RESIDUAL).total())
        ),
        "sgd-outside": equal(outside(AFTER_SGD[0]), outside(u)),
    },
    variables={
        "K": "number of layers after the first, D - 1",
        "v": "weights of the later layers, shape (D-1,)",
        "P": "product of the later layers",
        "R": "product of all later layers but one, P / v_j, shape (D-1,)",
        "p": "diagonal of P_t: 1 for a sample of the mini-batch, else 0, shape (N,)",
        "B": "size of the mini-batch",
        "a": "any direction in the first layer, shape (d,)",
        "epsilon": "any number: how far the weights move along a direction",
    },
    remark=(
        "R_j is the product of the other layers, so that R_j v_j = P, and moving v_j alone makes the product "
        "R_j (v_j + epsilon). Where v_j = 0 nothing is divided. A gradient is read off as the coefficient of epsilon."
    ),
)
