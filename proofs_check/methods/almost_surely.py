"""A sum of squares of normal numbers is positive but for a set of outcomes of probability 0."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.random_variables import RandomVariables
from proofs_check.engine.signs import Sign, sign
from theory.language.expectation import Mean
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class AlmostSurely:
    """`0 < p` for a polynomial `p` in the normal letters whose form is nonnegative and whose mean is positive.

    Attributes:
        mean: name of the established relation `0 < E p`; it shows that the polynomial is not zero.
    """

    mean: str

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("gaussian",)

    @property
    def uses(self) -> frozenset[str]:
        """The relation for the mean."""
        return frozenset({self.mean})

    def check(self, claim: Relation, state: State) -> None:
        """See that it is a polynomial in the normal letters, nonnegative by form, with a positive mean."""
        letters = RandomVariables.of(state)
        if claim.sense is not Sense.LESS or claim.left != 0:
            raise StepFailure("the claim must read 0 < p")
        mean = state.fact(self.mean)
        if mean.sense is not Sense.LESS or mean.left != 0 or mean.right != Mean(claim.right):
            raise StepFailure(f"{self.mean!r} does not say that the mean is positive")
        if sign(claim.right, state.known_signs(())) is Sign.UNKNOWN:
            raise StepFailure("the form does not show that the polynomial is nonnegative")
        for term in normal_form(claim.right, state.setting((), ())).terms.values():
            for atom, exponent in term.factors.items():
                random = letters.in_atom(atom)
                if random and (atom[0] not in ("scalar", "entry") or exponent < 0 or random & letters.functions):
                    raise StepFailure("not a polynomial in the normal letters")
