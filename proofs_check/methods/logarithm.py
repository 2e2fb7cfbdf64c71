"""From `x = e^t` to `log x = t`: the logarithm is the inverse of the exponential function."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import chain
from proofs_check.rules.calculus import logarithm_of_exponential
from proofs_check.rules.equality import rewrite
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class Logarithm(Method):
    """The claim reads `log x = t`, and `x = e^t` is established, letter by letter.

    Attributes:
        source: name of that equality.
    """

    source: str

    name = "identity"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Put the exponential for what the logarithm is taken of."""
        goal = Goal.of(claim, state)
        replaced = rewrite(goal.left, state.fact(self.source))
        return goal.closed(chain(replaced, logarithm_of_exponential(goal.right)))
