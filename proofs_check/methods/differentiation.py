"""A derivative in one variable, by the rules."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting, chain, function_facts, turned, useful_facts
from proofs_check.rules import calculus, equality, logic
from proofs_check.rules.theorem import Theorem
from theory.language import terms
from theory.language.relations import Relation
from theory.language.substitution import instantiate
from theory.language.terms import DERIVATIVE, REAL, Term, fresh


@dataclass(frozen=True)
class Differentiation(Method):
    """The claim reads `d^k f / dx^k = g`, or the same at a value, for an expression `f` in the letters.

    Attributes:
        rewrite: equalities to rewrite both sides with, once the derivative is taken.
        given: inequalities that tell signs.
    """

    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "differentiation"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Differentiate and compare."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        if goal.left.head != DERIVATIVE:
            raise StepFailure("the claim must read: a derivative = an expression")
        wanted = rewriting.of(goal.right)
        nested = any(part.head == DERIVATIVE for part in terms.parts(goal.left.arguments[0]))
        inner = [same_function(goal.left.arguments[0], rewriting)] if nested else []
        start = equality.rewrite(goal.left, *inner)
        moved = rewriting.of(start.conclusion.right)
        body, point = moved.conclusion.right.arguments
        found = slope(body, point, wanted.conclusion.right, rewriting)
        return goal.closed(chain(chain(chain(start, moved), calculus.derivative_value(found)), turned(wanted)))


def slope(body: Term, point: Term, value: Term, rewriting: Rewriting) -> Theorem:
    """The function has that derivative at the point."""
    facts = useful_facts(rewriting.signs, instantiate(body, point), instantiate(body, fresh(REAL)))
    found = calculus.differentiated(body, point, facts, function_facts(rewriting.signs.state))
    return calculus.with_derivative(found, rewriting.equal(found.conclusion.terms[2], value))


def same_function(body: Term, rewriting: Rewriting) -> Theorem:
    """`f'(t) = g(t)` for all `t`, for the derivative in a body."""
    inner = next(part for part in terms.parts(body) if part.head == DERIVATIVE)
    function = inner.arguments[0]
    variable = fresh(REAL)
    signs = rewriting.signs
    value = calculus.slope_of(instantiate(function, variable), variable, function_facts(signs.state))
    found = slope(function, variable, value, Rewriting(signs))
    return logic.for_all(calculus.derivative_value(found), variable)
