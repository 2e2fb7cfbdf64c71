"""Jobs side by side: interrupted together, counted together, and gone with their parent."""

import multiprocessing
import os
import signal
import threading
from functools import partial

import pytest

from numerics.work.interrupt import interruptible
from numerics.work.pool import _inherited, as_they_end, run_jobs
from tests.numerics.work.jobs import die, fail, listen, pause
from theory.errors import ParameterError, SharpnessError


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("delay", [0.3, 2.0])
def test_ctrl_c_ends_the_jobs_at_work_and_starts_no_others(delay, processes):
    threading.Timer(delay, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    before = signal.getsignal(signal.SIGINT)
    jobs = [listen, listen, *[partial(pause, 0.5) for _ in range(20)]]
    found = run_jobs(jobs, processes=processes)
    assert set(found[:2]) <= {None, "interrupted"}
    assert found[-1] is None
    assert signal.getsignal(signal.SIGINT) is before
    assert multiprocessing.active_children() == []


def test_ctrl_c_while_processes_start_is_heard_once_they_have():
    with interruptible() as pressed:
        with _inherited():
            os.kill(os.getpid(), signal.SIGINT)
        assert pressed.is_set()


@pytest.mark.slow
def test_a_job_that_does_not_listen_is_ended_too():
    arriving = as_they_end([partial(pause, 0.0), partial(pause, 600.0)], 2)
    assert next(arriving) == (0, 0.0)
    arriving.close()
    assert multiprocessing.active_children() == []


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_in_a_job_is_the_callers_and_ends_the_others(processes):
    with pytest.raises(ParameterError, match="no job like this"):
        run_jobs([fail, partial(pause, 600.0)], processes=processes)
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_a_killed_process_is_one_line():
    with pytest.raises(SharpnessError, match="a worker process was killed"):
        run_jobs([partial(pause, 0.0), die], processes=2)
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_jobs_are_taken_when_they_can_be_at_work_soon():
    taken = []

    def jobs():
        for number in range(100):
            taken.append(number)
            yield partial(pause, 0.01)

    arriving = as_they_end(jobs(), 2)
    next(arriving)
    assert len(taken) <= 6
    assert len(list(arriving)) == 99


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_progress_counts_what_all_jobs_have_done(processes):
    seen = []
    jobs = [partial(pause, 0.0), partial(pause, 0.4)]
    assert run_jobs(jobs, processes=processes, progress=seen.append) == [0.0, 0.4]
    assert seen == sorted(seen)
    assert seen[-1] == 2
