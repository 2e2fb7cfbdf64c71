"""Positivity of a factor: from `0 < f g` with `f >= 0` to `0 < g`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting, gap_theorem
from proofs_check.rules import order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class PositiveFactor(Method):
    """A product is positive and all but one factor are not negative, so that one is positive.

    Attributes:
        source: name of the relation that is divided.
        factor: product of the other factors, whose form shows that it is not negative.
        rewrite: equalities to rewrite both sides with.
        given: inequalities that tell signs.
    """

    source: str
    factor: Expr
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show the sign, multiply out and compare."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        shown = gap_theorem(self.factor, goal, rewriting.signs)
        source = state.at_names(self.source, goal.scope)
        if source.conclusion.kind is not goal.kind:
            raise StepFailure(f"{self.source!r} says '{source.conclusion.kind.value}', the claim '{goal.kind.value}'")
        return goal.closed(rewriting.by_rule(goal.bare, (source, shown), order.positive_factor))
