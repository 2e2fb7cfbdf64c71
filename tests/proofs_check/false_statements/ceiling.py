"""Of the sharpness at the minimizer of given imbalance, and of what moves the imbalance."""

from collections.abc import Iterator

from tests.proofs_check.false_statements import False_, changed
from theory.language.numbers import square, total
from theory.language.relations import at_most, equal, less
from theory.setting.symbols import C, N, S, eta, v
from theory.setting.two_minimizers import OTHER_C, OTHER_S, OTHER_V
from theory.statements import (
    own_ceiling_convex,
    own_ceiling_ratio,
    own_ceiling_slope,
    own_damping,
    own_deep_imbalance,
    own_deep_slope,
    own_deep_valley,
    own_imbalance_budget,
    own_one_mode,
    own_spikes_must_come,
    own_stable_limit,
)


def false() -> Iterator[False_]:
    yield from _ceiling()
    yield from _stable()
    yield from _run()
    yield from _steps()
    yield from _damping()


def _ceiling() -> Iterator[False_]:
    name, m = "own-ceiling-convex", own_ceiling_convex
    mean = m.STATEMENT.claims["convex"].right
    yield changed(name, "concave", {"convex": at_most(mean, m.MIDDLE_S)})
    yield changed(name, "strictly", {"convex": less(m.MIDDLE_S, mean)})
    name, m = "own-ceiling-ratio", own_ceiling_ratio
    yield changed(name, "any order", without=("order",))
    yield changed(name, "without the sizes", {"falls": at_most(OTHER_S, S)})
    name, m = "own-ceiling-slope", own_ceiling_slope
    yield changed(name, "any direction", without=("sharpest",), only=("in-weights",))
    yield changed(name, "turned", {"in-weights": at_most((v**2 - OTHER_V**2) * m.PUMP, v**2 * N * (OTHER_S - S))})
    yield changed(name, "uphill", {"in-imbalances": at_most((OTHER_C - C) * m.PUMP, N * (OTHER_S - S) * m.LENGTH)})


def _stable() -> Iterator[False_]:
    name, m = "own-stable-limit", own_stable_limit
    yield changed(name, "unstable", without=("stable",), only=("weight",))
    yield changed(name, "up to three", hypotheses={"stable": at_most(eta * S, 3)}, only=("imbalance-at-least",))
    yield changed(name, "no minimizer", without=("minimizer",), only=("flattest",))
    yield changed(name, "half", {"labels-at-most": at_most(4 * eta**2 * total(square(m._correlation)), N**2)})


def _run() -> Iterator[False_]:
    name, m = "own-imbalance-budget", own_imbalance_budget
    yield changed(name, "not consecutive", without=("consecutive",), only=("budget",))
    yield changed(name, "half of the losses", {"budget-in-losses": _halved(m.STATEMENT.claims["budget-in-losses"])})
    yield changed(name, "equal", {"budget": equal(*_sides(m.STATEMENT.claims["budget"]))})
    name, m = "own-spikes-must-come", own_spikes_must_come
    yield changed(name, "loud", without=("falls-quietly",))
    yield changed(name, "twice", {"all-losses": at_most(2 * m.MARGIN * (m.NEEDED_C - m.START_C), eta * m.START_L / 99)})


def _damping() -> Iterator[False_]:
    name, m = "own-damping", own_damping
    yield changed(name, "kept", {"energy-rate": equal(m.ENERGY_RATE, 0)})
    yield changed(name, "saddle", without=("convex",), only=("energy-falls",))
    yield changed(name, "strictly", {"energy-falls": less(m.ENERGY_RATE, 0)})


def _steps() -> Iterator[False_]:
    name, m = "own-deep-imbalance", own_deep_imbalance
    yield changed(name, "any imbalance", without=("none-positive",), only=("never-falls",))
    yield changed(name, "strictly", {"never-falls": less(m.BEFORE, m.AFTER)})
    yield changed(name, "later layers conserved", {"later-layers": equal(m.NEXT_DIFFERENCES, m.DIFFERENCES)})
    name, m = "own-deep-slope", own_deep_slope
    yield changed(name, "any rates", without=("rates",), only=("falls",))
    yield changed(name, "strictly", {"falls": less(m.KERNEL_RATE, 0)})
    yield changed(name, "kept", {"rate": equal(m.KERNEL_RATE, 0)})
    name, m = "own-deep-valley", own_deep_valley
    yield changed(name, "concave", {"middle": at_most(S + OTHER_S, 2 * m.MIDDLE_S)})
    yield changed(name, "strictly", {"middle": less(2 * m.MIDDLE_S, S + OTHER_S)})
    yield changed(name, "any third one", without=("between",))
    name, m = "own-one-mode", own_one_mode
    yield changed(name, "kept", {"difference": equal(m._after, m._before)})
    yield changed(name, "residual of two", hypotheses={"residual": at_most(m._residual, 2)}, only=("toward-balance",))
    yield changed(name, "rate of three", hypotheses={"rate": at_most(m.TOP_RATE * v**2, 3)}, only=("others-shrink",))
    yield changed(name, "labels elsewhere", without=("label-in-top-mode",), only=("others-step",))


def _sides(claim: object) -> tuple[object, object]:
    return claim.left, claim.right


def _halved(claim: object) -> object:
    return at_most(claim.left, claim.right / 2)
