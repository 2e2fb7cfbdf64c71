"""`E[X^2 Y^2 / (X^2 + Y^2)]` for independent centred normal `X` and `Y`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

from proofs_check.engine.expectations import Expectations, between, normal_letters
from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Rewriting, chain, weakened
from proofs_check.rules import expectation
from proofs_check.rules.theorem import Theorem
from theory.language.formulas import Kind, compare
from theory.language.relations import Relation
from theory.language.terms import ZERO, Term, add, inverse, multiply, power


@dataclass(frozen=True)
class HarmonicMean(Method):
    """The claim `E[x^2 y^2 / (x^2 + y^2)] = value` for two linear forms in the normal letters.

    Attributes:
        first: `x`.
        second: `y`.
        scales: standard deviations of the two, positive symbols.
        given: inequalities that tell signs.
    """

    first: Expr
    second: Expr
    scales: tuple[Symbol, Symbol]
    given: tuple[str, ...] = ()

    name = "harmonic mean"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show the forms' moments, that the quotient lies between 0 and a square, and what its mean is."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, given=self.given)
        reader, normal, signs = state.read.reader, normal_letters(state), rewriting.signs
        x, y, a, b = (reader.expression(one) for one in (self.first, self.second, *self.scales))

        def moment(term: Term, value: Term) -> Theorem:
            found = expectation.mean_of_polynomial(normal, term)
            return chain(found, rewriting.equal(found.conclusion.right, value))

        uncorrelated = moment(multiply(x, y), ZERO)
        variances = moment(power(x, 2), power(a, 2)), moment(power(y, 2), power(b, 2))
        first, second = (signs.needed(one, "the deviations are not shown to be positive") for one in (a, b))
        shown = expectation.mean_of_quotient(normal, x, y, uncorrelated, *variances, (first, second))
        state.integrable.append(self._integrable(x, y, rewriting))
        return goal.closed(rewriting.brought(shown, goal.left, goal.right))

    def _integrable(self, x: Term, y: Term, rewriting: Rewriting) -> Theorem:
        """`0 <= x^2 y^2 / (x^2 + y^2) <= x^2`."""
        inverted = inverse(add(power(x, 2), power(y, 2)))
        quotient = multiply(power(x, 2), power(y, 2), inverted)
        below, rest = (
            rewriting.signs.needed(one, "the quotient is not shown to be nonnegative")
            for one in (quotient, multiply(power(x, 4), inverted))
        )
        above = rewriting.combination(compare(quotient, Kind.AT_MOST, power(x, 2)), rest)
        return between(weakened(below), above, Expectations(rewriting))
