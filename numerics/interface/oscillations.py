"""A run at the edge of stability under its ceiling, as `Study.oscillations` gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numerics.interface.shown import Drawn
from numerics.oscillation.oscillations import Oscillations

if TYPE_CHECKING:
    from numerics.figures.panels import Panel


@dataclass(frozen=True, eq=False, repr=False)
class ShownOscillations(Oscillations, Drawn):
    """The same, with a picture."""

    def panels(self) -> list[Panel]:
        """The sharpness under its ceiling, the peaks and the imbalances."""
        from numerics.figures.oscillations import oscillation_panels

        return oscillation_panels(self)
