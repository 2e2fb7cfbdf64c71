"""Options of the commands that print enclosed numbers, and what is shown of work on large matrices."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import click

from numerics.command_line.argument_types import Command
from numerics.spectrum.large_matrices.block_work import BlockWork
from numerics.work.progress import stages

_ROWS = 8192  # of a block that travels to a worker, and whose sums travel back


def digits_option(default: int) -> Callable[[Command], Command]:
    """Add `--digits`."""
    return click.option(
        "--digits",
        type=click.IntRange(1, 300),
        default=default,
        show_default=True,
        metavar="N",
        help="Digits of each number; those that are not certain are not shown.",
    )


rank_tolerance_option = click.option(
    "--rank-tolerance",
    type=click.FloatRange(0, 1, max_open=True),
    metavar="T",
    help="Leave out singular values up to T times the largest. By default those that are 0.",
)

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
            yield BlockWork(workers.performed, _ROWS, heard)
