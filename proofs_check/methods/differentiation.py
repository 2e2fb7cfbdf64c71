"""A derivative in one variable: SymPy differentiates, the normal form compares."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Derivative, Subs

from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from theory.language.directional_derivative import worked_out
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class Differentiation:
    """The claim reads `d^k f / dx^k = g`, or the same at a value, for an expression `f` in the letters.

    Attributes:
        rewrite: equalities to rewrite both sides with, once the derivative is taken.
        given: inequalities that tell signs.
    """

    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("calculus",)

    @property
    def uses(self) -> frozenset[str]:
        """The facts that are rewritten with, and what tells signs."""
        return frozenset(self.rewrite) | frozenset(self.given)

    def check(self, claim: Relation, state: State) -> None:
        """Differentiate and compare; then see a wrong claim fail."""
        if claim.sense is not Sense.EQUAL or not isinstance(claim.left, Derivative | Subs):
            raise StepFailure("the claim must read: a derivative = an expression")
        derivative = worked_out(claim.left)
        if derivative.has(Derivative, Subs):
            raise StepFailure(f"no rule to differentiate {claim.left}")
        setting = state.setting(self.rewrite, self.given)

        def is_derivative(relation: Relation) -> bool:
            return normal_form(derivative - relation.right, setting).is_zero

        if not is_derivative(claim):
            raise StepFailure(f"the derivative is {derivative}")
        altered = Relation(claim.right, Sense.EQUAL, claim.right)
        if not some_alteration_fails(
            altered,
            lambda wrong: is_derivative(Relation(claim.left, wrong.sense, wrong.left + wrong.right - claim.right)),
        ):
            raise StepFailure("the control failed: every altered claim passes as well, so the check shows nothing")
