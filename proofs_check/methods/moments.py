"""A combination in which expectations are worked out: linearity, and the moments of normal numbers."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.expectations import Expectations, means_in
from proofs_check.engine.proof import Goal, State
from proofs_check.engine.tactics import Signs, closed_as, combination, equations_named, gap_theorem, rewritten
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

    @property
    def uses(self) -> frozenset[str]:
        """The facts of the combination, and the established expectations."""
        return super().uses | frozenset(self.means)

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Rewrite, work out every expectation that is left, and compare."""
        goal, signs = Goal.of(claim, state), Signs(state, self.given)
        shown = gap_theorem(self.gap, state, goal, signs)
        equations = equations_named(self.rewrite, state)
        expectations = Expectations(state, signs, equations, [state.fact(name) for name in self.means])
        sides = (goal.left, goal.right, shown.conclusion.right)
        unfolded = [rewritten(side, equations, state, signs).conclusion.right for side in sides]
        worked_out = [expectations.value(term) for term in means_in(unfolded)]
        found = combination(goal.left, goal.kind, goal.right, shown, [*equations, *worked_out], state, signs)
        return closed_as(found, goal)
