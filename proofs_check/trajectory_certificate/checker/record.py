"""The numbers that a certificate records, each of which the enclosures must bear out to its last digit."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from proofs_check.trajectory_certificate.checker.descent import Descent
from proofs_check.trajectory_certificate.checker.refused import Open, Refused

_REACH = Fraction(1, 2) + Fraction(1, 2**30)
"""How far a number may lie from what is written, in units of the last digit."""


def check_record(record: dict[str, Any], run: Descent, digits: int) -> None:
    """See that each recorded number is the one that its enclosure rounds to.

    Raises:
        Open: an enclosure is too wide to tell.
        Refused: a number is another one, or none.
    """
    numbers = [*zip(record["coefficients"], run.c, strict=True), *zip(record["layers"], run.v, strict=True)]
    for text, enclosure in [*numbers, (record["loss"], run.loss())]:
        value, reach = _written(text, digits)
        if enclosure.apart(value - reach, value + reach):
            raise Refused(f"step {record['step']}: {text} is not what the trajectory has there")
        if not enclosure.within(value - reach, value + reach):
            raise Open(f"whether the trajectory has {text} at step {record['step']} is open")
    value, reach = _written(record["sharpness"], digits)
    sides = (run.sharpness_side(value - reach), run.sharpness_side(value + reach))
    if sides[0] == -1 or sides[1] == 1:
        raise Refused(f"step {record['step']}: the sharpness is not {record['sharpness']}")
    if sides != (1, -1):
        raise Open(f"whether the sharpness is {record['sharpness']} at step {record['step']} is open")


def _written(text: str, digits: int) -> tuple[Fraction, Fraction]:
    """The number that a text of so many digits writes, and how far another may lie from it."""
    parts = re.fullmatch(r"(-?)([0-9])\.([0-9]+)e(0|-?[1-9][0-9]{0,5})", text)
    if parts is None or len(parts[3]) != digits - 1:
        raise Refused(f"{text!r} is no number of {digits} digits")
    mantissa, exponent = int(parts[2] + parts[3]), int(parts[4])
    if exponent < -digits or (parts[2] == "0" and exponent != -digits) or (parts[1] and not mantissa):
        raise Refused(f"{text!r} is not written as such numbers are")
    unit = Fraction(10) ** (exponent - digits + 1)
    return (-mantissa if parts[1] else mantissa) * unit, unit * _REACH
