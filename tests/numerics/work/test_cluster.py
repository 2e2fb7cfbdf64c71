"""A real Dask scheduler with two real workers, one of which is killed."""

import asyncio
import contextlib
import gc
import itertools
import json
import os
import signal
import socket
import threading

import pytest
from distributed import rpc
from distributed.utils import LoopRunner

from numerics.work.cluster import connected
from numerics.work.perform import sweep
from numerics.work.processes import LocalWorkers
from numerics.work.source_version import forget
from numerics.work.store import Store
from tests.numerics.work.own_processes import processes, wait_until
from theory.errors import ParameterError, SharpnessError

SCHEDULER = """
from distributed.cli.dask_scheduler import main
main(["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", {file!r}])
"""
WORKER = """
from distributed.cli.dask_worker import main
main(["--scheduler-file", {file!r}, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard",
      "--local-directory", {folder!r}])
"""


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """One for the tests of a file; each has workers of its own."""
    folder = tmp_path_factory.mktemp("scheduler")
    file = folder / "scheduler.json"

    def written():
        try:
            return json.loads(file.read_text())["address"]
        except (OSError, ValueError):
            return ""

    with processes() as start:
        start(SCHEDULER.format(file=str(file)), cwd=folder)
        yield file, wait_until(written)


def _workers(address):
    """How many workers the scheduler knows: those of the test before are ended, and it hears that soon."""

    async def ask():
        async with rpc(address) as known:
            return len((await known.identity())["workers"])

    return asyncio.run(ask())


def _worker(start, file, folder):
    folder.mkdir()
    return start(WORKER.format(file=str(file), folder=str(folder)), cwd=folder)


@pytest.mark.slow
def test_no_workers_are_one_line(scheduler):
    wait_until(lambda: _workers(scheduler[1]) == 0)
    with pytest.raises(ParameterError, match="has no workers; start some"), connected(scheduler[1], 1):
        pass


@pytest.mark.slow
def test_a_sweep_survives_the_kill_of_a_worker_complete_and_identical(tmp_path, scheduler, start, slow_tasks):
    from task_list import tasks

    file, address = scheduler
    workers = {process.pid: process for process in (_worker(start, file, tmp_path / name) for name in ("a", "b"))}
    log, store = tmp_path / "log", Store(tmp_path / "store")
    every = tasks(str(log), 30, 0.1)
    with connected(address) as cluster:
        wait_until(lambda: cluster.threads() == 2)
        arriving = cluster.results(every, store)
        results = {task.key: result for task, result in itertools.islice(arriving, 5)}
        wait_until(lambda: len({line.split()[2] for line in log.read_text().splitlines()}) == 2)
        victim = int(log.read_text().splitlines()[-1].split()[2])
        assert victim in workers
        os.kill(victim, signal.SIGKILL)
        results |= {task.key: result for task, result in arriving}
        assert cluster.threads() == 1
    assert results.keys() == {task.key for task in every}
    assert len(store) == 30
    here = sweep(every, LocalWorkers(1), Store(tmp_path / "here"))
    assert [results[task.key]["cube"].tobytes() for task in every] == [result["cube"].tobytes() for result in here]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "tls://[::1]:1", "tcp://nobody.invalid:1"])
def test_where_no_one_listens_dask_is_not_even_asked(address, monkeypatch):
    """It would try again until its time is over."""
    monkeypatch.setattr("numerics.work.cluster._client", None)
    with pytest.raises(ParameterError, match="no Dask scheduler answers at"), connected(address):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("said", [b"", b"220 mail at your service\r\n" * 9])
def test_who_speaks_no_dask_is_one_line(said):
    def answer():
        with contextlib.suppress(OSError):
            while True:
                taken.append(listener.accept()[0])
                taken[-1].sendall(said)

    taken = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer, daemon=True).start()
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(ParameterError, match="no Dask scheduler answers at"), connected(address, 0.5):
            pass
        listener.shutdown(socket.SHUT_RDWR)
    for one in taken:
        one.close()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1", "nonsense", "ftp://127.0.0.1:9"])
def test_no_address_is_one_line_and_leaves_nothing_behind(address):
    """What is left of a connection is collected in the thread of its loop, where nobody awaits that it is closed."""
    with pytest.raises(ParameterError, match="no Dask scheduler answers at"), connected(address, 1):
        pass
    for loop in list(LoopRunner._all_loops):
        collected = threading.Event()
        loop.add_callback(lambda done=collected: (gc.collect(), done.set()))
        collected.wait(5)
    gc.collect()
    assert [thread.name for thread in threading.enumerate() if thread.name in ("IO loop", "cluster")] == []


@pytest.mark.slow
def test_a_worker_with_other_code_is_refused(tmp_path, scheduler, start, slow_tasks):
    from task_list import tasks

    file, address = scheduler
    _worker(start, file, tmp_path / "a")
    every = tasks(str(tmp_path / "log"), 1, 0.0)
    with connected(address) as cluster:
        list(cluster.results(every, Store(tmp_path / "store")))
        with (slow_tasks / "slow_tasks.py").open("a") as source:
            source.write("\n# another version\n")
        forget()
        with pytest.raises(SharpnessError, match="install the same on every machine"):
            list(cluster.results(every, Store(tmp_path / "store")))
    forget()


@pytest.mark.slow
def test_a_scheduler_that_goes_away_is_one_line(tmp_path, start, slow_tasks):
    from task_list import tasks

    file = tmp_path / "scheduler.json"
    process = start(SCHEDULER.format(file=str(file)), cwd=tmp_path)
    wait_until(lambda: file.exists() and file.read_text().endswith("}"))
    _worker(start, file, tmp_path / "a")
    store = Store(tmp_path / "store")
    with connected(json.loads(file.read_text())["address"]) as cluster:
        arriving = cluster.results(tasks(str(tmp_path / "log"), 50, 0.1), store)
        next(arriving)
        process.kill()
        with pytest.raises(SharpnessError, match="the scheduler went away"):
            list(arriving)
    assert len(store) >= 1


@pytest.mark.slow
def test_the_command_gives_the_same_on_a_cluster(tmp_path, scheduler, start, monkeypatch, capfd):
    from numerics.command_line.group import sharpness
    from numerics.command_line.one_line_errors import run

    file, address = scheduler
    for name in ("a", "b"):
        _worker(start, file, tmp_path / name)
    wait_until(lambda: _workers(address) == 2)
    found = []
    for where in (["--cluster", address], ["--jobs", "1"]):
        monkeypatch.setenv("SHARPNESS_CACHE", str(tmp_path / where[0]))
        assert run(sharpness, ["reproduce", "table-13", "--draws", "2", *where, "--json", "-"]) == 0
        found.append(capfd.readouterr().out)
    assert found[0] == found[1]
