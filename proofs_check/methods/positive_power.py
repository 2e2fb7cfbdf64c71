"""Powers of both sides: from `a = b^n` with `b > 0` to `a^p = b^(n p)`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Integer

from proofs_check.engine.proof import Goal, State, StepFailure
from proofs_check.engine.tactics import Signs, chain, closed_as, equal_after, equations_named
from proofs_check.rules import equality, order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation
from theory.language.terms import PRODUCT, Axis, Term, multiply, parts, real_power


@dataclass(frozen=True)
class PositivePower:
    """Both sides of an equality to one power, with the exponents of a positive base multiplied.

    The claim must read `a^p = b^q` with the letters of the source `a = b^n`, and `q = n p` as rational functions of
    the sizes.

    Attributes:
        source: name of the equality `a = b^n`.
        given: inequalities that tell the sign of `b`.
        sizes: equalities between sizes, such as `D = M + 1`, that the exponents are compared with.
    """

    source: str
    given: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()

    name = "derivation"

    @property
    def uses(self) -> frozenset[str]:
        """The equality, and what shows its base to be positive."""
        return frozenset(self.given) | frozenset(self.sizes) | {self.source}

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Raise the source to the power, and compare exponents."""
        goal, signs = Goal.of(claim, state), Signs(state, self.given)
        base, inner = state.relation(self.source).right.as_base_exp()
        _, power = claim.left.as_base_exp()
        found, exponent = (base, Integer(1)) if claim.right == base else claim.right.as_base_exp()
        if found != base:
            raise StepFailure(f"{claim.right} is no power of {base}")
        return self._joined(goal, state, signs, base, (inner, power, exponent))

    def _joined(
        self, goal: Goal, state: State, signs: Signs, base: Expr, exponents: tuple[Expr, Expr, Expr]
    ) -> Theorem:
        b = state.term(base)
        inner, power, exponent = (state.term(one) for one in exponents)
        positive = signs.of(b)
        if positive is None:
            raise StepFailure(f"{base} is not shown to be positive")
        source = state.at_names(self.source, goal.scope)
        if goal.left != real_power(source.conclusion.left, power):
            raise StepFailure(f"the left side is no power of {source.conclusion.left}")
        whole = [order.product_as_power(positive, axis) for axis in _axes(b, source.conclusion.right, goal.right)]
        as_power = equal_after(source.conclusion.right, real_power(b, inner), whole, state, signs)
        left = equality.rewrite(goal.left, chain(source, as_power))
        raised = chain(left, order.power_of_power(positive, inner, power))
        sizes = equations_named(self.sizes, state)
        compared = equal_after(multiply(inner, power), exponent, sizes, state, signs)
        joined = chain(raised, equality.rewrite(raised.conclusion.right, compared))
        return closed_as(chain(joined, equal_after(joined.conclusion.right, goal.right, whole, state, signs)), goal)


def _axes(base: Term, *sides: Term) -> list[Axis]:
    """Axes over which a side is a product of the base with itself."""
    found = {part.data for side in sides for part in parts(side) if part.head == PRODUCT and part.arguments[0] == base}
    return sorted(found)
