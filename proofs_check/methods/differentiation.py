"""A derivative in one variable, by the rules."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, State, StepFailure
from proofs_check.engine.tactics import (
    Signs,
    chain,
    closed_as,
    equal_after,
    equations_named,
    function_facts,
    rewritten,
    turned,
    useful_facts,
)
from proofs_check.rules import calculus, equality, logic
from proofs_check.rules.theorem import Theorem
from theory.language import terms
from theory.language.relations import Relation
from theory.language.substitution import instantiate
from theory.language.terms import DERIVATIVE, REAL, Term, fresh


@dataclass(frozen=True)
class Differentiation:
    """The claim reads `d^k f / dx^k = g`, or the same at a value, for an expression `f` in the letters.

    Attributes:
        rewrite: equalities to rewrite both sides with, once the derivative is taken.
        given: inequalities that tell signs.
    """

    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "differentiation"

    @property
    def uses(self) -> frozenset[str]:
        """The facts that are rewritten with, and what tells signs."""
        return frozenset(self.rewrite) | frozenset(self.given)

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Differentiate and compare."""
        goal, signs = Goal.of(claim, state), Signs(state, self.given)
        if goal.left.head != DERIVATIVE:
            raise StepFailure("the claim must read: a derivative = an expression")
        equations = equations_named(self.rewrite, state)
        wanted = rewritten(goal.right, equations, state, signs)
        body, point = goal.left.arguments
        inner = (
            same_function(body, state, signs) if any(part.head == DERIVATIVE for part in terms.parts(body)) else None
        )
        start = equality.rewrite(goal.left, inner) if inner else equality.rewrite(goal.left)
        body, point = start.conclusion.right.arguments
        moved = rewritten(start.conclusion.right, equations, state, signs)
        body, point = moved.conclusion.right.arguments
        found = slope(body, point, wanted.conclusion.right, equations, state, signs)
        return closed_as(chain(chain(chain(start, moved), calculus.derivative_value(found)), turned(wanted)), goal)


def slope(body: Term, point: Term, value: Term, equations: list[Theorem], state: State, signs: Signs) -> Theorem:
    """The function has that derivative at the point."""
    facts = useful_facts(state, signs, instantiate(body, point), instantiate(body, fresh(REAL)))
    found = calculus.differentiated(body, point, facts, function_facts(state))
    return calculus.with_derivative(found, equal_after(found.conclusion.terms[2], value, equations, state, signs))


def same_function(body: Term, state: State, signs: Signs) -> Theorem:
    """`f'(t) = g(t)` for all `t`, for the derivative in a body."""
    inner = next(part for part in terms.parts(body) if part.head == DERIVATIVE)
    function = inner.arguments[0]
    variable = fresh(REAL)
    value = calculus.slope_of(instantiate(function, variable), variable, function_facts(state))
    found = slope(function, variable, value, [], state, signs)
    return logic.for_all(calculus.derivative_value(found), variable)
