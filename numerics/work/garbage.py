"""How often a process looks through what it has made for what nobody needs any more."""

import atexit
import gc


def collect_seldom() -> None:
    """Look seldom, and not at the end: most of what a command or a worker makes lasts as long as it does.

    The look at the end alone is a fifth of a short command's time.
    """
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
