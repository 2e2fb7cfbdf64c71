"""A run at the edge of stability under its ceiling, as `Study.oscillations` gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numerics.oscillation.oscillations import Oscillations

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class ShownOscillations(Oscillations):
    """The same, with a picture."""

    def plot(self) -> Figure:
        """Draw the sharpness under its ceiling, the peaks and the imbalances.

        Raises:
            ParameterError: matplotlib is not installed.
        """
        from numerics.figures.oscillations import oscillation_panels
        from numerics.figures.panels import draw_panels

        return draw_panels(oscillation_panels(self), columns=1)
