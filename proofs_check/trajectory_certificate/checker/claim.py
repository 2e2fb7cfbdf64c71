"""What a claim says, read from its text, and what each step means for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from proofs_check.trajectory_certificate.checker.refused import Refused


@dataclass(frozen=True)
class Claim:
    """A claim about a trajectory.

    Attributes:
        quantity: `loss`, `sharpness`, or nothing where the claim is `diverges`.
        above: whether the quantity is said to exceed the level, rather than to be below it.
        level: the level as a number.
        level_text: the level as it is written.
        after_crossing: whether only the steps after the first one with a sharpness above 2/eta count, and there is one.
        step: the step of `at STEP`.
        always: whether the relation is to hold at every step.
    """

    quantity: str
    above: bool = True
    level: Fraction = Fraction(0)
    level_text: str = ""
    after_crossing: bool = False
    step: int | None = None
    always: bool = False

    @classmethod
    def read(cls, text: str, step_size: Fraction) -> Claim:
        """Read a claim as it stands in a certificate.

        Raises:
            Refused: it is none.
        """
        if text == "diverges":
            return cls("")
        parts = _CLAIM.fullmatch(text)
        if parts is None:
            raise Refused(f"{text!r} is no claim")
        quantity, relation, number, per_step_size, after, when, step = parts.groups()
        level = _quotient(number)
        if per_step_size:
            level, number = level / step_size, number + per_step_size
        at = int(step) if step else None
        return cls(quantity, relation == ">", level, number, bool(after), at, when == " always")

    @property
    def says(self) -> str:
        """The relation in words."""
        return f"the {self.quantity} {'exceeds' if self.above else 'is below'} {self.level_text}"

    @property
    def denies(self) -> str:
        """Its denial in words."""
        return f"the {self.quantity} {'does not exceed' if self.above else 'is not below'} {self.level_text}"

    def after(self, step: int, holds: bool) -> tuple[str, str] | None:
        """Give the verdict and what was found, once a step has decided the claim."""
        first = f"{self.says} for the first time at step {step}"
        if self.always:
            return None if holds else ("REFUTED", f"{self.denies} at step {step}")
        if self.step is None:
            return ("PROVED", first) if holds else None
        if holds:
            return ("PROVED" if step == self.step else "REFUTED", first)
        return None if step < self.step else ("REFUTED", f"{self.denies} at any step up to {step}")

    def above_for_ever(self, step: int) -> tuple[str, str] | None:
        """Give the same where the quantity is above the level at this step and at every later one."""
        if self.above:
            return ("PROVED", f"{self.says} at every step up to {step}, and ever after") if self.always else None
        return None if self.always else ("REFUTED", f"{self.denies} at any step up to {step}, nor ever again")

    def at_the_end(self, step: int, crossed: bool) -> tuple[str, str] | None:
        """Give the same after the last step that the claim speaks of."""
        if not self.quantity:
            return None
        if self.after_crossing and not crossed:
            return ("REFUTED", f"the sharpness does not exceed 2/eta at any step before step {step}")
        if self.always:
            return ("PROVED", f"{self.says} at every step up to {step}")
        return ("REFUTED", f"{self.denies} at any step up to {step}")


_CLAIM = re.compile(r"(loss|sharpness) ([<>]) ([^ ]+?)(/eta)?( after crossing)?( at ([0-9]{1,9})| always)?")
_DECIMAL = re.compile(r"[-+]?[0-9]*\.?[0-9]*(?:[eE]([-+]?[0-9]{1,6}))?")


def _quotient(text: str) -> Fraction:
    """Read a decimal or a quotient of two, exactly."""
    top, slash, bottom = text.partition("/")
    try:
        return _decimal(top) / (_decimal(bottom) if slash else 1)
    except (ValueError, ZeroDivisionError):
        raise Refused(f"the level {text!r} is no number") from None


def _decimal(text: str) -> Fraction:
    shape = _DECIMAL.fullmatch(text)
    if shape is None or len(text) > 2000 or abs(int(shape[1] or 0)) > 2000:
        raise ValueError
    return Fraction(text)
