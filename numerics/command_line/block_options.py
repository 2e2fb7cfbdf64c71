"""`--cluster`, and what is shown of work on large matrices."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import click

from numerics.spectrum.large_matrices.block_work import BlockWork
from numerics.work.progress import stages
from numerics.work.task import Arrays, Task

_ROWS = 8192  # of a block that travels to a worker, and whose sums travel back

cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Sum over the rows of a large matrix on a running Dask scheduler, such as tcp://127.0.0.1:8786.",
)


@contextlib.contextmanager
def block_work(cluster: str | None) -> Iterator[BlockWork]:
    """Give who works on the blocks of a large matrix: this process, or a cluster.

    Raises:
        ParameterError: there is no such cluster.
    """
    with stages() as heard:
        if cluster is None:
            yield BlockWork(heard=heard)
            return
        from numerics.work.cluster import connected

        with connected(cluster) as workers:

            def perform(tasks: Sequence[Task]) -> Iterator[Arrays]:
                for _, result in workers.performed(tasks):
                    yield result

            yield BlockWork(perform, _ROWS, heard)
