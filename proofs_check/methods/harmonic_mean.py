"""`E[X^2 Y^2 / (X^2 + Y^2)]` for independent centred normal `X` and `Y`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

from proofs_check.engine.expectations import Expectations, between, normal_letters
from proofs_check.engine.proof import Goal, State, StepFailure
from proofs_check.engine.tactics import Signs, chain, closed_as, combination, equal_after, weakly
from proofs_check.rules import equality, expectation
from proofs_check.rules.theorem import Theorem
from theory.language.formulas import Kind
from theory.language.relations import Relation
from theory.language.terms import ZERO, Term, add, inverse, multiply, power


@dataclass(frozen=True)
class HarmonicMean:
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

    @property
    def uses(self) -> frozenset[str]:
        """What tells the signs."""
        return frozenset(self.given)

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show the forms' moments, that the quotient lies between 0 and a square, and what its mean is."""
        goal, signs = Goal.of(claim, state), Signs(state, self.given)
        reader, normal = state.read.reader, normal_letters(state)
        x, y, a, b = (reader.expression(one) for one in (self.first, self.second, *self.scales))

        def moment(term: Term, value: Term) -> Theorem:
            found = expectation.mean_of_polynomial(normal, term)
            return chain(found, equal_after(found.conclusion.right, value, [], state, signs))

        uncorrelated = moment(multiply(x, y), ZERO)
        variances = moment(power(x, 2), power(a, 2)), moment(power(y, 2), power(b, 2))
        signed = [signs.of(one) for one in (a, b)]
        if any(one is None for one in signed):
            raise StepFailure("the deviations are not shown to be positive")
        first, second = (one for one in signed if one is not None)
        shown = expectation.mean_of_quotient(normal, x, y, uncorrelated, *variances, (first, second))
        self._integrable(x, y, state, signs)
        left, right = (
            equal_after(mine, wanted, [], state, signs)
            for mine, wanted in zip(shown.conclusion.terms, (goal.left, goal.right), strict=True)
        )
        return closed_as(equality.with_equal_sides(shown, left, right), goal)

    def _integrable(self, x: Term, y: Term, state: State, signs: Signs) -> None:
        """`0 <= x^2 y^2 / (x^2 + y^2) <= x^2`."""
        inverted = inverse(add(power(x, 2), power(y, 2)))
        quotient = multiply(power(x, 2), power(y, 2), inverted)
        below, rest = signs.of(quotient), signs.of(multiply(power(x, 4), inverted))
        if below is None or rest is None:
            raise StepFailure("the quotient is not shown to be nonnegative")
        above = combination(quotient, Kind.AT_MOST, power(x, 2), rest, [], state, signs)
        state.integrable.append(between(weakly(below), above, Expectations(state, signs)))
