"""What does not change along gradient flow: a quantity whose rate of change is zero at every point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from proofs_check.letters import label, letters_of
from proofs_check.proof import Scope, State, StepFailure, same_relation
from theory.calculus import along_line, coefficient
from theory.indexed import IndexedArray
from theory.relations import Relation, equal
from theory.statement import GradientFlow

Point = tuple[Any, ...]


@dataclass(frozen=True)
class Conservation:
    """`quantity(end) = quantity(start)` for two points of one trajectory of gradient flow.

    Attributes:
        flow: name of the hypothesis that names the trajectory.
        quantity: polynomial function of the weights, in the order of the points.
        point: letters for the weights that no hypothesis mentions, so that the two facts hold at every point.
        velocity: what the weights change by in a unit of time, in those letters.
        direction: letters for a direction that no hypothesis mentions.
        rate: name of the fact that the quantity's coefficient of order 1 along the velocity is zero.
        gradient: name of the fact that the loss's coefficient of order 1 along the direction is minus the scalar
            product of the velocity and the direction: the velocity is the negative gradient.
    """

    flow: str
    quantity: Callable[..., Any]
    point: Point
    velocity: Point
    direction: Point
    rate: str
    gradient: str

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("constant",)

    @property
    def uses(self) -> frozenset[str]:
        """The trajectory, the rate and the gradient."""
        return frozenset({self.flow, self.rate, self.gradient})

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
        rate = equal(_rate(self.quantity(*along_line(self.point, self.velocity))), 0)
        if not same_relation(rate, state.fact(self.rate)):
            raise StepFailure(f"{self.rate!r} does not say that the quantity's rate of change is zero")
        change = coefficient(flow.loss(*along_line(self.point, self.direction)), 1)
        if not same_relation(equal(change, -_scalar_product(self.velocity, self.direction)), state.fact(self.gradient)):
            raise StepFailure(f"{self.gradient!r} does not say that the velocity is the negative gradient")
        if not same_relation(equal(self.quantity(*flow.end), self.quantity(*flow.start)), claim):
            raise StepFailure("the claim is not that the quantity is the same at both ends")


def _rate(quantity: Any) -> Any:
    if isinstance(quantity, IndexedArray):
        return IndexedArray(coefficient(quantity.expression, 1), quantity.axes, quantity.indices)
    return coefficient(quantity, 1)


def _scalar_product(first: Point, second: Point) -> Expr:
    return sum(a @ b if isinstance(b, IndexedArray) else a * b for a, b in zip(first, second, strict=True))
