"""Powers of both sides: from `a = b^n` with `b > 0` to `a^p = b^(n p)`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Integer

from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting, chain
from proofs_check.rules import equality, order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation
from theory.language.terms import PRODUCT, Axis, Term, multiply, parts, real_power


@dataclass(frozen=True)
class PositivePower(Method):
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

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Raise the source to the power, and compare exponents."""
        goal, sizes = Goal.of(claim, state), Rewriting.named(state, self.sizes, self.given)
        base, inside = state.relation(self.source).right.as_base_exp()
        found, whole = (base, Integer(1)) if claim.right == base else claim.right.as_base_exp()
        if found != base:
            raise StepFailure(f"{claim.right} is no power of {base}")
        b, inner, power, exponent = map(
            state.read.reader.expression, (base, inside, claim.left.as_base_exp()[1], whole)
        )
        positive = sizes.signs.needed(b, f"{base} is not shown to be positive")
        source = state.at_names(self.source, goal.scope)
        if goal.left != real_power(source.conclusion.left, power):
            raise StepFailure(f"the left side is no power of {source.conclusion.left}")
        axes = _axes(b, source.conclusion.right, goal.right)
        equal_factors = Rewriting(sizes.signs, [order.product_as_power(positive, axis) for axis in axes])
        as_power = equal_factors.equal(source.conclusion.right, real_power(b, inner))
        left = equality.rewrite(goal.left, chain(source, as_power))
        raised = chain(left, order.power_of_power(positive, inner, power))
        compared = sizes.equal(multiply(inner, power), exponent)
        joined = chain(raised, equality.rewrite(raised.conclusion.right, compared))
        return goal.closed(chain(joined, equal_factors.equal(joined.conclusion.right, goal.right)))


def _axes(base: Term, *sides: Term) -> list[Axis]:
    """Axes over which a side is a product of the base with itself."""
    found = {part.data for side in sides for part in parts(side) if part.head == PRODUCT and part.arguments[0] == base}
    return sorted(found)
