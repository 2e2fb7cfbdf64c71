"""From `A <= B` for every outcome to `E A <= E B`."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Scope, State, StepFailure, free_indices
from proofs_check.engine.random_variables import RandomVariables
from theory.language.expectation import Mean
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class Monotone:
    """The claim is an established inequality with the expectation of both sides, letter by letter.

    Attributes:
        source: name of that inequality. Facts hold for every outcome, or for all but a set of probability 0, as the
            hypotheses do.
    """

    source: str

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("expectation",)

    @property
    def uses(self) -> frozenset[str]:
        """The inequality."""
        return frozenset({self.source})

    def check(self, claim: Relation, state: State) -> None:
        """Compare the two sides."""
        RandomVariables.of(state)
        source = state.fact(self.source)
        if source.sense not in (Sense.AT_MOST, Sense.LESS) or claim.sense is not Sense.AT_MOST:
            raise StepFailure(f"{self.source!r} is no inequality, or the claim does not read E A <= E B")
        if free_indices(source):
            raise StepFailure(f"{self.source!r} has free indices")
        if claim.left != Mean(source.left) or claim.right != Mean(source.right):
            raise StepFailure(f"the claim is not {self.source!r} with the expectation of both sides")
