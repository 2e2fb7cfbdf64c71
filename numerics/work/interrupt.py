"""Ctrl-C, or being asked to end (SIGTERM), as a flag, so that work ends where it can be gone on with."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)

_pressed: threading.Event | None = None  # of the outermost block


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Note the first of `SIGNALS` inside the block in an event; a second one interrupts at once.

    A block inside another one has the same event. Signals reach the main thread alone: elsewhere nothing is noted.
    """
    global _pressed
    if threading.current_thread() is not threading.main_thread():
        yield threading.Event()
        return
    if _pressed is not None:
        yield _pressed
        return
    _pressed = pressed = threading.Event()

    def press(number: int, frame: object) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    before = {number: signal.signal(number, press) for number in SIGNALS}
    try:
        yield pressed
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _pressed = None
