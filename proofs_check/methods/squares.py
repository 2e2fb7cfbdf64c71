"""Compare by squares: from `a^2 <= b^2` with `b >= 0` to `a <= b`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, State, StepFailure
from proofs_check.engine.tactics import Signs, by_rule, equations_named
from proofs_check.rules import order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation
from theory.language.terms import Term


@dataclass(frozen=True)
class SquaresInOrder:
    """`a <= b` because `a^2 <= b^2` is established and the form of `b` shows that it is not negative.

    Attributes:
        source: name of the relation between the squares.
        rewrite: equalities to rewrite both sides with.
        given: inequalities that tell signs.
    """

    source: str
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"

    @property
    def uses(self) -> frozenset[str]:
        """The relation between the squares, and what shows the sign of the larger side."""
        return frozenset(self.rewrite) | frozenset(self.given) | {self.source}

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Square both sides and compare."""
        goal, signs = Goal.of(claim, state), Signs(state, self.given)

        def compared(squares: Theorem, left: Term, right: Term, *facts: Theorem) -> Theorem:
            sign = signs.of(right)
            if sign is None:
                raise StepFailure("the form of the right side does not show that it is not negative")
            return order.squares_in_order(squares, sign, left, *facts)

        source = state.at_names(self.source, goal.scope)
        return by_rule(goal, (source,), compared, equations_named(self.rewrite, state), state, signs)
