"""The language of claims about a trajectory.

    claim    = quantity relation level [ "after crossing" ] [ "at" STEP | "always" ]  |  "diverges"
    quantity = "loss" | "sharpness"
    relation = ">" | "<"
    level    = NUMBER | NUMBER "/eta"

Without a last word the relation is to hold at some step; `at STEP` says that it holds there and at no earlier step;
`always` says that it holds at every step. `after crossing` speaks of the steps after the first one at which the
sharpness exceeds 2/eta, and says that there is such a step. `diverges` says that the loss tends to infinity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from numerics.arithmetic.base import exact_fraction
from theory.did_you_mean import did_you_mean
from theory.errors import ParameterError, SharpnessError

FORM = "loss or sharpness, > or <, a number or NUMBER/eta, [after crossing], [at STEP or always]; or diverges"
EXAMPLES = (
    "loss > 1e6",
    "loss > 1e6 at 465",
    "sharpness < 2/eta after crossing",
    "sharpness < 4/eta always",
    "diverges",
)

_PATTERN = re.compile(
    r"(?P<quantity>loss|sharpness) (?P<relation>[<>]) (?P<level>[-+.0-9eE/]+?)(?P<per_step_size>/eta)?"
    r"(?P<after> after crossing)?(?: (?:at (?P<step>[0-9]{1,9})|(?P<always>always)))?"
)


@dataclass(frozen=True)
class Claim:
    """A sentence about a trajectory that is true or false of it.

    Attributes:
        text: the claim with single spaces.
        quantity: `"loss"`, `"sharpness"` or, for divergence, `""`.
        above: whether the quantity is said to exceed the level; else to be below it.
        level: the number in the level.
        per_step_size: whether the level is that number over eta.
        after_crossing: whether the claim speaks of the steps after the sharpness first exceeds 2/eta.
        step: K of `at K`, else None.
        always: whether the relation is to hold at every step.
    """

    text: str
    quantity: str = ""
    above: bool = True
    level: Fraction = Fraction(0)
    per_step_size: bool = False
    after_crossing: bool = False
    step: int | None = None
    always: bool = False

    @property
    def diverges(self) -> bool:
        """Whether the claim is `diverges`."""
        return not self.quantity

    def threshold(self, step_size: Fraction) -> Fraction:
        """Give the level as a number."""
        return self.level / step_size if self.per_step_size else self.level


def _near(claim: str) -> str:
    """What the first wrong word may have been meant for."""
    known = ("loss", "sharpness", "after", "crossing", "at", "always", "diverges")
    wrong = (word for word in re.findall("[A-Za-z]{2,}", claim) if word not in (*known, "eta"))
    return did_you_mean(next(wrong, ""), known)


def parse_claim(text: str) -> Claim:
    """Read a claim.

    Raises:
        ParameterError: it is none.

    Examples:
        >>> claim = parse_claim("sharpness < 2/eta after crossing")
        >>> claim.above, claim.threshold(Fraction(5, 3)), claim.after_crossing, claim.step
        (False, Fraction(6, 5), True, None)
        >>> parse_claim("loss > 1e6 at 465").step
        465
    """
    spaced = " ".join(re.sub(r"([<>])", r" \1 ", text).split())
    if spaced == "diverges":
        return Claim(spaced)
    found = _PATTERN.fullmatch(spaced)
    if found is None:
        raise ParameterError(f"{text!r} is no claim; give {FORM}, for example {EXAMPLES[1]!r}{_near(spaced)}")
    try:
        level = exact_fraction(found["level"])
    except SharpnessError as error:
        raise ParameterError(f"the level in the claim {text!r} is no number: {error}") from None
    return Claim(
        spaced,
        found["quantity"],
        found["relation"] == ">",
        level,
        found["per_step_size"] is not None,
        found["after"] is not None,
        None if found["step"] is None else int(found["step"]),
        found["always"] is not None,
    )
