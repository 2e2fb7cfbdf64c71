"""From `A <= B` for every outcome to `E A <= E B`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.expectations import Expectations, at_outcome, between
from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Rewriting
from proofs_check.rules.expectation import mean_in_order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class Monotone(Method):
    """The claim is an established inequality with the expectation of both sides.

    Attributes:
        source: name of that inequality, which holds for almost all outcomes.
        bounded: pairs of names of inequalities, one that bounds a random number from below and one from above, which
            show that it is integrable.
        rewrite: equalities that make the bounds polynomials in the normal letters.
        given: inequalities that tell signs.
    """

    source: str
    bounded: tuple[tuple[str, str], ...] = ()
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "monotone"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show both sides to be integrable."""
        goal, expectations = Goal.of(claim, state), Expectations(Rewriting.named(state, self.rewrite, self.given))
        for below, above in self.bounded:
            low, high = at_outcome(state.fact(below)), at_outcome(state.fact(above))
            state.integrable.append(between(low, high, expectations))
        source = at_outcome(state.fact(self.source))
        sides = (expectations.integrable(side) for side in source.conclusion.terms)
        return goal.closed(mean_in_order(source, *sides))
