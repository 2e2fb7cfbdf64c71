"""From `a = b` to `f(a) = f(b)`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Scope, State, StepFailure
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class Congruence:
    """The claim's right side is its left side with one side of an established equality put for the other.

    Attributes:
        source: name of that equality, used letter by letter.
    """

    source: str

    name = "identity"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The equality."""
        return frozenset({self.source})

    def check(self, claim: Relation, state: State) -> None:
        """Replace and compare."""
        source = state.fact(self.source)
        if claim.sense is not Sense.EQUAL or source.sense is not Sense.EQUAL:
            raise StepFailure("both must be equalities")
        if claim.left == claim.right or claim.left.xreplace({source.left: source.right}) != claim.right:
            raise StepFailure(f"the claim does not follow by putting one side of {self.source!r} for the other")
