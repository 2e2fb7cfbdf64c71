"""A combination in which expectations are worked out: linearity, and the moments of normal numbers."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.expectations import Expectations, means_in
from proofs_check.engine.proof import Goal, State
from proofs_check.engine.tactics import Rewriting, gap_theorem
from proofs_check.methods.combination import Combination
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class Moments(Combination):
    """As a combination, with `E[...]` opened on both sides and in the facts that the gap marks.

    Attributes:
        means: names of facts `E[f] = value` that are used for the expectation of a product that is no polynomial.
    """

    means: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """It rests on axioms, whether or not there is a gap."""
        return "moments"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Rewrite, work out every expectation that is left, and compare."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        shown = gap_theorem(self.gap, goal, rewriting.signs)
        expectations = Expectations(rewriting, [state.fact(name) for name in self.means])
        unfolded = [rewriting.of(side).conclusion.right for side in (goal.left, goal.right, shown.conclusion.right)]
        worked_out = [expectations.value(term) for term in means_in(unfolded)]
        both = Rewriting(rewriting.signs, [*rewriting.equations, *worked_out])
        return goal.closed(both.combination(goal.bare, shown))
