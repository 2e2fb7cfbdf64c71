import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import numerics
from numerics.command_line.group import sharpness as group
from numerics.command_line.one_line_errors import run

SOURCE = str(Path(numerics.__file__).resolve().parents[1])


def _environment(**extra: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "PYTHONUNBUFFERED")
    }
    return {**kept, "PYTHONPATH": SOURCE, **extra}


def beside_progress(words: str) -> str:
    """What a command says on stderr, without the lines on how far it is: they come where a machine is slow."""
    return re.sub(r"(?m)^\d+( of \d+)?( \w+)?,.*\b(left|kept from before|after \d.*)\n", "", words)


@pytest.fixture(scope="session")
def sharpness(tmp_path_factory):
    """Run the command as a process of its own, the way a shell does."""
    folder = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: str, stdout=subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            [sys.executable, "-m", "numerics.command_line", *arguments],
            stdout=stdout,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env=_environment(**environment),
            check=False,
        )
        ended.stderr = beside_progress(ended.stderr)
        return ended

    return run


@pytest.fixture
def command(capfd):
    """Run the command in this process, which is quicker: the same code but for the interpreter's start."""

    def run_here(*arguments: str) -> subprocess.CompletedProcess[str]:
        status = run(group, arguments)
        out, words = capfd.readouterr()
        return subprocess.CompletedProcess(arguments, status, out, beside_progress(words))

    return run_here


@pytest.fixture(scope="session")
def python_process():
    """Start Python on a text, with this project on its path.

    A shell starts its background jobs deaf to Ctrl-C, and their children inherit that: here it is heard again.
    """
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"

    def start(text: str, stdout=subprocess.PIPE) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", hears + text],
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            env=_environment(),
            process_group=0,
        )

    return start
