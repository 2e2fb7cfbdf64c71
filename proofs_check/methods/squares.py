"""Compare by squares: from `a^2 <= b^2` with `b >= 0` to `a <= b`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Rewriting
from proofs_check.rules import order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation
from theory.language.terms import Term


@dataclass(frozen=True)
class SquaresInOrder(Method):
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

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Square both sides and compare."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        unknown = "the form of the right side does not show that it is not negative"

        def compared(squares: Theorem, left: Term, right: Term, *facts: Theorem) -> Theorem:
            return order.squares_in_order(squares, rewriting.signs.needed(right, unknown), left, *facts)

        source = state.at_names(self.source, goal.scope)
        return goal.closed(rewriting.by_rule(goal.bare, (source,), compared))
