"""The DATA argument with `--samples` and `--seed`, the same for every subcommand that takes data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from numerics.command_line.help_list import listed
from numerics.data import sources

Command = TypeVar("Command", bound=Callable[..., object])


class _DataText(click.ParamType[str]):
    name = "DATA"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer an example of each source, or files when no source begins so."""
        items = [
            CompletionItem(source.example, help=source.summary)
            for source in sources().values()
            if not source.suffixes and source.example.startswith(incomplete)
        ]
        return items or [CompletionItem(incomplete, type="file")]


def data_argument(command: Command) -> Command:
    """Add DATA, `--samples` and `--seed`; the command receives `data`, `samples` and `seed` for `load`."""
    for decorate in (
        click.option("--seed", type=int, default=0, show_default=True, help="Fixes every random choice."),
        click.option(
            "--samples",
            type=int,
            metavar="N",
            help="Draw N samples: half of each class from two classes, else uniformly.",
        ),
        click.argument("data", type=_DataText()),
    ):
        command = decorate(command)
    return command


def describe_sources() -> str:
    """List every source for a command's help."""
    forms = {
        " or ".join(f"FILE{suffix}" for suffix in source.suffixes) or source.form: source.summary
        for source in sources().values()
    }
    return listed("DATA is one of", forms)
