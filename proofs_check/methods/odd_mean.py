"""The expectation of a bounded odd function of a normal number is zero."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol

from proofs_check.engine.expectations import Expectations, at_outcome, between, means_in, normal_letters
from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting
from proofs_check.rules.expectation import mean_of_odd
from proofs_check.rules.theorem import Theorem
from theory.language import terms
from theory.language.relations import Relation
from theory.language.substitution import Family, plain_family, substitute
from theory.language.terms import OUTCOME


@dataclass(frozen=True)
class OddMean(Method):
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

    name = "odd"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Turn the letter's sign and compare."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, given=self.given)
        functions = means_in([goal.left])
        if len(functions) != 1:
            raise StepFailure("the claim must read E f = 0")
        (function,) = functions
        letter = state.read.reader.letter(self.letter)
        opposite = Family((OUTCOME,), terms.negative(plain_family(letter).body))
        turned = substitute(function, {letter: opposite})
        odd = rewriting.equal(turned, terms.negative(function))
        low, high = at_outcome(state.fact(self.below)), at_outcome(state.fact(self.above))
        state.integrable.append(between(low, high, Expectations(rewriting)))
        return goal.closed(mean_of_odd(normal_letters(state), function, letter, odd))
