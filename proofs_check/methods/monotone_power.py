"""Powers keep order: from `a^p < b^p` with `a, b, p > 0` to `a < b`, and the same with `<=`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Rewriting, useful_facts, weakened
from proofs_check.rules import equality, order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation
from theory.language.terms import Term, real_power


@dataclass(frozen=True)
class MonotonePower(Method):
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

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Raise both sides and compare."""
        goal, signs = Goal.of(claim, state), Rewriting.named(state, given=self.given).signs
        exponent = state.read.reader.expression(self.exponent, scope=goal.scope)

        def sign(term: Term) -> Theorem:
            return signs.needed(term, f"{term} is not shown to be positive")

        powers = real_power(goal.left, exponent), real_power(goal.right, exponent)
        source = state.at_names(self.source, goal.scope)
        facts = useful_facts(signs, *powers, *source.conclusion.terms)
        raised = equality.same_difference(source, *powers, *facts)
        signed = (weakened(sign(goal.left)), weakened(sign(goal.right)))
        return goal.closed(order.powers_in_order(raised, sign(exponent), *signed))
