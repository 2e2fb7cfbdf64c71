"""Compare by squares: from `a^2 <= b^2` with `b >= 0` to `a <= b`, and from `(a - b)^2 <= 0` to `a = b`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Rewriting, Signs
from proofs_check.rules import equality, order
from proofs_check.rules.theorem import Theorem
from theory.language.formulas import Kind
from theory.language.relations import Relation
from theory.language.terms import ZERO, Term, negative, subtract


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
        """Compare both sides by the relation between the squares."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        source = state.at_names(self.source, goal.scope)
        return goal.closed(rewriting.by_rule(goal.bare, (source,), partial(self._compared, rewriting.signs)))

    def _compared(self, signs: Signs, squares: Theorem, left: Term, right: Term, *facts: Theorem) -> Theorem:
        sign = signs.needed(right, "the form of the right side does not show that it is not negative")
        return order.squares_in_order(squares, sign, left, *facts)


@dataclass(frozen=True)
class ZeroSquare(SquaresInOrder):
    """`a = b` because `(a - b)^2 <= 0` is established.

    Attributes:
        source: name of the relation that says so.
        rewrite: equalities to rewrite both with.
        given: inequalities that tell signs.
    """

    def _compared(self, _: Signs, squares: Theorem, left: Term, right: Term, *facts: Theorem) -> Theorem:
        """Neither `a - b` nor `b - a` is above 0."""
        zero, difference = order.numbers(ZERO, Kind.AT_MOST, ZERO), subtract(left, right)
        below = order.squares_in_order(squares, zero, difference, *facts)
        above = order.squares_in_order(squares, zero, negative(difference), *facts)
        both = order.antisymmetric(below, equality.same_difference(above, ZERO, difference))
        return equality.same_difference(both, left, right)
