"""What does not change along gradient flow, for quantities and losses that are no polynomials."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, State
from proofs_check.engine.tactics import Rewriting, Signs
from proofs_check.methods.conservation import Conservation
from proofs_check.methods.differentiation import slope
from proofs_check.rules.theorem import Theorem
from theory.language.terms import ZERO, Term


@dataclass(frozen=True)
class SmoothConservation(Conservation):
    """As for polynomials, with derivatives along lines in place of coefficients.

    Attributes:
        rewrite: equalities to rewrite derivatives with.
        given: inequalities that tell signs.
    """

    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    def _fact(self, name: str, body: Term, change: Term, state: State, goal: Goal, signs: Signs) -> Theorem:
        """Differentiate anew: an equality says what the derivative is worth, not that there is one."""
        return slope(body, ZERO, change, Rewriting.named(state, self.rewrite, self.given))
