"""Positivity of a factor: from `0 < f g` with `f >= 0` to `0 < g`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.methods.cancellation import Cancellation
from proofs_check.rules import order


@dataclass(frozen=True)
class PositiveFactor(Cancellation):
    """A product is positive and all but one factor are not negative, so that one is positive.

    Attributes:
        source: name of the relation that is divided.
        factor: product of the other factors, whose form shows that it is not negative.
        rewrite: equalities to rewrite both sides with.
        given: inequalities that tell signs.
    """

    rule = staticmethod(order.positive_factor)
