"""What a kill leaves: of the command, and of one of its workers."""

import os
import signal
from pathlib import Path

import pytest

from numerics.work.perform import sweep
from numerics.work.processes import LocalWorkers
from numerics.work.store import Store
from tests.numerics.work.own_processes import wait_until

COUNT, SECONDS = 40, 0.05
SCRIPT = """
from task_list import *
if __name__ == "__main__":
    log, folder = sys.argv[1:]
    sweep(tasks(log, {count}, {seconds}), LocalWorkers(2), Store(Path(folder)))
"""


def _script(log, folder):
    return SCRIPT.format(count=COUNT, seconds=SECONDS).replace("sys.argv[1:]", repr((str(log), str(folder))))


def _numbers(log, word):
    return [int(line.split()[1]) for line in log.read_text().splitlines() if line.split()[0] == word]


@pytest.mark.slow
def test_a_killed_sweep_resumes_and_loses_no_finished_task(tmp_path, slow_tasks, start):
    from task_list import tasks

    log, folder = tmp_path / "log", tmp_path / "store"
    store = Store(folder)
    first = start(_script(log, folder))
    wait_until(lambda: len(store) >= 10)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    wait_until(lambda: not _alive(log))  # the workers hear that nobody is there any more
    kept, ended, started = len(store), _numbers(log, "end"), _numbers(log, "start")
    assert 10 <= kept < COUNT
    assert kept == len(set(ended)), "a task that had finished was lost"
    found = _total(sweep(tasks(str(log), COUNT, SECONDS), LocalWorkers(2), store))
    assert len(store) == COUNT
    again = _numbers(log, "start")[len(started) :]
    assert sorted(again) == sorted(set(range(COUNT)) - set(ended)), "what was finished is not computed again"
    whole = sweep(tasks(str(tmp_path / "other log"), COUNT, 0.0), LocalWorkers(1), Store(tmp_path / "other store"))
    assert found == _total(whole), "an interrupted sweep has other results"


def _total(results):
    return sum(float(result["cube"].sum()) for result in results)


def _alive(log):
    found = set()
    for line in log.read_text().splitlines():
        process = int(line.split()[2])
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.add(process)
    return found


@pytest.mark.slow
def test_a_killed_worker_is_one_line_and_the_sweep_goes_on_later(tmp_path, slow_tasks, start):
    from task_list import tasks

    log, folder = tmp_path / "log", tmp_path / "store"
    process = start(_script(log, folder))
    wait_until(lambda: len(Store(folder)) >= 5)
    worker = int(log.read_text().splitlines()[-1].split()[2])
    os.kill(worker, signal.SIGKILL)
    _, error = process.communicate()
    assert process.returncode == 1
    assert "SharpnessError: a worker process was killed" in error.splitlines()[-1]
    kept = len(Store(folder))
    sweep(tasks(str(log), COUNT, SECONDS), LocalWorkers(1), Store(folder))
    assert len(Store(folder)) == COUNT > kept


@pytest.mark.slow
def test_one_process_and_two_give_the_same_bits(tmp_path, slow_tasks):
    from task_list import tasks

    every = tasks(str(tmp_path / "log"), 6, 0.0)
    one = sweep(every, LocalWorkers(1), Store(tmp_path / "one"))
    two = sweep(every, LocalWorkers(2), Store(tmp_path / "two"))
    assert [result["cube"].tobytes() for result in one] == [result["cube"].tobytes() for result in two]
