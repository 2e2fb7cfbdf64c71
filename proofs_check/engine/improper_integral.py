"""The integral of a function over `t >= 0`, from an antiderivative and its continuation to `t = infinity`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol, sympify

from proofs_check.engine.normal_form import Setting, normal_form
from proofs_check.engine.proof import StepFailure
from proofs_check.engine.signs import Sign, declared, sign

TIME = Symbol("t_of_the_integral", nonnegative=True)
INVERSE_TIME = Symbol("x_of_the_integral", nonnegative=True)
"""1/t, which is 0 at the far end."""

_SETTING = Setting(
    nonzero=lambda expression: sign(expression, declared) is Sign.POSITIVE,
    nonnegative=lambda expression: sign(expression, declared) is not Sign.UNKNOWN,
)


@dataclass(frozen=True)
class Antiderivative:
    """What shows the integral of a function of `TIME` over the half line.

    Attributes:
        formula: an antiderivative, in `TIME`.
        far: the same for `t > 0`, in `INVERSE_TIME`, in a form that has a value at 0.
        roots: pairs of a root in `TIME = 1/INVERSE_TIME` and the positive expression that it equals.
    """

    formula: Expr
    far: Expr
    roots: tuple[tuple[Expr, Expr], ...]


def integral(integrand: Expr, antiderivative: Antiderivative) -> Expr:
    """Value of the integral, checked: the derivative, the two forms' equality and the continuity at both ends.

    Raises:
        StepFailure: it is not shown.

    Examples:
        >>> from sympy import Integer
        >>> known = Antiderivative(-1 / (1 + TIME), -INVERSE_TIME / (INVERSE_TIME + 1), ())
        >>> integral(1 / (1 + TIME) ** 2, known)
        1
    """
    if not normal_form(antiderivative.formula.diff(TIME) - integrand, _SETTING).is_zero:
        raise StepFailure("the antiderivative's derivative is not the integrand")
    positive = Symbol("x_positive", positive=True)
    inside = {INVERSE_TIME: positive}
    roots = []
    for power, value in antiderivative.roots:
        power, value = power.xreplace(inside), value.xreplace(inside)
        if sign(value, declared) is not Sign.POSITIVE or not normal_form(power**2 - value**2, _SETTING).is_zero:
            raise StepFailure(f"{power} does not equal {value}")
        roots += [(power, value), (1 / power, 1 / value)]
    setting = Setting(nonzero=_SETTING.nonzero, nonnegative=_SETTING.nonnegative, roots=tuple(roots))
    near = antiderivative.formula.subs(TIME, 1 / positive)
    if not normal_form(near - antiderivative.far.xreplace(inside), setting).is_zero:
        raise StepFailure("the form for the far end is not the antiderivative")
    # Every division is by something that stays positive up to the end, so both forms are continuous there.
    for formula in (antiderivative.formula, antiderivative.far):
        for power in formula.atoms(type(TIME**-1)):
            if not (power.exp.is_Integer and power.exp > 0) and sign(power.base, declared) is not Sign.POSITIVE:
                raise StepFailure(f"{power} need not be continuous at the end")
    first, last = antiderivative.formula.subs(TIME, 0), antiderivative.far.subs(INVERSE_TIME, 0)
    return sympify(last - first)
