"""Of what the package states beyond the paper."""

from collections.abc import Iterator

from sympy import Rational

from tests.proofs_check.false_statements import False_, changed
from theory.formulas.blow_up import squared_radius, top_mode_step
from theory.formulas.escape import loss_floor
from theory.formulas.model import loss, residual
from theory.language.relations import at_most, equal, less
from theory.setting.hypotheses import NEXT_V
from theory.setting.symbols import C, N, S, X, eta, spectrum, u, v, w, y
from theory.statements import (
    own_above_four,
    own_balanced_blow_up,
    own_blow_up,
    own_curvatures,
    own_escape,
    own_imbalance_decides,
    own_labels_clock,
    own_radius_sharpness,
    own_shrinking_weights,
    own_size,
    own_top_mode,
)
from theory.statements.own_blow_up import FIRST, SECOND
from theory.statements.own_size import NEXT_SIZE, SIZE, TOP_RATE

Q = spectrum.difficulty


def false() -> Iterator[False_]:
    yield from _circle()
    yield from _below()
    yield from _escape()
    yield from _roots()
    yield from _size()
    yield from _rates()
    yield from _top_mode()


def _circle() -> Iterator[False_]:
    name, m = "own-above-four", own_above_four
    p, after = m.PRODUCT_SQUARED, (m.NEXT[0] * m.NEXT[1]) ** 2
    yield changed(name, "large products too", without=("small-product",), only=("fourfold",))
    yield changed(name, "from R = 3", hypotheses={"outside": at_most(3, m.RADIUS)})
    yield changed(name, "fivefold", {"fourfold": at_most(5 * p, after)})
    yield changed(name, "strictly outside", {"outside-kept": less(4, m.NEXT_RADIUS)})
    name, _b = "own-balanced-blow-up", own_balanced_blow_up
    yield changed(name, "sixfold", {"fivefold": at_most(6 * (m.RADIUS - 4), m.NEXT_RADIUS - 4)})
    yield changed(name, "not balanced", without=("balanced",), only=("fivefold",))
    yield changed(name, "inside", hypotheses={"outside": at_most(m.RADIUS, 4)}, only=("still-outside",))
    yield changed(name, "layers equal", {"still-balanced": equal(m.NEXT[0], m.NEXT[1])})
    name, _b = "own-blow-up", own_blow_up
    free = squared_radius(FIRST, SECOND)
    after = squared_radius(*top_mode_step(FIRST, SECOND))
    yield changed(name, "away from two", {"away-from-four": at_most(0, (after - free) * (free - 2))})
    yield changed(name, "grows", {"grows": at_most(free, after)})
    yield changed(name, "side with a minus", {"side-kept": equal(after - 4, (free - 4) * (1 - FIRST**2 * SECOND**2))})
    yield changed(name, "other modes", without=("weights-in-top-mode",), only=("scaled-second",))


def _below() -> Iterator[False_]:
    name = "own-below-four"
    yield changed(name, "up to five", hypotheses={"below-four": at_most(eta * S, 5)}, only=("never-grows",))
    yield changed(name, "other modes", without=("weights-in-top-mode",), only=("inside",))
    yield changed(name, "shrinks", {"never-grows": less(NEXT_SIZE, SIZE)})
    yield changed(name, "to three", {"inside": at_most(TOP_RATE * SIZE, 3)})
    name = "own-below-the-edge"
    claims = own_shrinking_weights.STATEMENT.claims
    yield changed(name, "up to three", hypotheses={"below-the-edge": at_most(eta * S, 3)})
    yield changed(name, "shrinks", {"later-layers": less(claims["later-layers"].left, claims["later-layers"].right)})
    yield changed(name, "to one", {"first-layer-rate-kept": at_most(claims["first-layer-rate-kept"].left, 1)})
    yield changed(name, "with labels", without=("zero-labels",), only=("later-layers",))


def _escape() -> Iterator[False_]:
    name, m = "own-escape", own_escape
    yield changed(name, "threefold", {"doubles-first": at_most(9 * m.C1**2, m.NEXT_C1**2)})
    yield changed(name, "second inside", without=("second-outside",), only=("doubles-second",))
    yield changed(name, "loss doubled", {"loss": at_most(2 * loss_floor(m.OUTPUT, m.LABELS, N), loss(X, y, u, v) / 3)})
    yield changed(name, "twenty over eta", {"above-the-edge": at_most(20 / eta, S)})
    yield changed(name, "sign kept", {"sign": less(0, v * NEXT_V)})


def _roots() -> Iterator[False_]:
    name, m = "own-imbalance-decides", own_imbalance_decides
    yield changed(name, "any imbalance", without=("imbalance-not-positive",), only=("imbalance-rises",))
    yield changed(name, "falls", {"imbalance-rises": at_most(m.NEXT_C, C)})
    yield changed(name, "strictly", {"root-never-rises": less(m.NEXT_ROOT, m.ROOT)})
    yield changed(
        name,
        "roots exchanged",
        {
            "root-moves": equal(
                (m.ROOT - m.NEXT_ROOT) * (m.ROOT * m.NEXT_ROOT - Q), (m.NEXT_C - C) * m.ROOT * m.NEXT_ROOT
            )
        },
    )
    name, m = "own-labels-clock", own_labels_clock
    yield changed(name, "no growth", {"growth-at-most": at_most(NEXT_SIZE - SIZE, 0)})
    yield changed(
        name, "a quarter", {"growth-at-most": at_most(NEXT_SIZE - SIZE, eta * m.LABELS / (16 * N * m.MARGIN))}
    )
    yield changed(name, "margin kept", {"margin-left": at_most(m.MARGIN, m.NEXT_MARGIN)})
    yield changed(
        name, "margin of five", hypotheses={"margin": equal(m.MARGIN, 5 - TOP_RATE * SIZE)}, only=("growth-at-most",)
    )


def _size() -> Iterator[False_]:
    name = "own-size"
    yield changed(name, "shrinks", {"increment-at-most": at_most(NEXT_SIZE, SIZE)})
    yield changed(
        name, "increment turned", {"increment": equal(SIZE - NEXT_SIZE, own_size.STATEMENT.claims["increment"].right)}
    )
    yield changed(
        name,
        "step twice",
        hypotheses={"step-second": equal(NEXT_V, v - 2 * (X.T @ residual(X, y, u, v) @ u) * eta / N)},
        only=("increment",),
    )
    yield changed(
        name,
        "strictly",
        {"increment-at-most": less(NEXT_SIZE - SIZE, own_size.STATEMENT.claims["increment-at-most"].right)},
    )
    name = "own-size-sharpness"
    yield changed(name, "four thirds", {"upper": at_most(eta * S, Rational(4, 3) * TOP_RATE * SIZE)})
    yield changed(name, "with labels", without=("zero-labels",))
    yield changed(name, "a lower bound", {"upper": at_most(Rational(3, 2) * TOP_RATE * SIZE, eta * S)})
    yield changed(name, "strictly", {"upper": less(eta * S, Rational(3, 2) * TOP_RATE * SIZE)})
    name = "own-zero-labels"
    yield changed(name, "up to six", hypotheses={"inside": at_most(TOP_RATE * SIZE, 6)}, only=("never-grows",))
    yield changed(name, "with labels", without=("zero-labels",), only=("never-grows",))
    yield changed(name, "halves", {"never-grows": at_most(NEXT_SIZE, SIZE / 2)})
    yield changed(name, "to three", {"kept": at_most(TOP_RATE * NEXT_SIZE, 3)})


def _rates() -> Iterator[False_]:
    name, m = "own-curvatures", own_curvatures
    yield changed(name, "the largest is one of them", {"first-layer": at_most(S, m.FIRST_CURVATURE)})
    yield changed(name, "twice the curvature", {"later-layers": at_most(2 * m.LATER_CURVATURES, S)})
    yield changed(name, "strictly", {"first-layer": less(m.FIRST_CURVATURE, S)})
    yield changed(name, "without N", {"first-layer": at_most(m.FIRST_CURVATURE * N, S)})
    name, m = "own-shrinking-weights", own_shrinking_weights
    yield changed(name, "rate of three", hypotheses={"first-layer-rate": at_most(m.TOP_RATE, 3)}, only=("first-layer",))
    yield changed(name, "with labels", without=("zero-labels",), only=("later-layers",))
    yield changed(name, "rates of later layers free", without=("later-layer-rates",), only=("later-layers",))
    yield changed(name, "strictly", {"first-layer": less((w @ m.NEXT_U) ** 2, (w @ u) ** 2)})
    name, m = "own-radius-sharpness", own_radius_sharpness
    yield changed(name, "any pull", without=("pull",))
    yield changed(name, "equal", {"lower": equal(m.RADIUS, eta * S)})
    yield changed(name, "twice", {"lower": at_most(2 * m.RADIUS, eta * S)})
    yield changed(name, "an upper bound", {"lower": at_most(eta * S, m.RADIUS)})


def _top_mode() -> Iterator[False_]:
    name, m = "own-top-mode", own_top_mode
    yield changed(name, "no drift", {"second": equal(m._next[1], m._step[1])})
    yield changed(name, "drift turned", {"second": equal(m._next[1], m._step[1] - m.DRIFT)})
    yield changed(
        name, "radius of a free mode", {"increment": equal(squared_radius(*m._next), squared_radius(*m._step))}
    )
    yield changed(
        name, "labels of the first mode lost", hypotheses={"scaled-label": equal(m.LABEL, 0)}, only=("first",)
    )
