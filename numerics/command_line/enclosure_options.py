"""Options of the commands that print enclosed numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


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
