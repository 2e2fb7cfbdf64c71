"""What follows from facts by a search: linear consequences, factors that may be cancelled, definitions unfolded."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.consequence import Consequences
from proofs_check.engine.proof import Goal, Method, State
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class Consequence(Method):
    """The claim follows from established facts by one of a few general ways; the rules check what the search finds.

    Attributes:
        facts: names of facts to use; None for all.
    """

    facts: tuple[str, ...] | None = None

    name = "consequence"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Search."""
        return Consequences(state, self.facts).theorem(Goal.of(claim, state))
