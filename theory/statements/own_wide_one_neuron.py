"""Where a two-layer network of any width is the minimalist model: isotropic but for one neuron's part."""

from sympy import Expr, KroneckerDelta, Symbol

from theory.formulas.layered_model import layered_kernel
from theory.formulas.model import two_layer_kernel
from theory.language.calculus import rate_is_zero
from theory.language.indexed import IndexedArray, indices_of
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import X, eta, modes, u, v, w
from theory.setting.wide_model import W, a, neurons

KAPPA = Symbol("kappa", real=True)
"""How much of the first layer goes in every direction alike."""
A = IndexedArray.named("A", neurons, modes)
"""First layer in the modes, shape (H, r)."""
c = IndexedArray.named("c", modes)
"""The one neuron's first layer in the modes, shape (r,)."""
g = IndexedArray.named("g", modes)
"""The slope in the modes, shape (r,)."""

POINT = (A, a, c, v)
GRADIENT = (a.outer(g), A @ g, g * v, c @ g)
_i, _j = indices_of(modes, modes)
IDENTITY = IndexedArray(KroneckerDelta(_i, _j), (modes, modes), (_i, _j))


def first_differs(wide: IndexedArray, second: IndexedArray, neuron: IndexedArray, weight: Expr) -> IndexedArray:
    """`A^T A - c c^T`, shape (r, r)."""
    found: IndexedArray = wide.T @ wide - neuron.outer(neuron)
    return found


def across_differs(wide: IndexedArray, second: IndexedArray, neuron: IndexedArray, weight: Expr) -> IndexedArray:
    """`A^T a - v c`, shape (r,)."""
    found: IndexedArray = wide.T @ second - neuron * weight
    return found


def second_differs(wide: IndexedArray, second: IndexedArray, neuron: IndexedArray, weight: Expr) -> Expr:
    """`||a||^2 - v^2`."""
    found: Expr = (second**2).total() - weight**2
    return found


_stepped = tuple(part - slope * eta for part, slope in zip(POINT, GRADIENT, strict=True))

STATEMENT = Statement(
    id="own-wide-one-neuron",
    title="Two layers of any width, isotropic beside one neuron, are one neuron",
    source="This project",
    hypotheses={
        **{name: hypothesis for name, hypothesis in DECOMPOSITION.items() if name in ("svd", "right-orthonormal")},
        "wide-in-modes": equal(A, W @ w.T),
        "neuron-in-modes": equal(c, w @ u),
        "first": equal(first_differs(*POINT), IDENTITY * KAPPA),
        "across": equal(across_differs(*POINT), 0),
        "second": equal(second_differs(*POINT), -KAPPA),
    },
    claims={
        "output": equal(X @ W.T @ a, (X @ u) * v),
        "kernel": equal(layered_kernel(X, W, a), two_layer_kernel(X, u, v)),
        "first-rate": rate_is_zero(first_differs, POINT, GRADIENT),
        "across-rate": rate_is_zero(across_differs, POINT, GRADIENT),
        "second-rate": rate_is_zero(second_differs, POINT, GRADIENT),
        "first-step": equal(first_differs(*_stepped), IDENTITY * KAPPA - g.outer(g) * (KAPPA * eta**2)),
        "across-step": equal(across_differs(*_stepped), 0),
        "second-step": equal(second_differs(*_stepped), -KAPPA + KAPPA * eta**2 * (g**2).total()),
    },
    variables={
        "W, a": "the weights of the wide network, of shapes (H, d) and (H,)",
        "u, v": "the weights of the one neuron",
        "A, c": "both first layers in the modes, of shapes (H, r) and (r,)",
        "kappa": "how much of the wide first layer goes in every direction alike",
        "g": "the slope X^T z / N in the modes, or a mini-batch's, shape (r,); the gradients: a g^T, A g; v g, c.g",
        "epsilon": "step along the negative gradients",
    },
    remark=(
        "A start with A_0^T A_0 = kappa I and A_0^T a_0 = 0 is such a pair with c = 0 and v^2 = kappa + ||a_0||^2. "
        "Where the hypotheses hold, outputs, residuals and so slopes agree, and their rates vanish, so that both "
        "gradient flows keep them (that flows are unique is not in the ledger): the wide network follows the neuron of "
        "imbalance -(kappa + ||a_0||^2) for all time, with its outputs, loss and tangent kernel, and ends with the "
        "sharpness of its minimizer. A step of gradient descent or SGD leaves it by kappa eta^2 g g^T."
    ),
)
