"""Powers of both sides: from `a = b^n` with `b > 0` to `a^p = b^(n p)`."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.signs import Sign, sign
from theory.language.relations import Relation, Sense


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
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The equality, and what shows its base to be positive."""
        return frozenset(self.given) | frozenset(self.sizes) | {self.source}

    def check(self, claim: Relation, state: State) -> None:
        """Compare bases and exponents; then see a wrong exponent fail."""
        source = state.fact(self.source)
        if source.sense is not Sense.EQUAL or claim.sense is not Sense.EQUAL:
            raise StepFailure("both the source and the claim must be equalities")
        base, exponent = source.right.as_base_exp()
        if sign(base, state.known_signs(self.given)) is not Sign.POSITIVE:
            raise StepFailure(f"{base} is not shown to be positive")
        power = _exponent(claim.left, source.left)
        result = _exponent(claim.right, base)
        sizes = {}
        for name in self.sizes:
            size = state.fact(name)
            if size.sense is not Sense.EQUAL or not size.left.is_Symbol:
                raise StepFailure(f"{name!r} defines no size")
            sizes[size.left] = size.right
        difference = (result - exponent * power).xreplace(sizes)
        if sympy.cancel(difference) != 0:
            raise StepFailure(f"the exponent should be {sympy.cancel(exponent * power)}, not {result}")
        if sympy.cancel(difference + 1) == 0:
            raise StepFailure("the control failed: a wrong exponent passes as well")


def _exponent(power: sympy.Expr, base: sympy.Expr) -> sympy.Expr:
    if power == base:
        return sympy.Integer(1)
    found, exponent = power.as_base_exp()
    if found != base:
        raise StepFailure(f"{power} is no power of {base}")
    return exponent
