"""The sharpness against a quadratic form: the two halves of the Rayleigh-Ritz theorem.

Both start from the loss itself: the quadratic form of the Hessian along a direction is twice the coefficient of
order 2 of the loss along that line, computed here by normal form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting
from proofs_check.rules import logic, sharpness
from proofs_check.rules.theorem import Theorem
from theory.language.indexed import IndexedArray, label_of
from theory.language.relations import Relation
from theory.language.statement import Sharpness
from theory.language.substitution import plain_family
from theory.language.terms import THE_OUTCOME, multiply

Direction = tuple[Any, ...]
"""One entry for each parameter: an `IndexedArray` for a family, an expression for a scalar."""


def squared_norm(direction: Direction) -> Expr:
    """Squared norm of a direction in parameter space."""
    return sum((part**2).total() if isinstance(part, IndexedArray) else part**2 for part in direction)


@dataclass(frozen=True)
class RayleighQuotient(Method):
    """`h^T (Hess L) h <= S ||h||^2` for one direction `h`.

    Attributes:
        direction: `h`, one part for each parameter of the loss.
        rewrite: equalities used to bring the quadratic form to the claim's left side.
        given: inequalities that tell signs.
    """

    direction: Direction
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "rayleigh"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Compare both sides with the quadratic form and the squared norm."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        top = _sharpness(state, claim.right.free_symbols)
        shown = sharpness.rayleigh_quotient(top, tuple(state.read.reader.array(part) for part in self.direction))
        return goal.closed(rewriting.brought(shown, goal.left, goal.right))


@dataclass(frozen=True)
class LeastUpperBound(Method):
    """`S <= U`, from `h^T (Hess L) h <= U ||h||^2` for every direction `h`.

    Attributes:
        source: name of the established relation, whose direction consists of free symbols that no hypothesis
            mentions, so that it holds for all of them.
        direction: those symbols.
        rewrite: equalities used to bring the quadratic form to the relation's left side.
        given: inequalities that tell signs.
    """

    source: str
    direction: Direction
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "rayleigh"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Bring the source to the shape of a bound on the quadratic form."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        top = _sharpness(state, {claim.left})
        letters = tuple(state.read.reader.letter(label_of(part)) for part in self.direction)
        direction = tuple(plain_family(letter) for letter in letters)
        form = sharpness.quadratic_form(top.conclusion, direction)
        source = state.at_names(self.source, goal.scope)
        bound = rewriting.brought(source, form, multiply(goal.right, sharpness.squared_norm(direction)))
        return goal.closed(sharpness.least_upper_bound(top, bound, letters, goal.right))


def _sharpness(state: State, among: set[Symbol]) -> Theorem:
    """The hypothesis that says what the sharpness is; of several, the one whose symbol is among the given ones."""
    for name, hypothesis in state.statement.hypotheses.items():
        if isinstance(hypothesis, Sharpness) and hypothesis.symbol in among:
            theorem = state.fact(name)
            return logic.at(theorem, *(THE_OUTCOME for _ in theorem.conclusion.prefix))
    raise StepFailure(f"{state.statement.id} does not speak of such a sharpness")
