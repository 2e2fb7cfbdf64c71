"""Hypothesis profiles: `dev` by default, `ci` where CI is set, `thorough` on demand (HYPOTHESIS_PROFILE).

A test that leaves a thread or a process behind fails: what these do later would be another test's failure.
"""

import gc
import os
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Most of what the tests build stays: looking through all of it as often as usual would take a tenth of the time.
# What is new is looked through while it is little, and still in the processor's memory.
gc.set_threshold(1_000, 50, 1000)

_slow = [HealthCheck.too_slow]  # the machines that run these are shared
settings.register_profile("dev", max_examples=25, deadline=None, suppress_health_check=_slow)
settings.register_profile("ci", max_examples=150, deadline=None, suppress_health_check=_slow, print_blob=True)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=_slow, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


@pytest.hookimpl(wrapper=True)
def pytest_collect_file():
    """A file of tests is these alone: examples in its docstrings are not looked for."""
    found = yield
    return [one for one in found if type(one) is pytest.Module]


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is loaded while tests are collected stays to the end: it is never looked through."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


_SECONDS_TO_END = 5.0
_PYTHONS_OWN = "multiprocessing.resource_tracker"


def _running() -> set[str]:
    """Threads and child processes, each in words."""
    found = {f"thread {thread.name} {thread.ident}" for thread in threading.enumerate()}
    for task in Path("/proc/self/task").iterdir():
        for child in (_read(task / "children") or "").split():
            command = _read(Path(f"/proc/{child}/cmdline"))
            if command is not None and _PYTHONS_OWN not in command:
                found.add(f"process {child} {command.replace(chr(0), ' ')}")
    return found


def _read(path: Path) -> str | None:
    """What is in a file of `/proc`; None if its thread or process has just ended."""
    try:
        return path.read_text()
    except OSError:
        return None


@pytest.fixture(autouse=True)
def _nothing_is_left_behind():
    before = _running()
    yield
    end = time.monotonic() + _SECONDS_TO_END
    while (left := _running() - before) and time.monotonic() < end:
        time.sleep(0.01)
    assert not left, f"left behind: {', '.join(sorted(left))}"
