"""Positivity of a factor: from `0 < f g` with `f >= 0` to `0 < g`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.signs import Sign, sign
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class PositiveFactor:
    """A product is positive and all but one factor are not negative, so that one is positive.

    Attributes:
        source: name of the relation `0 < product`.
        others: product of the other factors, whose form shows that it is not negative.
        rewrite: equalities to rewrite both sides with.
        given: inequalities that tell signs.
    """

    source: str
    others: Expr
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The product, and what shows the other factors' sign."""
        return frozenset(self.rewrite) | frozenset(self.given) | {self.source}

    def check(self, claim: Relation, state: State) -> None:
        """Multiply out and compare; then see a wrong claim fail."""
        source = state.fact(self.source)
        if source.sense is not Sense.LESS or claim.sense is not Sense.LESS:
            raise StepFailure("both the source and the claim must be strict")
        if sign(self.others, state.known_signs(self.given)) is Sign.UNKNOWN:
            raise StepFailure("the form of the other factors does not show that they are not negative")
        setting = state.setting(self.rewrite, self.given)

        def is_product(relation: Relation) -> bool:
            return normal_form(self.others * relation.difference - source.difference, setting).is_zero

        if not is_product(claim):
            raise StepFailure(f"the factors multiply to something else than {self.source!r}")
        if not some_alteration_fails(claim, is_product):
            raise StepFailure("the control failed: every altered claim passes as well, so the check shows nothing")
