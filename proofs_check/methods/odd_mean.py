"""The expectation of a bounded odd function of a normal number is zero."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol

from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.random_variables import RandomVariables
from theory.language.expectation import Mean
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class OddMean:
    """`E f = 0` where the sign of `f` turns with that of one normal letter, and `-1 <= f <= 1`.

    Attributes:
        letter: the letter.
        below: name of the fact `-1 <= f`.
        above: name of the fact `f <= 1`.
        given: inequalities that tell signs.
    """

    letter: Symbol
    below: str
    above: str
    given: tuple[str, ...] = ()

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("expectation", "gaussian")

    @property
    def uses(self) -> frozenset[str]:
        """The two bounds, which make the function integrable, and the signs."""
        return frozenset(self.given) | {self.below, self.above}

    def check(self, claim: Relation, state: State) -> None:
        """Turn the letter's sign and compare; then see a wrong claim fail."""
        letters = RandomVariables.of(state)
        if self.letter not in letters.scales:
            raise StepFailure(f"{self.letter} is not normal")
        if claim.sense is not Sense.EQUAL or claim.right != 0 or not isinstance(claim.left, Mean):
            raise StepFailure("the claim must read E f = 0")
        function = claim.left.args[0]
        if function.free_symbols & letters.functions:
            raise StepFailure("the function holds other functions of the letter")
        below, above = state.fact(self.below), state.fact(self.above)
        if (below.left, below.right, above.left, above.right) != (-1, function, function, 1):
            raise StepFailure("the function is not known to be bounded")
        if Sense.EQUAL in (below.sense, above.sense):
            raise StepFailure("the bounds must be inequalities")
        setting = state.setting((), self.given)

        def is_odd(relation: Relation) -> bool:
            function = relation.left.args[0]
            turned = function.xreplace({self.letter: -self.letter})
            return normal_form(function + turned, setting).is_zero

        if not is_odd(claim):
            raise StepFailure(f"the function does not turn its sign with {self.letter}")
        wrong = Relation(Mean(function * self.letter), Sense.EQUAL, claim.right)
        if is_odd(wrong):
            raise StepFailure("the control failed: an even function passes as well, so the check shows nothing")
