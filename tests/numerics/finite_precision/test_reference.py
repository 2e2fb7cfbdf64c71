"""The reference is the run that doubling the bits of whole runs finds, and what confirms it may stop at the drop."""

import numpy as np
import pytest

from numerics.arithmetic import Mpfr
from numerics.finite_precision.recording import recorded
from numerics.finite_precision.reference import reference_run

SERIES = ("loss", "sharpness", "outputs", "layers")


def by_whole_runs(problem, steps, bits):
    """Double the bits until what is recorded up to the drop, and the end of a run without one, stay the same."""
    before = recorded(problem, Mpfr(bits), steps)
    while True:
        after = recorded(problem, Mpfr(2 * bits), steps)
        end = before.last_step if before.drop_step is None else before.drop_step
        alike = [np.array_equal(getattr(before, name)[: end + 1], getattr(after, name)[: end + 1]) for name in SERIES]
        ends = [(run.crossing_step, run.drop_step, run.last_step, run.outcome) for run in (before, after)]
        if all(alike) and ends[0][:2] == ends[1][:2] and (end < before.last_step or ends[0] == ends[1]):
            return bits, before
        bits, before = 2 * bits, after


@pytest.mark.parametrize("first_bits", [8, 256])
@pytest.mark.parametrize("edge", ["0.5", "0.8", "1.05", "1.2", "1.85"])
def test_the_reference_is_that_of_whole_runs(appendix, edge, first_bits):
    bits, slow = by_whole_runs(appendix(edge), 1000, first_bits)
    quick = reference_run(appendix(edge), 1000, first_bits=first_bits)
    assert (quick.bits, quick.recording.last_step) == (bits, slow.last_step)
    assert all(np.array_equal(getattr(quick.recording, name), getattr(slow, name)) for name in SERIES)
    short, end = reference_run(appendix(edge), 1000, first_bits=first_bits, to_drop=True), quick.end
    assert (short.bits, short.end, short.recording.last_step) == (bits, end, end)
    assert short.recording.diverged_first == slow.diverged_first
    assert all(np.array_equal(getattr(short.recording, name), getattr(slow, name)[: end + 1]) for name in SERIES)


@pytest.mark.parametrize(
    ("spare", "kept"),
    [
        (128, {"mpfr-256", "mpfr-512", "mpfr-1024", "first-991-steps/mpfr-640"}),
        (500, {"mpfr-256", "mpfr-512", "mpfr-1024", "first-991-steps/mpfr-1088"}),
        (1000, {"mpfr-256", "mpfr-512", "mpfr-1024", "mpfr-2048"}),
        (
            0,
            {"mpfr-256", "mpfr-512", "mpfr-1024", "mpfr-2048"}
            | {"first-991-steps/mpfr-576", "first-991-steps/mpfr-512"},
        ),
    ],
)
def test_what_confirms_it_is_run_to_the_drop_where_it_probably_does(appendix, monkeypatch, tmp_path, spare, kept):
    """At 1,024 bits the top mode grows by 491: a run of little more confirms them, or else twice as many do."""
    monkeypatch.setattr("numerics.finite_precision.reference._SPARE_BITS", spare)
    reference = reference_run(appendix("1.2"), 1200, folder=tmp_path)
    assert reference.bits == 1024
    assert reference.recording.last_step == 1200
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("mpfr-*")} == kept
