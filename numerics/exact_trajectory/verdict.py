"""What the steps seen so far say about a claim."""

from __future__ import annotations

from enum import Enum

from numerics.exact_trajectory.claim import Claim


class Verdict(Enum):
    """The answer to a claim. There is no other."""

    PROVED = "PROVED"
    REFUTED = "REFUTED"
    UNDECIDED = "UNDECIDED"


class Judge:
    """Follow one claim from step to step; each method answers None while the claim is open.

    >>> from numerics.exact_trajectory.claim import parse_claim
    >>> judge = Judge(parse_claim("loss > 1 at 2"))
    >>> [judge.saw(step, holds) for step, holds in enumerate((False, False, True))]
    [None, None, <Verdict.PROVED: 'PROVED'>]
    """

    def __init__(self, claim: Claim) -> None:
        self.claim = claim

    def saw(self, step: int, holds: bool) -> Verdict | None:
        """Take note of whether the claim's relation holds at a step that the claim speaks of."""
        claim = self.claim
        if claim.always:
            return None if holds else Verdict.REFUTED
        if claim.step is None:
            return Verdict.PROVED if holds else None
        if step == claim.step:
            return Verdict.PROVED if holds else Verdict.REFUTED
        return Verdict.REFUTED if holds or step > claim.step else None

    def above_for_ever(self) -> Verdict | None:
        """Take note that the quantity stays above the level at every later step."""
        if self.claim.above:
            return Verdict.PROVED if self.claim.always else None
        return None if self.claim.always else Verdict.REFUTED

    def ended(self, crossed: bool) -> Verdict:
        """Answer after the last step, told whether the sharpness exceeded 2/eta before it."""
        if self.claim.diverges:
            return Verdict.UNDECIDED
        if self.claim.always:
            return Verdict.PROVED if crossed or not self.claim.after_crossing else Verdict.REFUTED
        return Verdict.REFUTED
