"""Who computes: the workers of a running Dask scheduler."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import queue
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from numerics.work.processes import Workers
from numerics.work.store import Store
from numerics.work.task import Arrays, Task, code_version, perform
from theory.errors import ParameterError, SharpnessError

Start = Callable[[Coroutine[Any, Any, Any]], "Future[Any]"]

_SECONDS_TO_ANSWER = 10
_SECONDS_TO_BE_THERE = 2
_GONE = "the scheduler went away; start it and run the same command again: finished tasks are kept"
_AHEAD = 2  # tasks sent out for each thread of the cluster, so that none waits for the network


class ClusterWorkers(Workers):
    """The workers of a Dask scheduler. A task whose worker is lost goes to another one.

    Args:
        client: a connected asynchronous `distributed.Client`.
        start: starts a coroutine in the client's loop.
    """

    def __init__(self, client: Any, start: Start) -> None:
        self._client, self._start = client, start

    def results(self, tasks: Sequence[Task], store: Store) -> Iterator[tuple[Task, Arrays]]:
        """Perform tasks and keep each result here as it arrives."""
        for task, result in self.performed(tasks):
            store.save(task.key, result)
            yield task, result

    def performed(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Arrays]]:
        """Perform tasks and give each result as it arrives.

        Data travel inside their task: a copy laid out on the workers beforehand would be lost with a worker.
        """
        waiting = iter(tasks)
        sent: dict[Future[Arrays], Task] = {}
        try:
            while True:
                for task in itertools.islice(waiting, max(0, _AHEAD * self.threads() - len(sent))):
                    asked = task.function, dict(task.configuration), task.arrays(), code_version(task.function)
                    sent[self._start(self._computed(f"sharpness-{task.key}", asked))] = task
                if not sent:
                    return
                for future in wait(sent, return_when=FIRST_COMPLETED).done:
                    task = sent.pop(future)
                    yield task, future.result()
        finally:
            for future in sent:
                future.cancel()

    async def _computed(self, key: str, asked: tuple[Any, ...]) -> Arrays:
        from distributed.client import FutureCancelledError
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker

        future = self._client.submit(perform, *asked, key=key, pure=False)
        try:
            result: Arrays = await future
        except KilledWorker:
            raise SharpnessError(
                "one task lost worker after worker, perhaps for want of memory; give them more and run it again: "
                "finished tasks are kept"
            ) from None
        except (FutureCancelledError, CommClosedError):
            raise SharpnessError(_GONE) from None
        finally:
            future.release()
        return result

    def threads(self) -> int:
        """Give how many threads the cluster has now, and 1 if it has none.

        Raises:
            SharpnessError: the scheduler does not answer.
        """

        async def ask() -> Any:
            return await self._client.nthreads()

        try:
            return max(1, sum(map(int, self._start(ask()).result().values())))
        except OSError:
            raise SharpnessError(_GONE) from None


@contextlib.contextmanager
def connected(address: str, seconds: float = _SECONDS_TO_ANSWER) -> Iterator[ClusterWorkers]:
    """Connect to a running scheduler.

    Args:
        address: such as `tcp://127.0.0.1:8786`.
        seconds: how long the scheduler and its first worker may take to answer.

    Raises:
        ParameterError: the package `distributed` is missing, no scheduler answers at this address, or it has no worker.
    """
    try:
        import dask
        import distributed
    except ImportError:
        raise ParameterError("a cluster needs Dask; install minimalist-sharpness[cluster]") from None
    _require_listener(address)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters becomes an error of one line
    large = {"distributed.admin.large-graph-warning-threshold": "1 PB"}  # data travel with their task, see above
    with dask.config.set(large), _loop() as start:
        client = start(_client(distributed, address, seconds)).result()
        try:
            yield ClusterWorkers(client, start)
        finally:
            start(_close(client)).result()


def _require_listener(address: str) -> None:
    """Refuse an address at which no one listens, which Dask itself would try again and again."""
    from distributed.comm.addressing import parse_address, parse_host_port

    try:
        scheme, place = parse_address(address)
        host, port = parse_host_port(place)
    except (ValueError, TypeError):
        return  # Dask says what is wrong with it
    if scheme not in ("tcp", "tls", "ws", "wss"):
        return
    try:
        socket.create_connection((host, port), _SECONDS_TO_BE_THERE).close()
    except (OSError, UnicodeError, OverflowError) as error:
        raise _refused(address, error) from None


async def _client(distributed: Any, address: str, seconds: float) -> Any:
    """Make a client that has a worker. One that has none is closed, for nobody would await that in its place."""
    client = distributed.Client(address, timeout=seconds, set_as_default=False, asynchronous=True)
    try:
        try:
            await asyncio.wait_for(client, seconds + _SECONDS_TO_BE_THERE)  # of one that is silent Dask is not tired
        except (OSError, ValueError, TypeError, MemoryError) as error:  # the last: a length read from another protocol
            raise _refused(address, error) from None
        try:
            await client.wait_for_workers(1, timeout=seconds)
        except TimeoutError:
            raise ParameterError(
                f"the scheduler at {address} has no workers; start some with 'dask worker {address}'"
            ) from None
    except BaseException:
        await _close(client)
        raise
    return client


def _refused(address: str, error: Exception) -> ParameterError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return ParameterError(
        f"no Dask scheduler answers at {address!r} ({reason}); start one with 'dask scheduler' and give its address"
    )


async def _close(client: Any) -> None:
    with contextlib.suppress(TimeoutError):  # that the scheduler does not answer any more
        await asyncio.wait_for(client.close(), _SECONDS_TO_ANSWER)


@contextlib.contextmanager
def _loop() -> Iterator[Start]:
    """Run an event loop in a thread of its own; whatever is left in it ends with the block."""
    ready: queue.Queue[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = queue.Queue()

    async def run() -> None:
        stop = asyncio.Event()
        ready.put((asyncio.get_running_loop(), stop))
        await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="cluster", daemon=True)
    thread.start()
    loop, stop = ready.get()
    try:
        yield lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
