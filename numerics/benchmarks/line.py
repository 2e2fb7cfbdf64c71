"""One line of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Attributes:
        what: what was measured.
        ours: seconds; None where it was left out.
        other: seconds of what it is compared with, or None.
        against: what it is compared with.
        aim: the ratio, or where nothing is compared the time, that was aimed at.
        unit: what `ours` and `other` are: "s", or another word where they are no times.
    """

    what: str
    ours: float | None
    other: float | None
    against: str
    aim: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """How many times faster than the other."""
        return None if self.other is None or self.ours is None or self.unit != "s" else self.other / self.ours
