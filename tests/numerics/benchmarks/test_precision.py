"""What the benchmark of precisions runs in a process of its own."""

import pytest

from book.records import evaluation
from numerics.benchmarks.precision import _PROBLEMS, _RUNS_ALONE


def test_the_runs_of_the_wide_test_are_timed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("recorded_to_drop", "reference_run"):  # which the program wraps
        monkeypatch.setattr(evaluation, name, getattr(evaluation, name))
    assert f"range({_PROBLEMS})" in _RUNS_ALONE
    exec(_RUNS_ALONE.replace(f"range({_PROBLEMS})", "range(9, 10)"), {})
    assert float(capsys.readouterr().out) > 0
