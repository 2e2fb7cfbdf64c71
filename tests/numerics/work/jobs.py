"""Jobs for processes of their own, which import this file and so no pytest."""

import os
import signal
import time

from numerics.work.interrupt import interruptible
from theory.errors import ParameterError


def pause(seconds, progress):
    progress(1)
    time.sleep(seconds)
    return seconds


def listen(progress):
    """Work until Ctrl-C."""
    with interruptible() as pressed:
        while not pressed.is_set():
            progress(1)
            time.sleep(0.01)
    return "interrupted"


def fail(progress):
    raise ParameterError("no job like this")


def die(progress):
    os.kill(os.getpid(), signal.SIGKILL)
