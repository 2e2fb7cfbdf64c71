"""Equality of normal forms, alone (`identity`) or after a certificate is taken away (`derivation`).

A relation holds if `right - left` equals an expression whose form shows the sign that the relation's sense asks
for: zero, nonnegative or positive. The certificate is that expression, found by anyone; the rules check one normal form
and the signs of its parts.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Rewriting, gap_theorem
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class Combination(Method):
    """`right - left` equals `gap`, and the form of `gap` shows its sign.

    Attributes:
        gap: an expression in squares, products and sums; `fact(name)` in it stands for an earlier relation.
        rewrite: equalities whose left sides are replaced by their right sides throughout.
        given: inequalities `0 < p` or `0 <= p` that tell the signs of what is divided by or under a root.
    """

    gap: Expr | int = 0
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`identity` where there is nothing but the two sides."""
        return "identity" if self.gap == 0 else "derivation"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show the sign of the gap, and that it is the difference of the two sides."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        return goal.closed(rewriting.combination(goal.bare, gap_theorem(self.gap, goal, rewriting.signs)))


def identity(*rewrite: str, given: tuple[str, ...] = ()) -> Combination:
    """Equality of normal forms after rewriting with the named equalities."""
    return Combination(0, rewrite, given)
