"""Powers keep order: from `a^p < b^p` with `a, b, p > 0` to `a < b`, and the same with `<=`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Integer

from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.signs import Sign, sign
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class MonotonePower:
    """The same positive power of both sides is an established relation of the same sense.

    Attributes:
        source: name of `a^p < b^p` or `a^p <= b^p`; `1` counts as its own power.
        exponent: `p`, whose form shows that it is positive.
        given: inequalities that tell the signs of `a` and `b`.
    """

    source: str
    exponent: Expr
    given: tuple[str, ...] = ()

    name = "derivation"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The relation between the powers, and what tells signs."""
        return frozenset(self.given) | {self.source}

    def check(self, claim: Relation, state: State) -> None:
        """Raise both sides and compare letter by letter; then see a wrong exponent fail."""
        source, known = state.fact(self.source), state.known_signs(self.given)
        if claim.sense is Sense.EQUAL or source.sense is not claim.sense:
            raise StepFailure(f"{self.source!r} says '{source.sense.value}', the claim '{claim.sense.value}'")
        for side in (claim.left, claim.right, self.exponent):
            if sign(side, known) is not Sign.POSITIVE:
                raise StepFailure(f"{side} is not shown to be positive")

        def reaches(exponent: Expr) -> bool:
            return (claim.left**exponent, claim.right**exponent) == (source.left, source.right)

        if not reaches(self.exponent):
            raise StepFailure(f"the claim to the power {self.exponent} is not {self.source!r}")
        if reaches(self.exponent + Integer(1)):
            raise StepFailure("the control failed: a wrong exponent passes as well")
