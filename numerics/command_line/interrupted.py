"""What a command says and gives when Ctrl-C ended its work."""

from __future__ import annotations

import signal
from pathlib import Path

import click

INTERRUPTED = 128 + signal.SIGINT
"""The exit status, as shells give it."""


def interrupted(folder: Path | None, where: str = "") -> int:
    """Say how to go on with what a folder keeps, and give the exit status.

    Args:
        folder: what `--out` gave.
        where: how far the work was.
    """
    how = "nothing was kept; give a folder with --out" if folder is None else "go on with --resume"
    click.echo(f"sharpness: interrupted{where}; {how}", err=True)
    return INTERRUPTED
