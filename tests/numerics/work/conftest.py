"""Tasks that say when they start and end, for processes of their own."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import numerics

SOURCE = str(Path(numerics.__file__).resolve().parents[1])
SLOW = """
import os, time
import numpy as np

def write(configuration, word):
    descriptor = os.open(configuration["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{word} {configuration['number']} {os.getpid()}\\n".encode())
    os.close(descriptor)

def cube(configuration, arrays):
    write(configuration, "start")
    time.sleep(configuration["seconds"])
    result = {"cube": arrays["x"] ** 3 + configuration["number"]}
    write(configuration, "end")
    return result
"""
TASKS = """
import sys
from pathlib import Path
import numpy as np
from numerics.work.processes import LocalWorkers
from numerics.work.store import Store
from numerics.work.task import Task
from numerics.work.perform import sweep

def tasks(log, count, seconds):
    x = np.linspace(0.1, 1.0, 50)
    return [
        Task("slow_tasks:cube", {"number": k, "log": log, "seconds": seconds}, "x", lambda: {"x": x})
        for k in range(count)
    ]
"""


@pytest.fixture
def slow_tasks(tmp_path, monkeypatch):
    """A folder with the modules `slow_tasks` and `task_list`, importable here and in other processes."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "slow_tasks.py").write_text(SLOW)
    (folder / "task_list.py").write_text(TASKS)
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in ("slow_tasks", "task_list"):
        sys.modules.pop(name, None)


@contextlib.contextmanager
def processes(*folders):
    """Give what starts Python on a text in a process group of its own; whatever is left of it is ended afterwards."""
    started = []

    def run(text: str, **keys) -> subprocess.Popen[str]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([SOURCE, *map(str, folders)])}
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", text],
                env=environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                process_group=0,
                **keys,
            )
        )
        return started[-1]

    yield run
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.communicate()


@pytest.fixture
def start(slow_tasks):
    """Start Python on a text that may import the slow tasks."""
    with processes(slow_tasks) as run:
        yield run


def wait_until(condition, seconds=60.0):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def wait_for():
    return wait_until
