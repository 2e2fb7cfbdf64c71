"""One slip each, as a reader makes them: a constant, a power, an axis, an extreme, a sign, a sense, a hypothesis."""

from collections.abc import Iterator

from sympy import Derivative, Symbol, log, sqrt

from tests.proofs_check.false_statements import False_, changed
from theory.bounds import balanced_minimizer, positive_root, two_layer_minimizer
from theory.formulas.blow_up import drifting_radius_increment, squared_radius, top_mode_step
from theory.formulas.dynamics import mode_residual
from theory.formulas.model import two_layer_kernel
from theory.formulas.radical import radical
from theory.language.expectation import Mean
from theory.language.indexed import IndexedArray
from theory.language.numbers import power
from theory.language.relations import at_most, equal, less
from theory.setting.batches import B, expectation
from theory.setting.hypotheses import squared_projection
from theory.setting.nonlinear_model import NORMS
from theory.setting.one_more_layer import DEEP, SHALLOW
from theory.setting.symbols import (
    C,
    D,
    N,
    S,
    X,
    eta,
    label_coefficients,
    n_features,
    s,
    spectrum,
    u,
    v,
    w,
    y,
)
from theory.statements import (
    app_b_1,
    app_d_3,
    cor_5_3,
    def_5_8,
    eq_17,
    eq_18,
    lem_5_2,
    lem_b_1,
    lem_b_2,
    lem_b_3,
    lem_e_4,
    own_above_four,
    own_balanced_blow_up,
    own_curvatures,
    own_radius_sharpness,
    own_top_mode,
    rem_5_9,
    sec_3_hessian,
    thm_5_9,
)
from theory.statements.def_4_1 import LEAST_SOLUTION
from theory.statements.own_blow_up import FIRST, SECOND
from theory.statements.own_size import SIZE, TOP_RATE
from theory.statements.thm_5_6 import ALPHA, BETA

Q, d, NORM = spectrum.difficulty, label_coefficients, spectrum.label_norm_squared
V, INVERSE = positive_root(C, Q), positive_root(-C, Q) / Q


def false() -> Iterator[False_]:
    yield from _minimizer()
    yield from _depth()
    yield from _chance()
    yield from _steps()
    yield from _appendices()
    yield from _beyond()


def _minimizer() -> Iterator[False_]:
    name, bounds = "thm-4.3", two_layer_minimizer(spectrum, C)
    yield changed(name, "Q for 4 Q", {"weight": equal(v**2, (sqrt(C**2 + Q) - C) / 2)})
    yield changed(name, "the norm for its square", {"upper": at_most(S, (s[0] ** 2 * V + sqrt(NORM) * INVERSE) / N)})
    yield changed(name, "all modes below", {"lower": at_most(((s**2).total() * V + d[0] ** 2 * INVERSE) / N, S)})
    yield changed(name, "bounds exchanged", {"lower": at_most(bounds.upper, S), "upper": at_most(S, bounds.lower)})
    yield changed(name, "the top label above", {"upper": at_most(S, bounds.lower)})
    yield changed(name, "strictly below", {"lower": less(bounds.lower, S)})
    yield changed(
        name, "imbalance turned", hypotheses={"imbalance": equal(C, v**2 - squared_projection())}, only=("weight",)
    )
    yield changed("eq-17", "V squared", {"kernel": equal(two_layer_kernel(X, u, v), (X @ X.T) * V + y.outer(y) / V**2)})
    yield changed("eq-17", "over N", {"inverse-weight": equal(eq_17.WEIGHT * eq_17.INVERSE_WEIGHT, N)})
    first, second = cor_5_3.START
    twice = equal(C, squared_projection(first) - 2 * second**2)
    yield changed("cor-5.3", "twice the second layer", hypotheses={"imbalance": twice}, only=("weight",))
    yield changed("def-4.1", "singular values once", {"norm": equal((LEAST_SOLUTION**2).total(), (d**2 / s).total())})
    yield changed("def-e.3", "sign", {"linear": equal(*_turned("def-e.3", "linear"))})
    form = sec_3_hessian.STATEMENT.claims["quadratic-form"]
    yield changed("sec-3.hessian", "N forgotten", {"quadratic-form": equal(N * form.left, form.right)})


def _turned(identifier: str, name: str):
    claim = changed(identifier, "")[1].claims[name]
    return claim.left, -claim.right


def _depth() -> Iterator[False_]:
    name = "thm-4.6"
    label = power(Q, -1, D)
    yield changed(
        name, "right at depth two", {"upper": at_most(S, (s[0] ** 2 * power(Q, 1, D) + (D - 1) * NORM * label) / N)}
    )
    yield changed(
        name, "one layer fewer", {"upper": at_most(S, (s[0] ** 2 * power(Q, D - 1, D) + (D - 2) * NORM * label) / N)}
    )
    yield changed(
        name,
        "layers squared",
        {"lower": at_most((s[0] ** 2 * power(Q, D - 1, D) + (D - 1) ** 2 * d[0] ** 2 * label) / N, S)},
    )
    yield changed(name, "any number of layers", without=("depth",), only=("first-layer",))
    yield changed("def-5.8", "N forgotten", {"below": at_most(N * def_5_8.PREDICTED, S)})
    yield changed("def-5.8", "twice", {"below": at_most(2 * def_5_8.PREDICTED, S)})
    yield changed("rem-4.6-hard", "no overlap", {"upper": less(SHALLOW.upper, DEEP.lower)})
    yield changed("eq-18", "every eigenvalue", {"no-larger-eigenvalue": equal(eq_18.EIGENVALUE, N * S)})
    (_, start), (_, end) = lem_5_2.START, lem_5_2.END
    yield changed("lem-5.2", "sum over layers", {"conserved": equal((end**2).total(), (start**2).total())})
    yield changed("cor-5.4", "one layer more", {"upper": at_most(S, balanced_minimizer(spectrum, D + 1).upper)})


def _chance() -> Iterator[False_]:
    yield changed("thm-5.7", "samples for modes", {"mean": equal(Mean(C), N * ALPHA**2 - BETA**2)})
    yield changed("thm-5.7", "features for modes", {"mean": equal(Mean(C), n_features * ALPHA**2 - BETA**2)})
    lower = s[0] ** 2 / N * (ALPHA**2 + BETA**2 + 4 * (ALPHA * BETA / (ALPHA + BETA)) ** 2)
    yield changed("thm-5.6", "four for two", {"lower": at_most(lower, Mean(S))})


def _steps() -> Iterator[False_]:
    name, m = "thm-5.9", thm_5_9
    after, before, sgd = m.AFTER_DESCENT, m.BEFORE, m.AFTER_SGD
    yield changed(name, "N for its square", {"descent": equal(after - before, N * m.DESCENT_INCREMENT)})
    gap = v**2 * m.TERMS.noise_first - m.TERMS.noise_second
    yield changed(
        name, "N - 1 for N - B", {"sgd-less-descent": equal(expectation(sgd) - after, eta**2 / (B * N) * gap)}
    )
    yield changed(name, "N forgotten", {"noise-first": at_most(m.TERMS.full_batch_first, m.TERMS.single_sample_first)})
    name, m = "rem-5.9", rem_5_9
    yield changed(
        name,
        "batches exchanged",
        hypotheses={"larger-batch": at_most(m.LARGER, B)},
        only=("smaller-batches-raise-at-least-as-much",),
    )
    yield changed(
        name,
        "imbalance at most one",
        hypotheses={"imbalance-not-positive": at_most(m.BEFORE, 1)},
        only=("descent-never-lowers",),
    )


def _appendices() -> Iterator[False_]:
    name, m = "app-b.1", app_b_1
    yield changed(name, "half forgotten", {"loss-in-modes": equal(m.LOSS, (m.MODE_RESIDUAL**2).total() / N)})
    slip = m.COEFFICIENTS - s * m.BATCH_RESIDUAL * (eta * m.PRODUCT / N)
    yield changed(name, "N for B", {"sgd-first-layer": equal(w @ m.AFTER_SGD[0], slip)})
    m = app_d_3
    slip = m.EXCESS + eta * (m.ALPHA - m.BETA * m.DISPLACEMENT**2)
    yield changed("app-d.3", "half forgotten", {"excess-after": equal(m.SHARPNESS_GRADIENT @ m.NEXT, slip)})
    m = lem_b_1
    stretched = (m._image_first**2).total() + m._image_last**2
    slip = m.NORM * ((m.VECTOR**2).total() + m.VECTOR_LAST**2)
    yield changed("lem-b.1", "square forgotten", {"norm": at_most(stretched, slip)})
    x, q = lem_b_2.FIRST, lem_b_2.DIFFICULTY
    yield changed("lem-b.2", "root forgotten", {"slope": equal(Derivative(radical(x, q), x), x / (x**2 + 4 * q))})
    name, c = "lem-b.3", lem_b_3.COEFFICIENTS
    yield changed(name, "residual forgotten", {"upper": at_most(S, (s[0] ** 2 * v**2 + ((X @ u) ** 2).total()) / N)})
    pull = 2 * v * c[0] * s[0] * mode_residual(spectrum, c, v)[0]
    yield changed(name, "quotient forgotten", {"lower": at_most((s[0] ** 2 * (v**2 + c[0] ** 2) + pull) / N, S)})
    m = lem_e_4
    (_, start), (_, end) = m.START, m.END
    before, after = (m.imbalance(*m.START) + start**2) / 2 - start**2, (m.imbalance(*m.END) + end**2) / 2 - end**2
    yield changed("lem-e.4", "two forgotten", {"conserved": equal(after, before)})
    slip = (y**2 / (NORMS * (-(y**2) + v**2))).total()
    yield changed("prop-e.5-tanh", "norms once", {"side": equal(v**2 + C, slip)})
    odds = y / (v - y)
    logarithms = IndexedArray(log(odds.expression), odds.axes, odds.indices)
    yield changed("prop-e.5-sigmoid", "odds forgotten", {"side": equal(v**2 + C, 2 * (logarithms / NORMS**2).total())})


def _beyond() -> Iterator[False_]:
    free, after = squared_radius(FIRST, SECOND), squared_radius(*top_mode_step(FIRST, SECOND))
    yield changed("own-blow-up", "two for four", {"two": equal(after - free, FIRST**2 * SECOND**2 * (free - 2))})
    m = own_above_four
    yield changed(
        "own-above-four",
        "products up to two",
        hypotheses={"small-product": at_most(m.PRODUCT_SQUARED, 2)},
        only=("fourfold",),
    )
    m = own_balanced_blow_up
    yield changed(
        "own-balanced-blow-up", "from three", hypotheses={"outside": at_most(3, m.RADIUS)}, only=("still-outside",)
    )
    m = own_curvatures
    yield changed("own-curvatures", "all layers together", {"later-layers": at_most(m.LATER_CURVATURES.total(), S)})
    m = own_top_mode
    increment = m.STATEMENT.claims["increment"].left
    still = drifting_radius_increment(m.FIRST, m.SECOND, m.LABEL, 0 * m.DRIFT)
    yield changed("own-top-mode", "drift forgotten", {"increment": equal(increment, still)})
    yield changed("own-radius-sharpness", "eta forgotten", {"lower": at_most(own_radius_sharpness.RADIUS, S)})
    rate = Symbol("lambda_1", real=True)
    yield changed(
        "own-size-sharpness",
        "N forgotten",
        {"upper": at_most(2 * S, 3 * rate * SIZE)},
        hypotheses={"rate": equal(rate, TOP_RATE / eta / N)},
    )
