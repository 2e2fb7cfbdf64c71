"""From `x = e^t` to `log x = t`: the logarithm is the inverse of the exponential function."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import exp, log

from proofs_check.engine.proof import Scope, State, StepFailure
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class Logarithm:
    """The claim reads `log x = t`, and `x = e^t` is established, letter by letter.

    Attributes:
        source: name of that equality.
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
        """Compare letter by letter."""
        source = state.fact(self.source)
        if claim.sense is not Sense.EQUAL or source.sense is not Sense.EQUAL:
            raise StepFailure("both must be equalities")
        if source.right != exp(claim.right) or claim.left != log(source.left):
            raise StepFailure(f"{self.source!r} does not say that the exponential is what the logarithm is taken of")
