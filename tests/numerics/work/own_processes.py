"""Processes of a test's own, and what it waits for while they are at work."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import numerics

SOURCE = str(Path(numerics.__file__).resolve().parents[1])


@contextlib.contextmanager
def processes(*folders):
    """Give what starts Python on a text in a process group of its own; whatever is left of it is ended afterwards."""
    started = []

    def run(text: str, **keys) -> subprocess.Popen[str]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([SOURCE, *map(str, folders)])}
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", text],
                env=environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                process_group=0,
                **keys,
            )
        )
        return started[-1]

    yield run
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.communicate()


def wait_until(condition, seconds=60.0):
    """Wait until something is so, and give what it then is."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
    return found
