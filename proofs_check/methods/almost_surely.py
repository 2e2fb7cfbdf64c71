"""A sum of squares of normal numbers is positive but for a set of outcomes of probability 0."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.expectations import normal_letters
from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Signs, weakened
from proofs_check.rules.expectation import almost_surely_positive
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class AlmostSurely(Method):
    """`0 < p` for a polynomial `p` in the normal letters whose form is nonnegative and whose mean is positive.

    Attributes:
        mean: name of the established relation `0 < E p`; it shows that the polynomial is not zero.
    """

    mean: str

    name = "almost surely"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Read the sign off the form."""
        goal = Goal.of(claim, state)
        shown = Signs(state).needed(goal.right, "the form does not show that the polynomial is nonnegative")
        return goal.closed(almost_surely_positive(normal_letters(state), weakened(shown), state.fact(self.mean)))
