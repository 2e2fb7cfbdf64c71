"""Who computes: the workers of a running Dask scheduler."""

from __future__ import annotations

import contextlib
import itertools
import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from numerics.work.processes import Numbered, Workers
from numerics.work.store import Store
from numerics.work.task import Arrays, code_version, perform
from theory.errors import ParameterError, SharpnessError

_SECONDS_TO_ANSWER = 10
_GONE = "the scheduler went away; start it and run the same command again: finished tasks are kept"
_AHEAD = 2  # tasks sent out for each thread of the cluster, so that none waits for the network


class ClusterWorkers(Workers):
    """The workers of a Dask scheduler. A task whose worker is lost goes to another one.

    Args:
        client: a connected `distributed.Client`.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def results(self, tasks: Iterable[Numbered], store: Store) -> Iterator[tuple[int, Arrays]]:
        """Perform tasks and keep each result here as it arrives.

        Data travel inside their task: a copy laid out on the workers beforehand would be lost with a worker.
        """
        from distributed import as_completed
        from distributed.client import FutureCancelledError
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker

        waiting = iter(tasks)
        sent: dict[Any, Numbered] = {}
        pending: Any = as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call]

        def send(one: Numbered) -> None:
            future = self._submit(one)
            sent[future] = one
            pending.add(future)

        for one in itertools.islice(waiting, _AHEAD * self._threads()):
            send(one)
        try:
            while sent:
                future = next(pending)
                number, task = sent.pop(future)
                result = future.result()
                store.save(task.key, result)
                yield number, result
                for one in itertools.islice(waiting, max(1, _AHEAD * self._threads() - len(sent))):
                    send(one)
        except KilledWorker:
            raise SharpnessError(
                "one task lost worker after worker, perhaps for want of memory; give them more and run it again: "
                "finished tasks are kept"
            ) from None
        except (FutureCancelledError, CommClosedError):
            raise SharpnessError(_GONE) from None
        finally:
            with contextlib.suppress(OSError):  # that the scheduler does not answer any more
                self._client.cancel(list(sent))

    def _submit(self, one: Numbered) -> Any:
        number, task = one
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # they have to be sent with the task, see above
            return self._client.submit(
                _perform,
                task.function,
                dict(task.configuration),
                task.arrays(),
                code_version(task.function),
                key=f"sharpness-{number}-{task.key}",
                pure=False,
            )

    def _threads(self) -> int:
        try:
            return max(1, sum(map(int, self._client.nthreads().values())))
        except OSError:
            raise SharpnessError(_GONE) from None


def _perform(function: str, configuration: Mapping[str, Any], arrays: Arrays, version: str) -> Arrays:
    return perform(function, configuration, arrays, version)


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
        import distributed
    except ImportError:
        raise ParameterError("a cluster needs Dask; install minimalist-sharpness[cluster]") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters becomes an error of one line
    try:
        client = distributed.Client(  # type: ignore[no-untyped-call]
            address, timeout=seconds, set_as_default=False
        )
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ParameterError(
            f"no Dask scheduler answers at {address!r} ({reason}); start one with 'dask scheduler' and give its address"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=seconds)
        except TimeoutError:
            raise ParameterError(
                f"the scheduler at {address} has no workers; start some with 'dask worker {address}'"
            ) from None
        yield ClusterWorkers(client)
