"""Of the appendices."""

from collections.abc import Iterator

from sympy import Derivative, Rational

from tests.proofs_check.false_statements import False_, changed
from theory.formulas.nonlinear import TANH, zero_loss_side
from theory.formulas.radical import radical, radical_curvature, radical_slope
from theory.language.relations import at_most, equal, less
from theory.setting.nonlinear_model import GENERAL, NORMS
from theory.setting.symbols import C, N, S, X, e, eta, s, spectrum, u, v, w, y
from theory.statements import (
    app_b_1,
    app_d_3,
    def_e_2,
    lem_b_1,
    lem_b_2,
    lem_b_3,
    lem_e_4,
    prop_e_5,
    prop_e_5_sigmoid,
    prop_e_5_tanh,
    rem_b_3,
)


def false() -> Iterator[False_]:
    yield from _optimizers()
    yield from _self_stabilization()
    yield from _lemmas()
    yield from _nonlinear()


def _optimizers() -> Iterator[False_]:
    name, m = "app-b.1", app_b_1
    yield changed(name, "loss without N", {"loss-in-modes": equal(m.LOSS, (m.MODE_RESIDUAL**2).total() / 2)})
    yield changed(name, "flow uphill", {"flow-first-layer": equal(w @ m.SLOPE.first_layer, -m.MODE_SLOPE.first_layer)})
    yield changed(name, "left rows not orthonormal", without=("left-orthonormal",), only=("residual-in-modes",))
    yield changed(
        name, "the outside shrinks", {"descent-outside": equal(m.outside(m.AFTER_DESCENT[0]), m.outside(u) * (1 - eta))}
    )
    yield changed(name, "no other layers", without=("others",), only=("later-layer-gradient",))


def _self_stabilization() -> Iterator[False_]:
    name, m = "app-d.3", app_d_3
    yield changed(name, "no unit vector", without=("unit",), only=("displacement-after",))
    yield changed(name, "cycle of period one", {"cycle-turns": equal(m._step[0], m.DISPLACEMENT)})
    yield changed(
        name,
        "amplitude twice",
        hypotheses={"amplitude": equal(m.CYCLE_BETA * m.AMPLITUDE**2, m.CYCLE_ALPHA)},
        only=("cycle-stays",),
    )
    yield changed(
        name, "form without two", {"quadratic-form": equal(m.STATEMENT.claims["quadratic-form"].left, 2 * m._form)}
    )
    yield changed(name, "no sharpening", {"excess-after": equal(m.SHARPNESS_GRADIENT @ m.NEXT, m.EXCESS)})


def _lemmas() -> Iterator[False_]:
    name, m = "lem-b.1", lem_b_1
    norm = m.NORM
    yield changed(
        name,
        "half the norm",
        {
            "norm": at_most(
                (m._image_first**2).total() + m._image_last**2, norm**2 / 2 * ((m.VECTOR**2).total() + m.VECTOR_LAST**2)
            )
        },
    )
    yield changed(
        name, "only positive ones", {"only-last": equal(m.EIGENVECTOR_LAST * m.EIGENVALUE * (m.EIGENVALUE - norm), 0)}
    )
    yield changed(name, "not orthogonal", without=("orthogonal",), only=("kernel",))
    yield changed(name, "minus is plus", {"minus-first": equal(m.BORDER * norm, m.BORDER * -norm)})
    name, m = "lem-b.2", lem_b_2
    x, q = m.FIRST, m.DIFFICULTY
    yield changed(name, "slope squared", {"slope": equal(Derivative(radical(x, q), x), radical_slope(x, q) ** 2)})
    yield changed(
        name,
        "concave",
        {"convex": at_most(m.SHARE * radical(x, q) + (1 - m.SHARE) * radical(m.SECOND, q), radical(m.MIDDLE, q))},
    )
    yield changed(name, "shares above one", without=("share-below-one",), only=("convex",))
    yield changed(name, "curvature at most a half", {"small": at_most(radical_curvature(x, q), Rational(1, 2))})
    name, m = "lem-b.3", lem_b_3
    yield changed(name, "lower bound doubled", {"lower": at_most(2 * m.BOUNDS.lower, S)})
    yield changed(name, "upper bound without the residual", {"upper": at_most(S, s[0] ** 2 * v**2 / N)})
    yield changed(name, "strict below", {"lower": less(m.BOUNDS.lower, S)})
    yield changed(
        name, "labels turned", hypotheses={"labels": equal(y, -spectrum.label_coefficients @ e)}, only=("lower",)
    )
    name, m = "rem-b.3", rem_b_3
    yield changed(name, "always positive", {"lower": less(0, S)})
    yield changed(name, "halved", {"upper": at_most(S, m.BOUNDS.upper / 2)})
    yield changed(name, "second layer free", without=("second-layer-zero",), only=("upper",))
    yield changed(name, "first mode free", without=("first-mode-zero",), only=("upper",))


def _nonlinear() -> Iterator[False_]:
    name, m = "def-e.2", def_e_2
    claims = m.STATEMENT.claims
    yield changed(name, "tanh's slope is one", {"tanh-slope": equal(claims["tanh-slope"].left, 1)})
    yield changed(name, "sigmoid falls", {"sigmoid-rises": less(claims["sigmoid-rises"].right, 0)})
    yield changed(name, "slope at most a quarter", {"tanh-small": at_most(claims["tanh-rises"].right, Rational(1, 4))})
    yield changed(name, "linear twice", {"linear-model": equal((X @ u) * v, (X @ u) * v * 2)})
    name, m = "lem-e.4", lem_e_4
    yield changed(name, "only the second layer", {"conserved": equal(m.END[1] ** 2, m.START[1] ** 2)})
    yield changed(
        name,
        "gradient twice",
        {"gradient": equal(2 * m.STATEMENT.claims["gradient"].left, m.STATEMENT.claims["gradient"].right)},
    )
    yield changed(name, "imbalance zero", {"conserved": equal(m.imbalance(*m.START), 0)})
    yield changed(name, "turned", {"conserved": equal(m.imbalance(*m.END), -m.imbalance(*m.START))})
    name, m = "prop-e.5", prop_e_5
    side = zero_loss_side(NORMS, y, v, GENERAL)
    yield changed(name, "without the imbalance", {"side": equal(v**2, side)})
    yield changed(name, "half", {"side": equal(v**2 + C, side / 2)})
    yield changed(name, "no minimizer", without=("minimizer",))
    yield changed(name, "imbalance turned", {"side": equal(v**2 - C, side)})
    name, m = "prop-e.5-sigmoid", prop_e_5_sigmoid
    yield changed(name, "below one half", {"below-one": less(y / v, Rational(1, 2))})
    yield changed(name, "labels positive", {"above-zero": less(0, y)})
    yield changed(name, "smaller labels", {"below-one": less(y, v)})
    yield changed(name, "side halved", {"side": equal((v**2 + C) / 2, m.STATEMENT.claims["side"].right)})
    name, m = "prop-e.5-tanh", prop_e_5_tanh
    yield changed(name, "labels below one", {"domain": less(y**2, 1)})
    yield changed(name, "half a layer", {"domain": less(4 * y**2, v**2)})
    yield changed(
        name, "without the factor", {"term": equal((y / v).each(TANH.antiderivative_of_value), y**2 / (-(y**2) + v**2))}
    )
    yield changed(name, "side without the imbalance", {"side": equal(v**2 - C, m.STATEMENT.claims["side"].right)})
