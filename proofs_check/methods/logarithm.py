"""From `x = e^t` to `log x = t`: the logarithm is the inverse of the exponential function."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.proof import Goal, State
from proofs_check.methods.congruence import Congruence
from proofs_check.rules.calculus import logarithm_of_exponential
from proofs_check.rules.theorem import Theorem
from theory.language.terms import Term


@dataclass(frozen=True)
class Logarithm(Congruence):
    """The claim reads `log x = t`, and `x = e^t` is established, letter by letter.

    Attributes:
        source: name of that equality.
    """

    def _rest(self, _: Term, goal: Goal, __: State) -> Theorem:
        return logarithm_of_exponential(goal.right)
