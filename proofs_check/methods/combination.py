"""Equality of normal forms, alone (`identity`) or with a combination of squares and earlier facts (`derivation`).

A relation holds if `right - left` equals an expression whose form shows the sign that the relation's sense asks
for: zero, nonnegative or positive. That combination may be found by anyone; the check is one normal form and one
reading of signs.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Integer

from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import Setting, normal_form
from proofs_check.engine.proof import Scope, State, StepFailure, markers, without_markers
from proofs_check.engine.signs import Sign, sign
from theory.language.relations import Relation, Sense

_ENOUGH = {
    Sense.EQUAL: {Sign.ZERO},
    Sense.AT_MOST: {Sign.ZERO, Sign.NONNEGATIVE, Sign.POSITIVE},
    Sense.LESS: {Sign.POSITIVE},
}


@dataclass(frozen=True)
class Combination:
    """`right - left` equals `gap`, and the form of `gap` shows its sign.

    Attributes:
        gap: an expression in squares, products and sums; `fact(name)` in it stands for an earlier relation.
        rewrite: equalities whose left sides are replaced by their right sides throughout.
        given: inequalities `0 < p` or `0 <= p` that tell the signs of what is divided by or under a root.
    """

    gap: Expr | int = 0
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`identity` where there is nothing but the two sides."""
        return "identity" if self.gap == 0 else "derivation"

    @property
    def uses(self) -> frozenset[str]:
        """Facts that are rewritten with, given, or marked in the gap."""
        return frozenset(self.rewrite) | frozenset(self.given) | markers(Integer(0) + self.gap)

    def setting(self, state: State) -> Setting:
        """What the normal form may use."""
        return state.setting(self.rewrite, self.given)

    def check(self, claim: Relation, state: State) -> None:
        """Compare normal forms and read the sign of the gap; then see a wrong claim fail in the same setting."""
        gap = Integer(0) + self.gap
        shown = sign(gap, state.known_signs(self.given))
        if shown not in _ENOUGH[claim.sense]:
            raise StepFailure(f"the combination's form shows {shown.value}, not what '{claim.sense.value}' needs")
        setting = self.setting(state)
        gap = without_markers(gap, state)
        if not normal_form(claim.difference - gap, setting).is_zero:
            raise StepFailure("right - left differs from the combination")
        if not some_alteration_fails(claim, lambda wrong: normal_form(wrong.difference - gap, setting).is_zero):
            raise StepFailure("the control failed: every altered claim passes as well, so the check shows nothing")


def identity(*rewrite: str, given: tuple[str, ...] = ()) -> Combination:
    """Equality of normal forms after rewriting with the named equalities."""
    return Combination(0, rewrite, given)
