"""Positivity of a factor: from `0 < f g` with `f >= 0` to `0 < g`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from proofs_check.engine.proof import Goal, State, StepFailure, markers
from proofs_check.engine.tactics import Signs, by_rule, equations_named, gap_theorem
from proofs_check.rules import order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class PositiveFactor:
    """A product is positive and all but one factor are not negative, so that one is positive.

    Attributes:
        source: name of the relation that is divided.
        others: product of the other factors, whose form shows that it is not negative.
        rewrite: equalities to rewrite both sides with.
        given: inequalities that tell signs.
    """

    source: str
    others: Expr
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"

    @property
    def uses(self) -> frozenset[str]:
        """The relation, and what shows the sign of the factor."""
        return frozenset(self.rewrite) | frozenset(self.given) | markers(self.others) | {self.source}

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show the sign, multiply out and compare."""
        goal, signs = Goal.of(claim, state), Signs(state, self.given)
        shown = gap_theorem(self.others, state, goal, signs)
        source = state.at_names(self.source, goal.scope)
        if source.conclusion.kind is not goal.kind:
            raise StepFailure(f"{self.source!r} says '{source.conclusion.kind.value}', the claim '{goal.kind.value}'")
        return by_rule(goal, (source, shown), order.positive_factor, equations_named(self.rewrite, state), state, signs)
