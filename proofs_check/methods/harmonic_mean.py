"""`E[X^2 Y^2 / (X^2 + Y^2)]` for independent centred normal `X` and `Y`.

`1 / (x^2 + y^2)` is the integral of `e^{-t x^2} e^{-t y^2}` over `t >= 0`, and the expectation goes under it. The
factor `e^{-t x^2}` turns the density of `N(0, a^2)` into that of `N(0, tau^2)` times `tau / a`, with
`1 / tau^2 = 1 / a^2 + 2 t`, so that `E[X^2 e^{-t X^2}] = tau^3 / a`. What is left is an integral over `t`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sympy import Expr, Symbol, sqrt

from proofs_check.engine.improper_integral import INVERSE_TIME, TIME, Antiderivative, integral
from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import Setting, normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.random_variables import RandomVariables, with_expectations
from theory.language.expectation import Mean
from theory.language.relations import Relation, Sense


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

    name = "axiom"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ("expectation", "gaussian", "calculus")

    @property
    def uses(self) -> frozenset[str]:
        """What tells the signs."""
        return frozenset(self.given)

    def check(self, claim: Relation, state: State) -> None:
        """See that the forms are linear, uncorrelated and of these variances; then work out the integral."""
        x, y = self.first, self.second
        if claim.sense is not Sense.EQUAL or claim.left != Mean(x**2 * y**2 / (x**2 + y**2)):
            raise StepFailure("the claim must read E[x^2 y^2 / (x^2 + y^2)] = value")
        letters = RandomVariables.of(state)
        plain = state.setting((), self.given)
        setting = with_expectations(plain, state)
        for form in (x, y):
            for term in normal_form(form, plain).terms.values():
                random = [(atom, exponent) for atom, exponent in term.factors.items() if letters.in_atom(atom)]
                if len(random) != 1 or random[0][1] != 1 or random[0][0][1] not in letters.scales:
                    raise StepFailure("not a linear form in the normal letters")
        if not normal_form(Mean(x * y), setting).is_zero:
            raise StepFailure("the two forms are correlated")
        for form, scale in zip((x, y), self.scales, strict=True):
            if not normal_form(Mean(form**2) - scale**2, setting).is_zero:
                raise StepFailure(f"{scale} is not the standard deviation")
        value = harmonic_mean(*self.scales)

        def is_value(relation: Relation) -> bool:
            return normal_form(relation.right - value, setting).is_zero

        if not is_value(claim):
            raise StepFailure("the integral has another value")
        wrong = Relation(claim.right, Sense.EQUAL, claim.right)
        if not some_alteration_fails(wrong, lambda altered: is_value(Relation(value, Sense.EQUAL, altered.left))):
            raise StepFailure("the control failed: every altered value passes as well, so the check shows nothing")


@cache
def harmonic_mean(a: Symbol, b: Symbol) -> Expr:
    """The integral of `E[X^2 e^{-t X^2}] E[Y^2 e^{-t Y^2}]` over `t`, each step checked.

    Raises:
        StepFailure: a step fails.
    """
    integrand = _tilted_square(a) * _tilted_square(b)
    near_a, near_b = sqrt(1 + 2 * a**2 * TIME), sqrt(1 + 2 * b**2 * TIME)
    far_a, far_b = sqrt(INVERSE_TIME + 2 * a**2), sqrt(INVERSE_TIME + 2 * b**2)
    reached = {TIME: 1 / INVERSE_TIME}
    known = Antiderivative(
        -((a * b) ** 2) / (near_a * near_b * (a * near_b + b * near_a) ** 2),
        -((a * b * INVERSE_TIME) ** 2) / (far_a * far_b * (a * far_b + b * far_a) ** 2),
        (
            (near_a.subs(reached), far_a / sqrt(INVERSE_TIME)),
            (near_b.subs(reached), far_b / sqrt(INVERSE_TIME)),
        ),
    )
    return integral(integrand, known)


def _tilted_square(scale: Symbol) -> Expr:
    """`E[X^2 e^{-t X^2}] = tau^3 / a`: the exponents of the two densities agree."""
    tilted = scale / sqrt(1 + 2 * scale**2 * TIME)
    setting = Setting(nonnegative=lambda expression: True)
    if not normal_form(1 / tilted**2 - (1 / scale**2 + 2 * TIME), setting).is_zero:
        raise StepFailure("the exponents of the two densities differ")
    return tilted**3 / scale
