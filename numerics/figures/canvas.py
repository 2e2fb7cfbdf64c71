"""The one canvas of all pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from numerics.work.files import replace_file
from theory.errors import ParameterError

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@contextmanager
def style(**settings: Any) -> Iterator[None]:
    """Let matplotlib's own style and some settings more hold inside, on every machine.

    With a user's `matplotlibrc` a picture would look different on each, and with `text.usetex` in it need LaTeX.
    """
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        titles = {"axes.titley": 1.0}  # no ticks are above, which would be looked for each time
        cast(Any, mpl.rcParams).update(titles | settings)  # its types list every setting's name
        yield


@cache
def _shown_figure() -> type[Figure]:
    from matplotlib.figure import Figure

    class ShownFigure(Figure):
        """A figure that shows itself in a notebook, whether matplotlib is set up for that or not."""

        def _repr_png_(self) -> bytes:
            content = io.BytesIO()
            with style():
                self.savefig(content, format="png", dpi=90)
            return content.getvalue()

    return ShownFigure


@contextmanager
def canvas(width: float, height: float, path: Path | None = None) -> Iterator[Figure]:
    """Open an empty figure, in inches; on leaving, write it as a PNG if a path is given. No display is needed.

    Raises:
        ParameterError: matplotlib is not installed, or does not start.
        OSError: the file cannot be written; a former one is untouched.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        kind = _shown_figure()
    except ImportError:
        raise ParameterError("a figure needs matplotlib; install minimalist-sharpness[plot]") from None
    except ValueError as error:  # as it reads its environment
        raise ParameterError(f"matplotlib does not start: {str(error).partition(';')[0]}") from None
    with style():
        figure = kind(figsize=(width, height), layout="constrained")
        painter = FigureCanvasAgg(figure)
        yield figure
        if path is not None:
            content = io.BytesIO()
            painter.print_png(content)  # type: ignore[no-untyped-call]
            replace_file(path, content.getvalue())
