"""Loading matplotlib for a command, which starts anew each time."""

from __future__ import annotations

from typing import Any


def load_undocumented() -> None:
    """Load what draws figures without composing the help texts of its `set` methods, a quarter of the time it takes.

    Where matplotlib cannot be loaded nothing happens: whoever draws says so.
    """
    try:
        from matplotlib import artist
    except (ImportError, ValueError):
        return
    module: Any = artist
    compose, module.kwdoc = module.kwdoc, lambda of: ""
    try:
        import matplotlib.backends.backend_agg
        import matplotlib.figure  # noqa: F401
    except (ImportError, ValueError):
        return
    finally:
        module.kwdoc = compose
