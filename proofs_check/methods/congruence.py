"""From `a = b` to `f(a) = f(b)`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, State
from proofs_check.engine.tactics import Signs, chain, closed_as, equal_after
from proofs_check.rules.equality import rewrite
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class Congruence:
    """The claim's right side is its left side with one side of an established equality put for the other.

    Attributes:
        source: name of that equality.
    """

    source: str

    name = "identity"

    @property
    def uses(self) -> frozenset[str]:
        """The equality."""
        return frozenset({self.source})

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Replace and compare."""
        goal = Goal.of(claim, state)
        replaced = rewrite(goal.left, state.fact(self.source))
        if replaced.conclusion.right != goal.right:
            replaced = chain(replaced, equal_after(replaced.conclusion.right, goal.right, [], state, Signs(state)))
        return closed_as(replaced, goal)
