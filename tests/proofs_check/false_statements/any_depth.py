"""Of the model of any depth."""

from collections.abc import Iterator

from sympy import Rational

from tests.proofs_check.false_statements import False_, changed
from theory.bounds import balanced_minimizer
from theory.formulas.deep_model import tangent_kernel
from theory.language.numbers import power
from theory.language.relations import at_most, equal, less
from theory.setting.deep_hypotheses import layer_differences, layer_imbalances
from theory.setting.hypotheses import squared_projection
from theory.setting.one_more_layer import DEEP, FIRST_DEEP, FIRST_SHALLOW, ROOT, SHALLOW, change, scale
from theory.setting.symbols import D, N, S, X, label_coefficients, later_layers, s, spectrum, u, y
from theory.statements import cor_5_4, def_5_8, eq_18, lem_5_2, sec_3_hessian, thm_4_6

Q, d, NORM = spectrum.difficulty, label_coefficients, spectrum.label_norm_squared
BOUNDS = balanced_minimizer(spectrum, D)


def false() -> Iterator[False_]:
    yield from _hessian()
    yield from _theorem()
    yield from _more_layers()
    yield from _predicted()
    yield from _flow()
    yield from _kernel()


def _hessian() -> Iterator[False_]:
    name, m = "sec-3.hessian", sec_3_hessian
    claims = m.STATEMENT.claims
    form, border, corner = (claims[key] for key in ("quadratic-form", "rank-one-border", "rank-one-corner"))
    yield changed(name, "order two once", {"quadratic-form": equal(form.left / 2, form.right)})
    yield changed(name, "any direction", without=("orthogonal",), only=("other-directions",))
    yield changed(name, "border turned", {"rank-one-border": equal(border.left, -border.right)})
    yield changed(
        name, "corner without its diagonal", {"rank-one-corner": equal(corner.left, m.PARTS.output + m.PARTS.residual)}
    )


def _theorem() -> Iterator[False_]:
    name, m = "thm-4.6", thm_4_6
    yield changed(name, "the whole difficulty", {"first-layer": equal(squared_projection(), Q)})
    yield changed(name, "the inverse", {"later-layers": equal(later_layers**2, power(Q, -1, D))})
    yield changed(
        name, "depth D", {"lower": at_most((s[0] ** 2 * power(Q, D - 1, D) + D * d[0] ** 2 * power(Q, -1, D)) / N, S)}
    )
    yield changed(
        name, "labels once", {"upper": at_most(S, (s[0] ** 2 * power(Q, D - 1, D) + NORM * power(Q, -1, D)) / N)}
    )
    yield changed(name, "not balanced", without=("balanced",), only=("first-layer",))
    kernel = tangent_kernel(X, u, later_layers)
    yield changed(
        name,
        "kernel with D",
        {"kernel": equal(kernel, (X @ X.T) * m.FIRST_COEFFICIENT + y.outer(y) * (D * m.INVERSE_WEIGHT))},
    )


def _more_layers() -> Iterator[False_]:
    name = "rem-4.6"
    yield changed(
        name,
        "labels for singular values",
        {"first-term": equal(scale() * (FIRST_DEEP - FIRST_SHALLOW), NORM * (ROOT - 1))},
    )
    yield changed(name, "t for 1", {"first-term": equal(scale() * (FIRST_DEEP - FIRST_SHALLOW), s[0] ** 2 * Q * ROOT)})
    yield changed(name, "half", {"lower": equal(scale() * (DEEP.lower - SHALLOW.lower), change(d[0] ** 2) / 2)})
    yield changed(
        name, "the other bound's", {"upper": equal(scale() * (DEEP.upper - SHALLOW.upper), change(d[0] ** 2))}
    )
    name = "rem-4.6-easy"
    yield changed(name, "up to Q = 1", hypotheses={"easy": at_most(Q, 1)})
    yield changed(name, "both bounds", {"lower": less(DEEP.lower, SHALLOW.lower)})
    yield changed(name, "raises", {"first-term": less(FIRST_SHALLOW, FIRST_DEEP)})
    yield changed(name, "any difficulty", without=("easy",))
    name = "rem-4.6-hard"
    yield changed(name, "from Q = 1", hypotheses={"difficult": at_most(1, Q)}, only=("first-term",))
    yield changed(name, "doubles", {"lower": less(2 * SHALLOW.lower, DEEP.lower)})
    yield changed(name, "from one half", hypotheses={"difficult": less(Rational(1, 2), Q)})
    yield changed(name, "by the ratio", {"upper": at_most(DEEP.upper, SHALLOW.upper)})
    name = "rem-4.6-very-easy"
    yield changed(name, "at a half", hypotheses={"very-easy": less(Q, Rational(1, 2))})
    yield changed(name, "without the power", hypotheses={"very-easy": less(Q, D / (D + 1))}, only=("upper",))
    yield changed(name, "to a half", {"lower": less(2 * DEEP.lower, SHALLOW.lower)})
    yield changed(name, "raises", {"upper": less(SHALLOW.upper, DEEP.upper)})


def _predicted() -> Iterator[False_]:
    name, m = "def-5.8", def_5_8
    yield changed(name, "all labels", {"first-term": equal(m.PREDICTED, m.BOUNDS.lower - m.LABEL_TERM * NORM)})
    yield changed(name, "an upper bound", {"below": at_most(S, m.PREDICTED)})
    yield changed(name, "close without the depth", {"close": at_most(S, m.PREDICTED + power(Q, -1, D) / N * d[0] ** 2)})
    yield changed(name, "no gap", {"gap": equal(m.BOUNDS.upper, m.BOUNDS.lower)})


def _flow() -> Iterator[False_]:
    name, m = "lem-5.2", lem_5_2
    yield changed(name, "ratios", {"conserved": equal(layer_imbalances(*m.END), layer_imbalances(*m.START) * 2)})
    yield changed(
        name,
        "signs of differences",
        {"conserved-between": equal(layer_differences(*m.END), -layer_differences(*m.START))},
    )
    rate = m.STATEMENT.claims["rate"]
    yield changed(
        name,
        "gradient negated",
        {"gradient": equal(-m.STATEMENT.claims["gradient"].left, m.STATEMENT.claims["gradient"].right)},
    )
    yield changed(name, "rate one", {"rate": equal(rate.left, 1)})
    name = "lem-5.2-balanced"
    (_, later), (first_end, later_end) = m.START, m.END
    yield changed(name, "not balanced at first", without=("balanced",))
    yield changed(name, "layers stay", {"stay": equal(later_end**2, later**2)})
    yield changed(name, "twice", {"stays-balanced": equal(2 * later_end**2, squared_projection(first_end))})
    yield changed(name, "shorter", {"stays-balanced": less(squared_projection(first_end), later_end**2)})
    name, c = "cor-5.4", cor_5_4
    yield changed(name, "no minimizer", without=("minimizer",), only=("lower",))
    yield changed(name, "the start's product", {"balanced-at-the-limit": equal(later_layers**2, c._later_start**2)})
    yield changed(name, "strictly", {"lower": less(c.BOUNDS.lower, S)})
    yield changed(name, "upper bound of depth one less", {"upper": at_most(S, c.BOUNDS.lower / D)})


def _kernel() -> Iterator[False_]:
    name, m = "eq-18", eq_18
    yield changed(name, "other way round", {"no-larger-eigenvalue": at_most(N * S, m.EIGENVALUE)})
    yield changed(name, "without N", {"no-larger-eigenvalue": at_most(m.EIGENVALUE, S)})
    yield changed(name, "first layer alone", {"kernel": equal(m.FIRST @ m.FIRST.T, m.KERNEL)})
    yield changed(name, "anywhere", without=("minimizer",), only=("gauss-newton",))
