"""Run a command so that whatever goes wrong with its input is one line on stderr, never a traceback."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import click

BAD_INPUT = 2
INTERRUPTED = 128 + signal.SIGINT
"""The exit status, as shells give it."""


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command and give its exit status.

    Bad input of any kind (click's usage errors, every `SharpnessError`, files that the system refuses) is printed
    as one line `sharpness: ...` with status 2. Ctrl-C is one line with status 130. A reader that closes the pipe
    early ends the command without a word.

    Examples:
        >>> run(click.Command("nothing", callback=lambda: None), [])
        0
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name that the terminal cannot show is escaped, not an error
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _invoke(command, arguments)
        sys.stdout.flush()
    except click.ClickException as error:
        return _refuse(_with_hint(error))
    except (KeyboardInterrupt, click.Abort):
        return _refuse("interrupted", INTERRUPTED)
    except BrokenPipeError:
        _discard_output()
        return 128 + signal.SIGPIPE
    except OSError as error:
        _discard_output()
        where, what = error.filename or "the output", error.strerror or str(error)
        return _refuse(f"{where}: {what}; check the path and the disk")
    except MemoryError:
        return _refuse("the data do not fit into memory; take fewer --samples")
    except OverflowError:
        return _refuse("a number leaves the range of float64; rescale the data or the parameters")
    except ValueError as error:
        from theory.errors import SharpnessError  # here, so that `sharpness --help` need not load the theory

        if not isinstance(error, SharpnessError):
            raise
        return _refuse(str(error))
    return status


def interrupted(folder: Path | None, where: str = "") -> int:
    """Say how to go on with what a folder keeps, and give the exit status.

    Args:
        folder: what `--out` gave.
        where: how far the work was.
    """
    how = "nothing was kept; give a folder with --out" if folder is None else "go on with --resume"
    click.echo(f"sharpness: interrupted{where}; {how}", err=True)
    return INTERRUPTED


def _invoke(command: click.Command, arguments: Sequence[str]) -> int:
    try:
        with command.make_context("sharpness", list(arguments)) as context:
            status = command.invoke(context)
    except click.exceptions.Exit as ended:  # --help, --version, Context.exit
        return ended.exit_code
    return int(status) if isinstance(status, int) else 0


def _with_hint(error: click.ClickException) -> str:
    message = error.format_message()
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return message
    if isinstance(error, click.NoSuchOption):
        from theory.did_you_mean import did_you_mean

        known = [
            one for param in error.ctx.command.get_params(error.ctx) for one in (*param.opts, *param.secondary_opts)
        ]
        options = [one for one in known if one.startswith("-")]
        message = f"No such option {error.option_name!r}{did_you_mean(error.option_name, options)}"
    message = message.rstrip(".")
    return f"{message}{' ' if message.endswith('?') else '; '}see '{error.ctx.command_path} --help'"


def _refuse(message: str, status: int = BAD_INPUT) -> int:
    line = " ".join(message.split())
    printable = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)
    print(f"sharpness: {printable}", file=sys.stderr)
    return status


def _discard_output() -> None:
    """Send what is still buffered for stdout nowhere: the interpreter would try to write it again at exit."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
