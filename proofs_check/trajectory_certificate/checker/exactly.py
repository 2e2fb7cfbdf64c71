"""The loss after the first steps as a rational: where it is at a level, no enclosure can tell.

Rationals grow about threefold in a step, unless the weights do not move, so that only short ones are followed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property

from proofs_check.trajectory_certificate.checker.descent import Descent

_LONGEST = 2**16  # bits


class Exactly:
    """One run in rationals, and the step that it has come to.

    Args:
        start: gives the run at its start.
        data: every number of X and y, or of the spectrum.
    """

    def __init__(self, start: Callable[[], Descent], data: list[Fraction]) -> None:
        self.start, self.step, self.rests, self.known = start, 0, False, _bits(data) < _LONGEST

    @cached_property
    def run(self) -> Descent:
        """The run, begun where it is asked for."""
        return self.start()

    def loss_is(self, step: int, level: Fraction) -> bool:
        """Whether the loss after so many steps is the level, as far as rationals are followed."""
        while self.known and self.step < step:
            self._advance()
        return self.known and bool(self.run.loss() == level)

    def _advance(self) -> None:
        self.step += 1
        if self.rests:
            return
        before = self.run.c, self.run.v
        self.run.step()
        self.rests = before == (self.run.c, self.run.v)
        self.known = self.rests or _bits([*self.run.c, *self.run.v]) < _LONGEST


def _bits(values: list[Fraction]) -> int:
    return sum(x.numerator.bit_length() + x.denominator.bit_length() for x in values)
