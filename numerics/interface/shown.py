"""How an answer shows itself: as a picture of its panels, or as a table of its rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from numerics.figures.panels import Panel


class Drawn(ABC):
    """What has a picture."""

    @abstractmethod
    def panels(self) -> list[Panel]:
        """Give what `plot` draws, as numbers."""

    def plot(self, path: Path | None = None) -> Figure:
        """Draw the panels, below one another; write the picture if a path is given.

        Raises:
            ParameterError: matplotlib is not installed.
            OSError: the file cannot be written; a former one is untouched.
        """
        from numerics.figures.panels import draw_panels

        return draw_panels(self.panels(), path, columns=1)


class Listed(ABC):
    """What is a list of facts under a title."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What it is of."""

    @abstractmethod
    def rows(self) -> list[tuple[str, str]]:
        """What the table shows."""

    def __repr__(self) -> str:
        rows = self.rows()
        wide = max(len(name) for name, _ in rows)
        return "\n".join([self.title, "", *(f"{name:{wide}}  {value}" for name, value in rows)])

    def _repr_html_(self) -> str:
        from theory.printing.tables import table

        return table(self.rows(), caption=self.title)
