"""A run at one precision, against a slow transcription; what counts as a crossing and as a drop."""

from dataclasses import fields, replace
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from numerics.arithmetic import Float32, Float64, Mpfr, Mpmath
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recording import Recording, recorded, recorded_to_drop
from numerics.finite_precision.rounded_sharpness import RoundedSharpness, sharpnesses
from numerics.model.reduced import ReducedModel
from numerics.trajectory import Outcome
from numerics.work.interrupt import interruptible
from theory import Spectrum
from theory.errors import ParameterError


def transcription(bits, steps):
    """Equations 10 and 11 of the paper on the data of Appendix D.1, with dense eigenvalues."""
    with mpmath.workprec(bits + 40):
        s = [mpmath.mpf("5.477"), mpmath.mpf("0.233")]
        d = [mpmath.mpf("0.3"), mpmath.mpf("1.414")]
        c, v, eta, n = [mpmath.mpf("0.1")] * 2, mpmath.mpf("0.5"), mpmath.mpf("2.5"), 100
        losses, tops = [], []
        for _ in range(steps + 1):
            z = [s[i] * c[i] * v - d[i] for i in (0, 1)]
            losses.append(float((z[0] ** 2 + z[1] ** 2) / (2 * n)))
            hessian = np.zeros((3, 3))
            for i in (0, 1):
                hessian[i, i] = float(s[i] ** 2 * v**2 / n)
                hessian[i, 2] = hessian[2, i] = float(s[i] * (2 * s[i] * c[i] * v - d[i]) / n)
            hessian[2, 2] = float(sum((s[i] * c[i]) ** 2 for i in (0, 1)) / n)
            tops.append(np.linalg.eigvalsh(hessian)[-1])
            slope = sum(s[i] * c[i] * z[i] for i in (0, 1))
            c, v = [c[i] - eta * s[i] * v * z[i] / n for i in (0, 1)], v - eta * slope / n
    return np.array(losses), np.array(tops)


def test_a_run_is_the_papers_iteration(appendix):
    run = recorded(appendix("0.8"), Mpfr(400), 460)
    losses, tops = transcription(400, 460)
    assert run.loss == pytest.approx(losses, rel=1e-13)
    assert run.sharpness == pytest.approx(tops, rel=1e-12)
    assert run.crossing_step == int(np.flatnonzero(2.5 * tops > 2)[0])
    assert run.drop_step is None


def test_what_the_appendix_reports(appendix):
    """float32, float64 and 113 bits come back after a spike; 200 bits and more diverge, later and later, then alike."""
    problem = appendix("0.8")
    runs = {a.name: recorded(problem, a, 2500) for a in (Float32(), Float64(), Mpfr(113), Mpfr(200), Mpfr(350))}
    for name in ("float32", "float64", "mpfr:113"):
        assert runs[name].outcome_within(1e-4) is Outcome.CONVERGED
        assert runs[name].loss.max() > 10 * runs[name].loss[0]
        assert runs[name].peak_sharpness > 1.2
    assert runs["mpfr:200"].outcome_within(1e-4) is runs["mpfr:350"].outcome_within(1e-4) is Outcome.DIVERGED
    steps = [run.drop_step for run in runs.values()]
    assert steps == sorted(steps)
    assert runs["mpfr:350"].drop_step == runs["mpfr:350"].last_step == 465
    assert recorded(problem, Mpfr(700), 2500).drop_step == 465
    assert runs["mpfr:350"].loss[-1] > 1e6 > runs["mpfr:350"].loss[-2]


@pytest.mark.slow
@pytest.mark.parametrize("edge", ["1.5", "1.2"])
def test_at_smaller_steps_every_precision_survives_and_drops_later_until_it_does_not(appendix, edge):
    bits = (11, 24, 53, 113, 200, 400, 700, 1000)
    runs = [recorded(appendix(edge), Mpfr(p), 2500) for p in bits]
    assert not any(run.diverged for run in runs)
    steps = [run.drop_step for run in runs]
    assert steps == sorted(steps)
    assert steps[0] < steps[3] < steps[5] <= steps[6] == steps[7]


@pytest.mark.parametrize(("native", "bits"), [(Float32(), 24), (Float64(), 53)])
def test_native_floats_have_the_bits_of_mpfr(appendix, native, bits):
    mine, theirs = (recorded(appendix("1.2"), a, 700) for a in (native, Mpfr(bits)))
    assert mine.outputs.tolist() == theirs.outputs.tolist()
    assert mine.layers.tolist() == theirs.layers.tolist()
    assert mine.drop_step == theirs.drop_step


def test_mpmath_has_the_bits_of_mpfr(appendix):
    mine, theirs = (recorded(appendix("1.2"), a, 300) for a in (Mpmath(77), Mpfr(77)))
    assert (mine.outputs.tolist(), mine.loss.tolist()) == (theirs.outputs.tolist(), theirs.loss.tolist())


def same(one, other):
    for name in [field.name for field in fields(Recording)]:
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "sharpness"), name


ARITHMETICS = [Float32(), Float64(), Mpfr(11), Mpfr(53), Mpfr(113), Mpfr(350)]
"""At 2/eta = 0.8 some of these come back and some diverge."""


def test_a_run_is_the_one_that_a_folder_keeps(appendix, tmp_path):
    for arithmetic in ARITHMETICS:
        same(recorded(appendix("0.8"), arithmetic, 500), recorded(appendix("0.8"), arithmetic, 500, tmp_path))


def test_a_run_to_its_drop_is_the_beginning_of_the_whole_one(appendix):
    seen = set()
    for arithmetic in ARITHMETICS:
        for edge, steps in (("0.8", 500), ("0.5", 300), ("1.05", 260)):
            whole = recorded(appendix(edge), arithmetic, steps)
            drop = steps if whole.drop_step is None else whole.drop_step
            first = recorded(appendix(edge), arithmetic, drop)
            seen.add((whole.drop_step is None, whole.diverged_first))
            for expected in (None, 1, drop, 10 * steps) if arithmetic.bits == 53 else (None, drop - 1):
                same(recorded_to_drop(appendix(edge), arithmetic, steps, expected), first)
    assert seen == {(False, False), (False, True), (True, False)}


def test_a_run_that_cannot_be_recorded_has_diverged_at_its_start(appendix, tmp_path):
    problem = replace(appendix("0.8"), layers=["1e200"])
    for found in (recorded(problem, Float64(), 9), recorded_to_drop(problem, Float64(), 9)):
        assert (found.outcome, found.last_step, len(found.loss)) == (Outcome.DIVERGED, 0, 0)
        same(found, recorded(problem, Float64(), 9, tmp_path))


def test_a_run_without_a_step_is_refused(appendix):
    for run in (recorded, recorded_to_drop):
        with pytest.raises(ParameterError, match="at least 1"):
            run(appendix("0.8"), Float64(), 0)


def test_a_run_ends_where_the_user_asks_for_it(appendix):
    with interruptible() as pressed:
        seen = []
        run = recorded(appendix("0.8"), Mpmath(30), 500, progress=lambda step: seen.append(step) or pressed.set())
    assert (run.outcome, run.last_step, len(run.loss)) == (Outcome.INTERRUPTED, seen[0], seen[0] + 1)
    assert len(seen) == 1
    assert seen[0] < 500


def test_a_sharpness_that_an_earlier_run_has_seen_is_its_own(appendix):
    """Runs that go together for long, in stretches of other lengths, and runs of rounded data."""
    problem = appendix("0.8")
    for bits, expected in ((200, None), (30, 7), (201, 50), (24, None), (200, 100), (11, None), (11, 33), (60, None)):
        run = recorded_to_drop(problem, Mpfr(bits), 460, expected)
        assert np.array_equal(run.sharpness, sharpnesses(problem.model(Mpfr(bits)), run.outputs, run.layers))


@pytest.mark.parametrize("bits", [2, 3, 11])
def test_any_number_of_bits_from_two_on_runs(appendix, bits):
    run = recorded(appendix("0.8"), Mpfr(bits), 300)
    assert run.outcome in (Outcome.STEP_LIMIT, Outcome.DIVERGED)
    assert len(run.loss) == run.last_step + 1


def test_a_sharpness_on_the_edge_has_not_crossed_it():
    """At the minimizer c = v = 1 of one sample the sharpness is exactly 2."""
    problem = Problem(Spectrum([1.0], [1.0], n_samples=1), 2, Fraction(1), [1], [1])
    run = recorded(problem, Mpfr(100), 5)
    assert set(run.sharpness) == {2.0}
    assert run.crossing_step is None
    above = Problem(problem.spectrum, 2, Fraction(10**30 + 1, 10**30), [1], [1])
    assert recorded(above, Mpfr(200), 5).crossing_step == 0


def example(sharpness, outcome=Outcome.STEP_LIMIT, loss=1.0):
    series = np.array(sharpness, dtype=float)
    nothing = np.zeros((len(series), 1))
    return Recording(
        "mpfr:9",
        Fraction(1),
        outcome,
        len(series) - 1,
        np.broadcast_to(np.asarray(loss, dtype=float), series.shape),
        series,
        nothing,
        nothing,
    )


def test_crossing_and_drop():
    assert (example([1, 2, 1]).crossing_step, example([1, 2, 1]).drop_step) == (None, None)
    assert (example([1, 3, 2, 1]).crossing_step, example([1, 3, 2, 1]).drop_step) == (1, 3)
    assert example([3, 4, 5]).drop_step is None
    assert example([3, 4, 5], Outcome.DIVERGED).drop_step == 2
    assert example([1, 3, 1, 9], Outcome.DIVERGED).drop_step == 2
    assert example([1, 3, np.inf], Outcome.DIVERGED).peak_sharpness == 3


def test_a_run_converged_if_its_last_loss_is_small():
    assert example([1, 1], loss=[1e-2, 1e-4]).outcome_within(1e-4) is Outcome.CONVERGED
    assert example([1, 1], loss=[1e-2, 1.1e-4]).outcome_within(1e-4) is Outcome.STEP_LIMIT
    assert example([1, 1], loss=[1e-5, 1e-6]).outcome_within(1e-4) is Outcome.STEP_LIMIT
    assert example([1], Outcome.DIVERGED, loss=1e-5).outcome_within(1e-4) is Outcome.DIVERGED
    assert example([1], Outcome.INTERRUPTED, loss=1e-5).outcome_within(1e-4) is Outcome.INTERRUPTED


def test_what_a_run_before_visited_too_has_the_sharpness_that_it_has_by_itself():
    """Runs that part from each other, end sooner or have other data, one after the other, against each alone."""
    rng = np.random.default_rng(3)
    weights = rng.normal(size=(60, 4))
    parting = np.concatenate([weights[:20], rng.normal(size=(30, 4))])
    top = RoundedSharpness(Fraction(1, 3))
    data = [Spectrum([2.0, s], [0.3, 1.0], n_samples=4) for s in (0.5, 0.7)]
    models = [ReducedModel.from_spectrum(spectrum, 3, Float64()) for spectrum in data]
    for place, model in ((slice(None), 0), (slice(None), 0), (slice(40), 0), (slice(1), 0), (slice(None), 1)):
        for run in (weights[place], parting[place]):
            outputs, layers = run[:, :2], run[:, 2:]
            alone = sharpnesses(models[model], outputs, layers)
            assert top.of_all(models[model], outputs, layers, lambda _: None).tolist() == alone.tolist()
