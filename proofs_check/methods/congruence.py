"""From `a = b` to `f(a) = f(b)`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Rewriting, Signs, chain
from proofs_check.rules.equality import rewrite
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation
from theory.language.terms import Term


@dataclass(frozen=True)
class Congruence(Method):
    """The claim's right side is its left side with one side of an established equality put for the other.

    Attributes:
        source: name of that equality.
    """

    source: str

    name = "identity"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Replace and compare."""
        goal = Goal.of(claim, state)
        replaced = rewrite(goal.left, state.fact(self.source))
        if replaced.conclusion.right != goal.right:
            replaced = chain(replaced, self._rest(replaced.conclusion.right, goal, state))
        return goal.closed(replaced)

    def _rest(self, left: Term, goal: Goal, state: State) -> Theorem:
        """That what is there after replacing is the claim's right side."""
        return Rewriting(Signs(state)).equal(left, goal.right)
