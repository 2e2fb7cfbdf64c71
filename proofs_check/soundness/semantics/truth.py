"""What can be said of a sentence in a model."""

from __future__ import annotations

from enum import Enum


class Truth(Enum):
    """A sentence holds, is violated, or balls, samples or a convention do not decide it."""

    HOLDS = "holds"
    VIOLATED = "violated"
    UNDECIDED = "undecided"


class Undecided(ArithmeticError):  # noqa: N818 - no error: the value is not known well enough
    """A value that is not known well enough to go on."""
