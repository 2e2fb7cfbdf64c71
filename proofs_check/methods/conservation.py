"""What does not change along gradient flow: a quantity whose rate of change is zero at every point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from proofs_check.engine.proof import Scope, State, StepFailure, same_relation
from proofs_check.engine.substitution import label, letters_of
from theory.language.calculus import gradient_is, rate_is_zero
from theory.language.relations import Relation, equal
from theory.language.statement import GradientFlow

Point = tuple[Any, ...]


@dataclass(frozen=True)
class Conservation:
    """`quantity(end) = quantity(start)` for two points of one trajectory of gradient flow.

    Attributes:
        flow: name of the hypothesis that names the trajectory.
        quantity: polynomial function of the weights, in the order of the points.
        point: letters for the weights that no hypothesis mentions, so that the two facts hold at every point.
        direction: letters for a direction that no hypothesis mentions.
        gradient: the gradient of the loss in the letters of the point.
        gradient_fact: name of `gradient_is(loss, ...)`.
        rate_fact: name of `rate_is_zero(quantity, ...)`.
    """

    flow: str
    quantity: Callable[..., Any]
    point: Point
    direction: Point
    gradient: Point
    gradient_fact: str = "gradient"
    rate_fact: str = "rate"

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("constant",)
    gradient_is = staticmethod(gradient_is)
    rate_is_zero = staticmethod(rate_is_zero)

    @property
    def uses(self) -> frozenset[str]:
        """The trajectory, the gradient and the rate."""
        return frozenset({self.flow, self.gradient_fact, self.rate_fact})

    def check(self, claim: Relation, state: State) -> None:
        """Write down the two facts anew from the quantity and the loss, and compare."""
        flow = state.statement.hypotheses.get(self.flow)
        if not isinstance(flow, GradientFlow):
            raise StepFailure(f"{self.flow!r} names no trajectory of gradient flow")
        free = {label(letter) for letter in (*self.point, *self.direction)}
        if len(free) != len(self.point) + len(self.direction):
            raise StepFailure("a letter stands for two things")
        for name, hypothesis in state.statement.hypotheses.items():
            if free & letters_of(hypothesis):
                raise StepFailure(f"the point is not free: the hypothesis {name!r} speaks of it")
        rate = self.rate_is_zero(self.quantity, self.point, self.gradient)
        if not same_relation(rate, state.fact(self.rate_fact)):
            raise StepFailure(f"{self.rate_fact!r} does not say that the quantity's rate of change is zero")
        gradient = self.gradient_is(flow.loss, self.point, self.direction, self.gradient)
        if not same_relation(gradient, state.fact(self.gradient_fact)):
            raise StepFailure(f"{self.gradient_fact!r} does not say what the gradient of the loss is")
        if not same_relation(equal(self.quantity(*flow.end), self.quantity(*flow.start)), claim):
            raise StepFailure("the claim is not that the quantity is the same at both ends")
