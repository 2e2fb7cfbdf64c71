"""The sharpness against a quadratic form: the two halves of the Rayleigh-Ritz theorem.

Both start from the loss itself: the quadratic form of the Hessian along a direction is twice the coefficient of
order 2 of the loss along that line, computed here by normal form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, Symbol

from proofs_check.engine.normal_form import NormalForm, Setting, normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from theory.language.calculus import along_line, coefficient
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, Sense
from theory.language.statement import Sharpness

Direction = tuple[Any, ...]
"""One entry for each parameter: an `IndexedArray` for a family, an expression for a scalar."""


def squared_norm(direction: Direction) -> Expr:
    """Squared norm of a direction in parameter space."""
    return sum((part**2).total() if isinstance(part, IndexedArray) else part**2 for part in direction)


def quadratic_form(sharpness: Sharpness, direction: Direction, setting: Setting) -> NormalForm:
    """`h^T (Hess L) h` along a direction: twice the coefficient of order 2 of the loss on the line."""
    moved = along_line(sharpness.point, direction)
    return normal_form(2 * coefficient(sharpness.loss(*moved), 2), setting)


@dataclass(frozen=True)
class RayleighQuotient:
    """`h^T (Hess L) h <= S ||h||^2` for one direction `h`.

    The claim must have `S ||h||^2` on its right side, letter by letter, and on its left any expression equal to the
    quadratic form.

    Attributes:
        direction: `h`, one part for each parameter of the loss.
        rewrite: equalities used to bring the quadratic form to the claim's left side.
        given: inequalities that tell signs.
    """

    direction: Direction
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("rayleigh", "taylor")

    @property
    def uses(self) -> frozenset[str]:
        """The facts named, and the hypothesis that says what the sharpness is."""
        return frozenset(self.rewrite) | frozenset(self.given)

    def check(self, claim: Relation, state: State) -> None:
        """Compare both sides with the quadratic form and the squared norm."""
        sharpness = state.statement.sharpness(claim.right.free_symbols)
        setting = state.setting(self.rewrite, self.given)
        if claim.sense is not Sense.AT_MOST:
            raise StepFailure("a Rayleigh quotient bounds the sharpness from below only: h^T H h <= S ||h||^2")
        _match(claim.left, quadratic_form(sharpness, self.direction, setting), setting)
        bound = normal_form(claim.right - sharpness.symbol * squared_norm(self.direction), setting)
        if not bound.is_zero:
            raise StepFailure("the right side is not the sharpness times the squared norm of the direction")


@dataclass(frozen=True)
class LeastUpperBound:
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

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("rayleigh", "taylor")

    @property
    def uses(self) -> frozenset[str]:
        """The bound on the quadratic form, and what brings the form to that shape."""
        return frozenset(self.rewrite) | frozenset(self.given) | {self.source}

    def check(self, claim: Relation, state: State) -> None:
        """See that the direction is free and that the source bounds the quadratic form by the claim's bound."""
        sharpness = state.statement.sharpness({claim.left})
        setting = state.setting(self.rewrite, self.given)
        source = state.fact(self.source)
        if claim.sense is not Sense.AT_MOST or claim.left != sharpness.symbol:
            raise StepFailure("the claim must read S <= U")
        letters = _letters(self.direction)
        for name in state.statement.hypotheses:
            relation = state.facts.get(name)
            if relation is not None and letters & (relation.left.free_symbols | relation.right.free_symbols):
                raise StepFailure(f"the direction is not free: the hypothesis {name!r} speaks of it")
        if letters & claim.right.free_symbols or letters & _letters(sharpness.point):
            raise StepFailure("the bound or the point depends on the direction")
        if source.sense is not Sense.AT_MOST:
            raise StepFailure(f"{self.source!r} is not of the form h^T H h <= U ||h||^2")
        _match(source.left, quadratic_form(sharpness, self.direction, setting), setting)
        if not normal_form(source.right - claim.right * squared_norm(self.direction), setting).is_zero:
            raise StepFailure(f"{self.source!r} does not bound the form by the claimed number times ||h||^2")


def _match(expression: Expr, form: NormalForm, setting: Setting) -> None:
    given = normal_form(expression, setting)
    negated = [replace(term, coefficient=-term.coefficient) for term in form.terms.values()]
    if not NormalForm([*given.terms.values(), *negated], setting).is_zero:
        raise StepFailure("the expression is not the Hessian's quadratic form along the direction")


def _letters(direction: Direction) -> set[Symbol]:
    letters: set[Symbol] = set()
    for part in direction:
        if isinstance(part, IndexedArray):
            if not part.expression.is_Indexed:
                raise StepFailure("a free direction must consist of plain families and symbols")
            letters.add(part.expression.base.label)
        elif part.is_Symbol:
            letters.add(part)
        else:
            raise StepFailure("a free direction must consist of plain families and symbols")
    return letters
