"""Options that every command with a run has, said once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import click

from numerics.arithmetic import Arithmetic, arithmetics, at_precision
from numerics.command_line.argument_types import FOLDER, Command, Offered
from numerics.model.initialization import FORMS, KINDS
from theory.errors import ParameterError

_BITS = 200  # of an example


ARITHMETIC = Offered("A", lambda: {kind: one.summary for kind, one in _offered_arithmetics().items()})
"""A kind of number."""

INIT = Offered("INIT", lambda: KINDS)
"""How the weights start."""

init_option = click.option(
    "--init", type=INIT, default="default", show_default=True, metavar="INIT", help=f"One of {FORMS}."
)

depth_option = click.option(
    "--depth", type=int, default=2, show_default=True, metavar="D", help="Number of layers, at least 2."
)


def _offered_arithmetics() -> dict[str, type[Arithmetic]]:
    """Every kind of number, those of any precision with one."""
    found = arithmetics().items()
    return {kind if one.form() == kind else f"{kind}:{_BITS}": one for kind, one in found}


def say_what_stands_in(asked: str) -> None:
    """Say on stderr that mpmath takes the place of MPFR, where gmpy2 is not installed and an arithmetic asks for it."""
    if "mpfr" in asked and at_precision(_BITS).kind != "mpfr":
        click.echo("sharpness: note: gmpy2 is not installed; mpmath gives the same numbers, slower", err=True)


def record_every_option(default: int = 1) -> Callable[[Command], Command]:
    """Add `--record-every`."""
    return click.option(
        "--record-every", type=int, default=default, show_default=True, metavar="K", help="Record every K steps."
    )


def folder_options(help_text: str, kept: str = "") -> Callable[[Command], Command]:
    """Add `--out DIR` and `--resume`; the command receives `folder` and `resume`.

    A command with `--resume` but no folder is refused, and one without it whose folder holds a run already.

    Args:
        help_text: what the folder keeps.
        kept: a pattern of files that show that it holds a run.
    """

    def add(command: Command) -> Command:
        @functools.wraps(command)
        def checked(*, folder: Path | None, resume: bool, **arguments: Any) -> object:
            if resume and folder is None:
                raise ParameterError("--resume goes on from a folder; give it with --out")
            if folder is not None and kept and not resume and any(folder.glob(kept)):
                raise ParameterError(f"{folder} already holds a run; add --resume to go on, or give another folder")
            return command(folder=folder, resume=resume, **arguments)

        out = click.option("--out", "folder", type=FOLDER, metavar="DIR", help=help_text)
        return cast(Command, out(click.option("--resume", is_flag=True, help="Go on with what DIR holds.")(checked)))

    return add
