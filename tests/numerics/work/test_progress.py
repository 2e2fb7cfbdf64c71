"""Where there is no terminal a line now and then says how far work is, and soon if it will be long."""

import io
import re
import time
from contextlib import redirect_stderr

import pytest

from numerics.command_line.output import terminal_width
from numerics.work import progress
from numerics.work.task import Task


@pytest.fixture(autouse=True)
def _rich_is_told_nothing(monkeypatch):
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def hurried(monkeypatch):
    """The same in hundredths of a second."""
    monkeypatch.setattr(progress, "_BEFORE_A_LINE", 0.01)
    monkeypatch.setattr(progress, "_BETWEEN_LINES", 0.03)


def _said(told: io.StringIO, lines: int) -> list[str]:
    """So many whole lines, from now on; pytest's own capture loses what is written while it is read."""
    before, end = told.getvalue().count("\n"), time.monotonic() + 20
    while told.getvalue().count("\n") < before + lines and time.monotonic() < end:
        time.sleep(0.01)
    return told.getvalue().splitlines()[before : before + lines]


def test_a_line_now_and_then(hurried):
    with redirect_stderr(io.StringIO()) as told, progress.bar("steps", 1000) as update:
        update(10, "loss 0.5")
        lines = _said(told, 2)
        update(20, "loss 0.25")
        later = _said(told, 2)
    assert all(re.fullmatch(r"10 of 1000 steps, loss 0\.5, about .* left", line) for line in lines)
    assert re.fullmatch(r"20 of 1000 steps, loss 0\.25, about .* left", later[-1])
    whole = told.getvalue()
    time.sleep(0.1)
    assert told.getvalue() == whole


def test_work_that_turned_out_to_be_more_has_no_known_end(hurried):
    with redirect_stderr(io.StringIO()) as told, progress.bar("steps", 1000) as update:
        update(1400)
        lines = _said(told, 2)
    assert re.fullmatch(r"1400 steps, after .*", lines[-1])


def test_a_small_task_does_not_tell_how_long_large_ones_take(hurried):
    small, large = (Task("numerics.work.task:echo", {}, "", dict, cost=cost) for cost in (1.0, 1000.0))
    with redirect_stderr(io.StringIO()) as told, progress.watched([small, large, large]) as ended:
        ended(small, False)
        before = _said(told, 1)
        ended(large, False)
        after = _said(told, len(before) + 1)
    assert re.fullmatch("1 of 3 tasks, after .*", before[-1])
    assert re.fullmatch("2 of 3 tasks, about .* left", after[-1])


def test_tasks_are_counted_even_while_none_has_ended(hurried):
    tasks = [Task("numerics.work.task:echo", {}, "", dict, cost=1.0)] * 3
    with redirect_stderr(io.StringIO()) as told, progress.watched(tasks) as ended:
        waiting = _said(told, 1)
        ended(tasks[0], False)
        after = _said(told, 2)
    assert re.fullmatch("0 of 3 tasks, after .*", waiting[0])
    assert re.fullmatch("1 of 3 tasks, about .* left", after[-1])


def test_what_is_quick_says_nothing(capfd):
    with progress.bar("steps", 10) as update:
        update(10)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("told", [("FORCE_COLOR", "1"), ("TTY_COMPATIBLE", "1"), ("TTY_COMPATIBLE", "0"), None])
def test_what_rich_takes_for_a_terminal_has_a_bar_and_a_width(capfd, monkeypatch, told):
    if told:
        monkeypatch.setenv(*told)
    with progress.bar("steps", 10):
        pass
    shown = told is not None and told[1] == "1"
    assert ("steps" in capfd.readouterr().err) is shown
    assert (terminal_width() is not None) is shown
