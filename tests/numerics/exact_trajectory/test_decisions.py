"""Claims and what is decided about them."""

from fractions import Fraction
from itertools import islice, pairwise
from math import isqrt, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import exact_fraction
from numerics.arithmetic.mpmath import Mpmath
from numerics.data import load
from numerics.exact_trajectory import ExactRun, Verdict, decide, parse_claim
from numerics.exact_trajectory.claim import EXAMPLES
from numerics.exact_trajectory.decimal_record import decimal_text, rounded
from numerics.exact_trajectory.inertia import sharpness_exceeds
from numerics.exact_trajectory.verdict import Judge
from tests.numerics.exact_trajectory.test_enclosures import appendix, rounded_run, runs
from theory.errors import DataFileError, ParameterError, SharpnessError
from theory.formulas.escape import escape_margin


def decided(text, step_size, steps, **options):
    return decide(appendix(step_size), parse_claim(text), steps, **options)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "step_size", "steps", "verdict", "last", "crossing", "escape"),
    [
        ("loss > 1e6", "2.5", 2000, "PROVED", 465, None, 464),
        ("loss > 1e6 at 465", "2.5", 465, "PROVED", 465, None, 464),
        ("loss > 1e6 at 466", "2.5", 2000, "REFUTED", 465, None, 464),
        ("loss > 1e6 at 464", "2.5", 2000, "REFUTED", 464, None, 464),
        ("loss > 1e6", "2.5", 464, "REFUTED", 464, None, 464),
        ("diverges", "2.5", 2000, "PROVED", 464, None, 464),
        ("loss > 1e-9 always", "2.5", 10**9, "PROVED", 464, None, 464),
        ("sharpness < 2/eta after crossing", "5/3", 3000, "PROVED", 991, 436, None),
        ("sharpness < 2/eta after crossing at 991", "5/3", 3000, "PROVED", 991, 436, None),
        ("sharpness < 2/eta after crossing at 990", "5/3", 3000, "REFUTED", 990, 436, None),
        ("sharpness < 1.2 after crossing", "2/1.2", 3000, "PROVED", 991, 436, None),
        ("sharpness < 2/eta after crossing", "2.5", 10**9, "REFUTED", 464, 236, 464),
        ("sharpness > 1/eta after crossing always", "5/3", 700, "PROVED", 700, 436, None),
        ("sharpness < 2/eta always", "5/3", 3000, "REFUTED", 436, None, None),
        ("sharpness < 2/eta after crossing", "5/3", 436, "REFUTED", 436, None, None),
    ],
)
def test_the_appendix(text, step_size, steps, verdict, last, crossing, escape):
    found = decided(text, step_size, steps)
    assert (found.verdict.value, found.last_step) == (verdict, last)
    assert (found.crossing_step, found.escape_step) == (crossing, escape)
    assert found.records[-1].step == last
    assert all(radius < Fraction(1, 10**29) for radius in found.radii)


def three_layers(step_size):
    return ExactRun.of(load("minimal:100,5.477,0.233,0.3,1.414"), "c=0.1,0.1,v=0.5,0.6", step_size, depth=3)


@pytest.mark.parametrize(
    ("text", "verdict", "last"),
    [
        ("diverges", "PROVED", 316),
        ("sharpness < 2/eta after crossing", "REFUTED", 316),
        ("loss > 1e-9 always", "PROVED", 316),
    ],
)
def test_three_layers_that_diverge_for_ever(text, verdict, last):
    found = decide(three_layers("2.5"), parse_claim(text), 10**9)
    assert (found.verdict.value, found.last_step) == (verdict, last)


def test_three_layers_are_followed_into_their_escape_in_floating_point_too():
    """An observation beside the proof: from the escape step on, the weights of a run of 600 bits double."""
    run, arithmetic = three_layers("2.5"), Mpmath(600)
    weights = list(islice(rounded_run(run, arithmetic), 322))
    followed = [(f[0], *f[2:]) for f in weights[316:]]
    for before, after in pairwise(followed):
        assert all(abs(y) >= 2 * abs(x) for x, y in zip(before, after, strict=True))


@pytest.mark.slow
def test_the_other_reading_of_the_appendix():
    """With s_1 = sqrt 30 and d_2 = sqrt 2, to 600 digits, the steps are 467 and 990, not 465 and 991."""
    ten = 10**600
    s, d = Fraction(isqrt(30 * ten**2), ten), Fraction(isqrt(2 * ten**2), ten)
    for step_size, text, last in (
        ("5/2", "loss > 1e6", 467),
        ("5/3", "sharpness < 2/eta after crossing", 990),
    ):
        start = appendix(step_size)
        run = ExactRun(
            100,
            (s, start.singular_values[1]),
            (start.label_coefficients[0], d),
            start.coefficients,
            start.layers,
            start.step_size,
        )
        assert decide(run, parse_claim(text), 2000).last_step == last


@pytest.mark.slow
def test_a_run_of_many_bits_agrees():
    """An observation beside the proof: mpmath with 1,500 bits, which nothing here rests on."""
    found, arithmetic = decided("loss < 1e-12", "5/3", 3000), Mpmath(1500)
    run = appendix("5/3")
    losses = (
        sum((f * v - d) ** 2 for f, d in zip(outputs, run.label_coefficients, strict=True)) / (2 * run.n_samples)
        for *outputs, v in rounded_run(run, arithmetic)
    )
    first = next(step for step, loss in enumerate(losses) if loss < Fraction(1, 10**12))
    assert (found.verdict, found.last_step) == (Verdict.PROVED, first)


def test_undecided_says_why():
    few = decided("loss > 1e6", "2.5", 2000, max_bits=128)
    assert (few.verdict, few.bits, few.records) == (Verdict.UNDECIDED, 128, ())
    assert "128 bits" in few.reason
    survives = decided("diverges", "5/3", 500)
    assert survives.verdict is Verdict.UNDECIDED
    assert "escape region at none of the steps 0 to 500" in survives.reason
    deep = decide(three_layers("2.5"), parse_claim("diverges"), 315)
    assert "escape region at none of the steps 0 to 315" in deep.reason
    tie = ExactRun(4, (Fraction(2),), (Fraction(6),), (Fraction(1),), (Fraction(3),), Fraction(1, 100))
    assert "step 0 cannot be told" in decide(tie, parse_claim("sharpness > 10"), 3, max_bits=200).reason


def test_weights_beyond_all_levels_are_not_followed():
    """It blows up in its second mode: c_1 = d_1 = 0 stays 0, so that it never enters the region of the top mode."""
    s, d, c = (tuple(map(Fraction, pair)) for pair in ((3, 2), (0, 1), (0, 5)))
    deep = ExactRun(1, s, d, c, (Fraction(5), Fraction(4)), Fraction(1))
    found = decide(deep, parse_claim("loss < 1/10"), 10**6)
    assert found.verdict is Verdict.UNDECIDED
    assert "exceed 2^" in found.reason


@pytest.mark.parametrize(
    "text",
    ["", "loss", "loss > ", "loss = 3", "loss >= 3", "loss > x", "loss > nan", "loss > 1/0", "loss > 1e99999999",
     "diverge",
     "imbalance > 1", "loss > 1 at", "loss > 1 at -1", "loss > 1 always at 3", "sharpness < 2/eta at 3 after crossing"],
)  # fmt: skip
def test_what_is_no_claim(text):
    with pytest.raises(ParameterError, match="claim"):
        parse_claim(text)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_are_claims(text):
    assert parse_claim(text.replace(" > ", ">").replace(" < ", "  <")).text == text


def test_a_table_has_no_exact_spectrum(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("1,2,3\n4,5,6\n")
    with pytest.raises(DataFileError, match="take ExactTable"):
        ExactRun.of(load(str(path)), "default", "0.1")


@pytest.mark.parametrize("text", ["1e99999999", "1" * 3000, "1_0", "x", "1/0", "1/2/3", "inf"])
def test_numbers_that_are_refused(text):
    with pytest.raises(SharpnessError):
        exact_fraction(text)


def naive(claim, holds, crosses, steps):
    """The claim by its definition, from two truth tables over the steps."""
    first = next((t for t in range(steps) if crosses[t]), None) if claim.after_crossing else -1
    if first is None:
        return False
    spoken_of = range(first + 1, steps + 1)
    if claim.always:
        return all(holds[t] for t in spoken_of)
    happened = [t for t in spoken_of if holds[t]]
    return bool(happened) if claim.step is None else happened[:1] == [claim.step]


@given(
    st.sampled_from(["", " after crossing"]),
    st.sampled_from(["", " always", " at 0", " at 2", " at 5"]),
    st.integers(5, 8).flatmap(lambda n: st.tuples(*[st.lists(st.booleans(), min_size=n + 1, max_size=n + 1)] * 2)),
)
def test_the_judge_follows_the_definition(after, when, tables):
    claim, (holds, crosses) = parse_claim("loss > 1" + after + when), tables
    judge, steps = Judge(claim), len(holds) - 1
    verdict, crossed = None, not claim.after_crossing
    for step in range(steps + 1):
        if crossed:
            verdict = judge.saw(step, holds[step])
        elif step < steps:
            crossed = crosses[step]
        if verdict is not None:
            break
    verdict = verdict or judge.ended(crossed)
    assert verdict is (Verdict.PROVED if naive(claim, holds, crosses, steps) else Verdict.REFUTED)


@pytest.mark.slow
@given(runs(), st.integers(2, 12))
def test_the_side_of_the_sharpness_is_that_of_dense_eigenvalues(run, place):
    ball = Ball(100)
    model = run.model(ball)
    state = run.start(model)
    s, d, c, v = (np.array([float(x) for x in xs]) for xs in (
        run.singular_values, run.label_coefficients, run.coefficients, run.layers
    ))  # fmt: skip
    P, z = np.prod(v), s * c * np.prod(v) - d
    others = np.array([np.prod(np.delete(v, j)) for j in range(len(v))])
    hessian = np.zeros((len(c) + len(v),) * 2)
    hessian[: len(c), : len(c)] = np.diag((s * P) ** 2)
    hessian[: len(c), len(c) :] = np.outer(s * (s * c * P + z), others)
    hessian[len(c) :, : len(c)] = hessian[: len(c), len(c) :].T
    for j in range(len(v)):
        for k in range(len(v)):
            pair = 0 if j == k else np.prod(np.delete(v, [j, k])) * np.sum(s * c * z)
            hessian[len(c) + j, len(c) + k] = others[j] * others[k] * np.sum((s * c) ** 2) + pair
    top = Fraction(float(np.linalg.eigvalsh(hessian)[-1]))
    apart = max(abs(top), 1) * Fraction(1, 10**place)
    with ball.active():
        assert sharpness_exceeds(model, state, ball.number(top - apart)) is True
        assert sharpness_exceeds(model, state, ball.number(top + apart)) is False
        assert sharpness_exceeds(model, state, ball.hull(top - apart, top + apart)) is None


@given(st.fractions(-(10**6), 10**6, max_denominator=10**6), st.integers(2, 30))
def test_recorded_texts_are_nearest_and_have_one_form(value, digits):
    found = rounded(value, digits)
    assert abs(found.value - value) <= found.unit / 2
    assert Fraction(found.text) == found.value
    mantissa, exponent = found.text.lstrip("-").split("e")
    assert len(mantissa) == digits + 1
    assert mantissa[0] != "0" or int(exponent) == -digits
    ball = Ball(200)
    assert decimal_text(ball, ball.number(value), digits) == found.text


@pytest.mark.slow
@given(runs())
def test_the_escape_step_is_where_the_margins_turn(run):
    found = decide(run, parse_claim("diverges"), 3, digits=5)
    output = run.singular_values[0] * run.coefficients[0] * prod(run.layers)
    room = [output, sum(d * d for d in run.label_coefficients)]
    inside = all(
        escape_margin(*room, weight, run.step_size / run.n_samples) > 0 for weight in (run.coefficients[0], *run.layers)
    )
    assert (found.escape_step == 0) is inside or found.verdict is Verdict.UNDECIDED
