"""Of random starts and of steps: Theorems 5.6, 5.7 and 5.9."""

from collections.abc import Iterator

from tests.proofs_check.false_statements import False_, changed
from theory.formulas.imbalance import sgd_expected_increment
from theory.formulas.radical import radical
from theory.language.expectation import Mean
from theory.language.relations import at_most, equal, less
from theory.language.statement import Initialization
from theory.setting.batches import B, expectation, pairwise, second_moments
from theory.setting.symbols import C, N, S, X, eta, rank, s, spectrum, u, v, y
from theory.statements import rem_5_9, thm_5_6, thm_5_7, thm_5_9
from theory.statements.thm_5_6 import ALPHA, BETA

Q = spectrum.difficulty


def false() -> Iterator[False_]:
    name, m = "thm-5.6", thm_5_6
    lower, upper = m.BOUNDS
    yield changed(name, "lower bound doubled", {"lower": at_most(2 * lower, Mean(S))})
    yield changed(name, "upper bound halved", {"upper": at_most(Mean(S), upper / 2)})
    yield changed(name, "by one layer alone", {"upper": at_most(Mean(S), s[0] ** 2 * BETA**2 / N)})
    scales = Initialization(((u, 2 * ALPHA), (v, BETA)), functions=(S,))
    yield changed(name, "wider start", hypotheses={"initialization": scales})
    name, m = "thm-5.7", thm_5_7
    yield changed(
        name, "mean of the square is the square of the mean", {"second-moment": equal(Mean(C**2), Mean(C) ** 2)}
    )
    yield changed(name, "mean of one mode", {"mean": equal(Mean(C), ALPHA**2 - BETA**2)})
    yield changed(name, "mean turned", {"mean": equal(Mean(C), BETA**2 - rank * ALPHA**2)})
    yield changed(name, "radical at the mean", {"radical-above": at_most(Mean(m.RADICAL), radical(m.MEAN, Q))})
    yield changed(
        name, "fourth moments once", {"second-moment": equal(Mean(C**2), rank * ALPHA**4 + BETA**4 + m.MEAN**2)}
    )
    yield changed(name, "upper bound halved", {"upper": at_most(Mean(S), m.BOUNDS.upper / 2)})
    yield from _one_step()
    yield from _remark()


def _one_step() -> Iterator[False_]:
    name, m = "thm-5.9", thm_5_9
    after, before, sgd = m.AFTER_DESCENT, m.BEFORE, m.AFTER_SGD
    yield changed(name, "eta for its square", {"descent": equal(after - before, m.DESCENT_INCREMENT / eta)})
    yield changed(name, "never lowers", {"never": at_most(before, after)})
    yield changed(name, "moments independent", {"moments": equal(second_moments(), pairwise(B / N, B**2 / N**2))})
    yield changed(name, "not exchangeable", without=("exchangeable",), only=("sgd",))
    yield changed(
        name, "noise the other way", {"noise-gap": at_most(m.PROJECTION * m.TERMS.noise_first, m.TERMS.noise_second)}
    )
    yield changed(name, "as descent", {"sgd": equal(expectation(sgd), after)})


def _remark() -> Iterator[False_]:
    name, m = "rem-5.9", rem_5_9
    yield changed(name, "any imbalance", without=("imbalance-not-positive",), only=("descent-never-lowers",))
    yield changed(name, "raises", {"descent-never-lowers": less(m.BEFORE, m.AFTER_DESCENT)})
    yield changed(
        name,
        "descent more than SGD",
        {"sgd-raises-at-least-as-much": at_most(expectation(m.AFTER_SGD), m.AFTER_DESCENT)},
    )
    larger = sgd_expected_increment(X, y, u, v, eta, m.LARGER)
    yield changed(
        name, "larger batches raise more", {"smaller-batches-raise-at-least-as-much": at_most(m.SGD_INCREMENT, larger)}
    )
