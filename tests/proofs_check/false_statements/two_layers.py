"""Of the two-layer model: the difficulty, the imbalance, the sharpness at a minimizer, and what follows of it."""

from collections.abc import Iterator

from sympy import sqrt

from tests.proofs_check.false_statements import False_, changed
from theory.bounds import positive_root, two_layer_minimizer
from theory.formulas.imbalance import layer_imbalance
from theory.formulas.model import two_layer_kernel
from theory.language.relations import at_most, equal, less
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import C, N, S, X, e, label_coefficients, s, spectrum, u, v, y
from theory.setting.two_minimizers import OTHER_C, OTHER_S
from theory.statements import cor_5_3, def_4_2, eq_17, rem_4_4, sec_3_hessian_two_layer
from theory.statements.def_4_1 import LEAST_SOLUTION, SOLUTION

Q, d = spectrum.difficulty, label_coefficients
V, INVERSE = positive_root(C, Q), positive_root(-C, Q) / Q
BOUNDS = two_layer_minimizer(spectrum, C)
NORM = spectrum.label_norm_squared


def false() -> Iterator[False_]:
    yield from _hessian()
    yield from _definitions()
    yield from _minimizer()
    yield from _monotone()
    yield from _flow()


def _hessian() -> Iterator[False_]:
    name, m = "sec-3.hessian-two-layer", sec_3_hessian_two_layer
    left = m.STATEMENT.claims["quadratic-form"].left
    first, border, corner = m._first, m._border, m._corner
    a, b = m.FIRST, m.SECOND
    form = a @ (first @ a) + 2 * b * (border @ a) + b**2 * corner
    yield changed(name, "the mixed part once", {"quadratic-form": equal(left, form - b * (border @ a))})
    yield changed(name, "no corner", {"quadratic-form": equal(left, a @ (first @ a) + 2 * b * (border @ a))})
    yield changed(name, "the corner as a bound", {"corner": at_most(b**2 * corner, left)})
    yield changed(name, "convex", {"convex": at_most(0, left)})


def _definitions() -> Iterator[False_]:
    name = "def-4.1"
    yield changed(name, "labels for differences", {"solves": equal(X @ LEAST_SOLUTION, y * 2)})
    yield changed(name, "a least solution is every solution", {"same": equal(SOLUTION, LEAST_SOLUTION)})
    yield changed(name, "right rows not orthonormal", only=("norm",), without=("right-orthonormal",))
    yield changed(name, "norm without the square", {"norm": equal(sqrt((LEAST_SOLUTION**2).total()), Q)})
    yield changed(name, "no solution assumed", without=("solution",))
    name, q = "def-4.2", def_4_2.UNSEEN
    imbalance = layer_imbalance(spectrum, u, v)
    yield changed(name, "nothing unseen", without=("unseen",), only=("output",))
    yield changed(name, "the unseen part is lost", {"split": equal((u**2).total() - v**2, imbalance)})
    yield changed(name, "length kept", {"length": equal(((u + q) ** 2).total(), (u**2).total())})
    yield changed(
        name, "imbalance of twice the weights", {"twice": equal(layer_imbalance(spectrum, u + u, v), 4 * imbalance)}
    )
    yield changed(name, "never negative", {"sign": at_most(0, imbalance)})
    name = "def-e.3"
    true = def_e_3_claim()
    yield changed(name, "half of it", {"linear": equal(true.left / 2, true.right)})
    yield changed(name, "plus the second layer", {"linear": equal(true.left, squared_projection() + v**2)})
    yield changed(name, "all of u", {"linear": equal(true.left, (u**2).total() - v**2)})
    yield changed(name, "never zero", {"linear": less(0, true.left**2)})


def def_e_3_claim():
    from theory.statements.def_e_3 import STATEMENT

    return STATEMENT.claims["linear"]


def _minimizer() -> Iterator[False_]:
    name = "thm-4.3"
    yield changed(name, "the imbalance added", {"weight": equal(v**2, V + C)})
    yield changed(name, "one sample more", {"upper": at_most(S, BOUNDS.upper * N / (N + 1))})
    yield changed(name, "a little above", {"lower": at_most(BOUNDS.lower * (1 + 1 / N), S)})
    yield changed(
        name, "norms of all of u", hypotheses={"imbalance": equal(C, (u**2).total() - v**2)}, only=("weight",)
    )
    yield changed(name, "labels with singular values", hypotheses={"labels": equal(y, (d * s) @ e)}, only=("weight",))
    yield changed(name, "labels twice", {"lower": at_most((s[0] ** 2 * V + 2 * d[0] ** 2 * INVERSE) / N, S)})
    yield changed(name, "twice the minimizer", hypotheses={"minimizer": equal((X @ u) * v * 2, y)}, only=("weight",))
    yield changed(name, "the sharpness falls with N alone", {"upper": at_most(S, (s[0] ** 2 + NORM) / N)})
    name, m = "eq-17", eq_17
    left = two_layer_kernel(X, u, v)
    yield changed(name, "labels with the weight", {"kernel": equal(left, (X @ X.T) * INVERSE + y.outer(y) * V)})
    yield changed(name, "labels lost", {"kernel": equal(left, (X @ X.T) * V)})
    yield changed(name, "product Q", {"inverse-weight": equal(m.WEIGHT * m.INVERSE_WEIGHT, Q)})
    yield changed(name, "sum", {"inverse-weight": equal(m.WEIGHT + m.INVERSE_WEIGHT, 1)})


def _monotone() -> Iterator[False_]:
    name, m = "rem-4.4", rem_4_4
    lower, other = m._bounds, m._other_bounds
    yield changed(name, "above the threshold too", without=("below-threshold",), only=("upper",))
    yield changed(name, "the other way", {"weight": at_most(m.OTHER_WEIGHT, m.WEIGHT)})
    yield changed(name, "strictly", {"lower": less(lower.lower, other.lower)})
    yield changed(
        name,
        "level twice",
        {
            "equivalence": equal(
                (m.WEIGHT - m.LEVEL) * (m.CONJUGATE + m.LEVEL), 2 * m.LEVEL * (spectrum.imbalance_threshold - C)
            )
        },
    )
    yield changed(
        name, "larger for smaller", hypotheses={"smaller-imbalance": less(C, m.SMALLER_C)}, only=("lower-falls",)
    )
    name = "rem-4.4-exact"
    yield changed(name, "rises", {"falls": at_most(S, OTHER_S)})
    yield changed(name, "strictly", {"falls": less(OTHER_S, S)})
    yield changed(name, "by the difference", {"falls": at_most(OTHER_S, S + C - OTHER_C)})
    yield changed(name, "any order", without=("order",))


def _flow() -> Iterator[False_]:
    name, m = "cor-5.3", cor_5_3
    first, second = m.START
    yield changed(name, "the start's weight", {"weight": equal(second**2, positive_root(C, Q))})
    yield changed(name, "no minimizer", without=("minimizer",), only=("weight",))
    yield changed(
        name, "sign of the imbalance", hypotheses={"imbalance": equal(C, -m.imbalance(first, second))}, only=("weight",)
    )
    yield changed(name, "upper bound without labels", {"upper": at_most(S, s[0] ** 2 * V / N)})
    name = "lem-5.2-two-layer"
    from theory.statements import lem_5_2_two_layer as t

    (a, b), (g, h) = t.START, t.END
    yield changed(
        name, "the sum of squares", {"conserved": equal(squared_projection(g) + h**2, squared_projection(a) + b**2)}
    )
    yield changed(name, "weights stay", {"conserved": equal(h, b)})
    yield changed(name, "imbalance zero", {"conserved": equal(t.imbalance(g, h), 0)})
    yield changed(
        name,
        "gradient twice",
        {"gradient": equal(2 * t.STATEMENT.claims["gradient"].left, t.STATEMENT.claims["gradient"].right)},
    )
    yield changed(name, "other loss grows", {"conserved": less(t.imbalance(a, b), t.imbalance(g, h))})
