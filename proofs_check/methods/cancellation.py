"""Cancel a factor: from `f a <= f b` with `f > 0` to `a <= b`, and from `f a = f b` with `f != 0` to `a = b`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.proof import Scope, State, StepFailure, markers, without_markers
from proofs_check.engine.signs import Sign, sign
from theory.language.relations import Relation


@dataclass(frozen=True)
class Cancellation:
    """The claim times a positive factor is an established relation.

    Attributes:
        source: name of that relation, of the same sense as the claim.
        factor: an expression whose form shows that it is positive; `fact(name)` may stand in it.
        rewrite: equalities to rewrite both sides with.
        given: inequalities that tell signs.
    """

    source: str
    factor: Expr
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The relation that is divided, and what shows the factor's sign."""
        return frozenset(self.rewrite) | frozenset(self.given) | markers(self.factor) | {self.source}

    def check(self, claim: Relation, state: State) -> None:
        """Multiply out and compare; then see a wrong claim fail."""
        source = state.fact(self.source)
        if source.sense is not claim.sense:
            raise StepFailure(f"{self.source!r} says '{source.sense.value}', the claim '{claim.sense.value}'")
        if sign(self.factor, state.known_signs(self.given)) is not Sign.POSITIVE:
            raise StepFailure("the factor's form does not show that it is positive")
        setting = state.setting(self.rewrite, self.given)
        factor = without_markers(self.factor, state)
        if not normal_form(factor * claim.difference - source.difference, setting).is_zero:
            raise StepFailure(f"the factor times the claim is not {self.source!r}")
        if not some_alteration_fails(
            claim, lambda wrong: normal_form(factor * wrong.difference - source.difference, setting).is_zero
        ):
            raise StepFailure("the control failed: every altered claim passes as well, so the check shows nothing")
