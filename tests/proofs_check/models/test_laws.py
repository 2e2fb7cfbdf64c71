"""Hypotheses about chance, and the law of gradient flow's limit from a random start."""

from dataclasses import replace

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Symbol

from proofs_check.engine.proof import Outcome, Step
from proofs_check.instances.instance import Instance, with_values
from proofs_check.ledger.verification import verify
from proofs_check.methods.consequence import Consequence
from proofs_check.models.laws import not_exhibited
from theory.errors import StatementError
from theory.language.relations import at_most, equal, less
from theory.language.statement import GradientFlow, Initialization, Statement
from theory.language.statement_reader import read
from theory.setting.symbols import C, S, X, u, v, y
from theory.statements import all_statements, statement, thm_5_7

x, square, p = Symbol("x", real=True), Symbol("q", real=True), Symbol("p", positive=True)


@pytest.mark.slow
def test_every_statement_about_chance_has_a_law():
    assert {name: not_exhibited(read(one)) for name, one in all_statements().items()} == dict.fromkeys(
        all_statements(), ""
    )


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"small": at_most(S, 10**9)}, {"small"}),  # at one outcome, but with no law: S is not bounded
        ({"still": equal(thm_5_7.START_V, v)}, {"flow"}),
        ({"minimizer": equal((X @ u) * v * 2, y)}, {"minimizer"}),
        ({"two": equal(v**2 + C, thm_5_7.START_V**2)}, {"two"}),
        ({"flow": GradientFlow(lambda first, second: (first**2).total() + second**2, thm_5_7.START, (u, v))}, {"flow"}),
    ],
)
def test_what_no_law_is_seen_to_meet_is_named(changed, missing):
    true = statement("thm-5.7")
    assert missing <= set(not_exhibited(read(replace(true, hypotheses={**true.hypotheses, **changed}))).split(", "))


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(0.2, 2), st.sampled_from([-2.0, -0.5, 0.7, 1.5]))
def test_almost_every_trajectory_converges_to_a_minimizer(first, second, factor, label):
    sign = 1 if label > 0 else -1
    if abs(first + sign * second) < 1e-3:
        return
    a, b = first, second
    step = 0.02 / factor
    for _ in range(6000):  # Heun's method
        slope = -2 * factor * (a * b - label)
        trial_a, trial_b = a + step * slope * b, b + step * slope * a
        other = -2 * factor * (trial_a * trial_b - label)
        a, b = a + step / 2 * (slope * b + other * trial_b), b + step / 2 * (slope * a + other * trial_a)
    assert a * b == pytest.approx(label, abs=1e-6)
    assert a**2 - b**2 == pytest.approx(first**2 - second**2, abs=2e-2)
    assert (a + sign * b) * (first + sign * second) > 0


def drawn(**more):
    """A square of a normal number; its mean is claimed to be at least 0."""
    law = Initialization(((x, p),), functions=(square,))
    return Statement("def-4.1", "", "", {"law": law, "square": equal(square, x**2), **more}, {"c": at_most(0, square)})


def judged(given):
    steps = [Step("c", given.claims["c"], Consequence())]
    return verify(given, steps, lambda _: iter([Instance({p: fmpq(1), x: fmpq(2), square: fmpq(4)})]), real_data=False)


def test_the_ledger_wants_a_law_and_not_one_outcome():
    assert judged(drawn()).outcome is Outcome.PROVED
    bounded = judged(drawn(bounded=at_most(square, 5)))
    assert bounded.outcome is Outcome.VACUOUS
    assert bounded.reason == "no law was found that meets the hypotheses: bounded"


def test_the_ledger_wants_chance_to_be_declared_and_values_to_be_there():
    normal = Statement("def-4.1", "", "", {"law": Initialization(((x, p),)), "small": less(x, 3)}, {"c": at_most(0, p)})
    with pytest.raises(StatementError, match="of normal letters alone nothing is assumed"):
        judged(normal)
    quotient = Statement("def-4.1", "", "", {"h": equal(x * square, Integer(1) / x)}, {"c": at_most(0, x**2)})
    with pytest.raises(StatementError, match="need not have a value"):
        verify(
            quotient,
            [Step("c", quotient.claims["c"], Consequence())],
            lambda _: iter([with_values(Instance({x: fmpq(1), square: fmpq(1)}))]),
            real_data=False,
        )
