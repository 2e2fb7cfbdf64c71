"""Tasks that say when they start and end, for processes of their own."""

import sys

import pytest

from tests.numerics.work.own_processes import processes

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


@pytest.fixture
def start(slow_tasks):
    """Start Python on a text that may import the slow tasks."""
    with processes(slow_tasks) as run:
        yield run
