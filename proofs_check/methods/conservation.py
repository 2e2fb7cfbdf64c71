"""What does not change along gradient flow: a quantity whose rate of change is zero at every point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting, Signs, useful_facts
from proofs_check.rules import calculus, equality, logic
from proofs_check.rules.theorem import Theorem
from theory.language import terms
from theory.language.calculus import Point
from theory.language.indexed import label_of
from theory.language.relations import Relation
from theory.language.substitution import plain_family, substitute
from theory.language.terms import OUTCOME, THE_OUTCOME, ZERO, Letter, Term


@dataclass(frozen=True)
class Conservation(Method):
    """`quantity(end) = quantity(start)` for two points of one trajectory of gradient flow.

    Attributes:
        flow: name of the hypothesis that names the trajectory.
        quantity: function of the weights, in the order of the points.
        point: letters for the weights that no hypothesis mentions, so that the two facts hold at every point.
        direction: letters for a direction that no hypothesis mentions.
        gradient: the gradient of the loss in the letters of the point.
        gradient_fact: name of the relation that says what the gradient is.
        rate_fact: name of the relation that says that the quantity's rate of change is zero.
    """

    flow: str
    quantity: Callable[..., Any]
    point: Point
    direction: Point
    gradient: Point
    gradient_fact: str = "gradient"
    rate_fact: str = "rate"

    name = "conservation"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Bring the two facts to the shape that the rule asks for, and compare what it gives with the claim."""
        goal, signs = Goal.of(claim, state), Signs(state)
        flow = state.fact(self.flow)
        flow = logic.at(flow, *(THE_OUTCOME for _ in flow.conclusion.prefix))
        reader, sorts = state.read.reader, flow.conclusion.data
        theta, along = (
            tuple(reader.letter(label_of(part)) for part in family) for family in (self.point, self.direction)
        )
        slopes = tuple(reader.array(part) for part in self.gradient)
        at, h = ([plain_family(letter).body for letter in family] for family in (theta, along))
        quantity = self._quantity(state, goal)
        loss = calculus.moved(flow.conclusion.terms[0], sorts, at, h)
        change = terms.add(
            *(calculus._total(kinds, terms.multiply(g.body, d)) for kinds, g, d in zip(sorts, slopes, h, strict=True))
        )
        turned = calculus.moved(quantity, sorts, at, [terms.negative(g.body) for g in slopes])
        gradient = self._fact(self.gradient_fact, loss, change, state, goal, signs)
        rate = self._fact(self.rate_fact, turned, ZERO, state, goal, signs)
        shown = calculus.conserved(flow, quantity, gradient, rate, theta, along, slopes)
        return goal.closed(Rewriting(signs).brought(shown, goal.left, goal.right))

    def _quantity(self, state: State, goal: Goal) -> Term:
        """The quantity in the letters of the weights, with the claim's indices free."""
        moved = self.quantity(*self.point)
        reader = state.read.reader
        family = reader.array(moved)
        own = [one for one in goal.variables if one.sort != OUTCOME]
        if [one.sort for one in own] != list(family.sorts):
            raise StepFailure("the claim is not that the quantity is the same at both ends")
        letters = [reader.letter(label_of(part)) for part in self.point]
        weights = {
            letter: plain_family(Letter(str(place), letter.sorts, "weight")) for place, letter in enumerate(letters)
        }
        return substitute(family.at(*own), weights)

    def _fact(self, name: str, body: Term, change: Term, state: State, goal: Goal, signs: Signs) -> Theorem:
        wanted = terms.coefficient(body, 1)
        theorem = state.fact(name)
        own = [one for one in goal.variables if one.sort != OUTCOME][: len(theorem.conclusion.prefix)]
        theorem = logic.at(theorem, *own) if own else theorem
        facts = useful_facts(signs, wanted, change, *theorem.conclusion.terms)
        return equality.same_difference(theorem, wanted, change, *facts)
