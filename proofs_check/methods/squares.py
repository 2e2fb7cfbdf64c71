"""Compare by squares: from `a^2 <= b^2` with `b >= 0` to `a <= b`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.signs import Sign, sign
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class SquaresInOrder:
    """`a <= b` because `a^2 <= b^2` is established and the form of `b` shows that it is not negative.

    Were `a > b >= 0`, the square of `a` would be larger than that of `b`.

    Attributes:
        source: name of the relation between the squares.
        rewrite: equalities to rewrite both sides with.
        given: inequalities that tell signs.
    """

    source: str
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The relation between the squares, and what shows the sign of the larger side."""
        return frozenset(self.rewrite) | frozenset(self.given) | {self.source}

    def check(self, claim: Relation, state: State) -> None:
        """Square both sides and compare; then see a wrong claim fail."""
        source = state.fact(self.source)
        if source.sense is not Sense.AT_MOST or claim.sense is not Sense.AT_MOST:
            raise StepFailure("both the source and the claim must say '<='")
        if sign(claim.right, state.known_signs(self.given)) is Sign.UNKNOWN:
            raise StepFailure("the form of the right side does not show that it is not negative")
        setting = state.setting(self.rewrite, self.given)

        def squares(relation: Relation) -> bool:
            difference = relation.right**2 - relation.left**2
            return normal_form(difference - source.difference, setting).is_zero

        if not squares(claim):
            raise StepFailure(f"the squares of the two sides are not those of {self.source!r}")
        if not some_alteration_fails(claim, squares):
            raise StepFailure("the control failed: every altered claim passes as well, so the check shows nothing")
