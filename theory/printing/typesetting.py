r"""LaTeX of expressions, written to be read: positive terms first, fractions in front of sums, `Q^{(D-1)/D}` in a line.

SymPy's own printer does what is not said here. Each printed formula of the ledger is read back by a test and compared
with its expression.
"""

from __future__ import annotations

import re
from functools import lru_cache

import sympy
from sympy import Add, Derivative, Expr, Indexed, KroneckerDelta, Mul, Pow, Product, Rational, Subs, Sum, Symbol
from sympy.printing.latex import LatexPrinter

from theory.language.calculus import EPSILON, Coefficient
from theory.language.expectation import Mean
from theory.language.free_symbols import free_symbols
from theory.language.indexed import FamilySymbol
from theory.language.unknown_activation import Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue
from theory.printing.labels import Composite, family_letter, letter

_LONG = 60
"""Characters of LaTeX from which a factor stands behind a fraction, not in it."""

_FUNCTIONS = {
    **{getattr(sympy, name): rf"\{name}%s" for name in ("exp", "log", "sinh", "tanh")},
    Activation: r"\phi%s",
    ActivationSlope: r"\phi'%s",
    Antiderivative: r"\Phi%s",
    AntiderivativeOfValue: r"\Phi\left(\phi^{-1}%s\right)",
}
"""Functions, each with its argument, in brackets, in the place of `%s`."""


class Typesetter(LatexPrinter):  # type: ignore[misc]
    """SymPy's printer with the order and the forms that a mathematician writes."""

    def _print_Symbol(self, symbol: Symbol, style: str = "plain") -> str:  # noqa: N802 - SymPy's names
        name = str(symbol.name)
        if name.startswith("{") and name.endswith("}") and "'" not in name and "^" not in name:
            return name[1:-1]
        return name if "\\" in name or name.startswith("{") else letter(name)

    def _print_Indexed(self, entry: Indexed) -> str:  # noqa: N802
        label = entry.base.label
        indices = ",".join(self._print(index) for index in entry.indices)
        if isinstance(label, Composite):
            if label.by_rows:
                return rf"{self._row(label.matrix, indices)}^{{\top}} {label.vector}"
            return rf"\left({label.latex}\right)_{{{indices}}}"
        if label.name == "P_other" and not isinstance(label, FamilySymbol):
            # The product of all later layers but one, or but two.
            return rf"P_{{\setminus {indices}}}"
        return f"{family_letter(label.name)}_{{{indices}}}"

    def _row(self, matrix: Symbol, indices: str) -> str:
        shown = f"{family_letter(matrix.name)}_{{{indices}}}"
        return f"{{{shown}}}" if "'" in shown else shown

    def _print_KroneckerDelta(self, delta: KroneckerDelta, exp: str | None = None) -> str:  # noqa: N802
        first, second = (self._print(index) for index in delta.args[:2])
        shown = rf"\delta_{{{first},{second}}}"
        return f"{shown}^{{{exp}}}" if exp else shown

    def _print_Add(self, expression: Add, order: str | None = None) -> str:  # noqa: N802
        terms = sorted(self._as_ordered_terms(expression, order=order), key=_place)
        common = _common_denominator(expression)
        if common > 1:
            return rf"\frac{{{self._joined([term * common for term in terms])}}}{{{common}}}"
        return self._joined(terms)

    def _joined(self, terms: list[Expr]) -> str:
        text, *others = map(self._print, terms)
        for shown in others:
            text += f" - {shown[1:].lstrip()}" if shown.startswith("-") else f" + {shown}"
        return str(text)

    def _print_Mul(self, expression: Mul) -> str:  # noqa: N802
        coefficient, rest = expression.as_coeff_Mul()
        if coefficient.is_negative:
            positive = self._print(-coefficient * rest)
            return f"-{self._bracketed(positive) if isinstance(rest, Add) and coefficient == -1 else positive}"
        above: list[Expr] = [] if coefficient.p == 1 else [sympy.Integer(coefficient.p)]
        below: list[Expr] = [] if coefficient.q == 1 else [sympy.Integer(coefficient.q)]
        for factor in Mul.make_args(rest):
            if isinstance(factor, Pow) and factor.exp.is_Rational and factor.exp < 0:
                below.append(Pow(factor.base, -factor.exp))
            else:
                above.append(factor)
        if not below:
            return self._product(above)
        behind = [factor for factor in above if self._stands_behind(factor)]
        front = [factor for factor in above if factor not in behind]
        fraction = rf"\frac{{{self._product(front) if front else '1'}}}{{{self._product(below)}}}"
        return f"{fraction} {self._product(behind, alone=False)}" if behind else fraction

    def _stands_behind(self, factor: Expr) -> bool:
        if isinstance(factor, Sum | Product | Coefficient | Subs):
            return True
        return isinstance(factor, Add) and (_is_fraction(factor) or len(self._print(factor)) > _LONG)

    def _product(self, factors: list[Expr], *, alone: bool = True) -> str:
        """Factors side by side; a sum or product over a range is the last one, or in parentheses."""
        factors = sorted(factors, key=_rank)
        if len(factors) == 1 and alone:
            return str(self._print(factors[0]))
        shown: list[str] = []
        for position, factor in enumerate(factors):
            text = self._print(factor)
            last = position == len(factors) - 1
            if _is_loose(factor) or (isinstance(factor, Sum | Product) and not last) or text.startswith("-"):
                text = self._bracketed(text)
            elif shown and text[0].isdigit():
                text = rf"\cdot {text}"
            shown.append(text)
        return " ".join(shown)

    def _print_Pow(self, expression: Pow) -> str:  # noqa: N802
        base, exponent = expression.base, expression.exp
        if exponent.is_Rational and exponent < 0:
            return rf"\frac{{1}}{{{self._print(Pow(base, -exponent))}}}"
        if exponent == Rational(1, 2):
            return rf"\sqrt{{{self._print(base)}}}"
        shown = self._print(base)
        tight = base.is_Symbol or (base.is_Integer and base >= 0) or isinstance(base, Indexed)
        if base.is_Symbol and shown.startswith(r"\left\|"):
            pass
        elif not tight or "^" in shown or _is_loose(base) or _is_fraction(base):
            shown = self._bracketed(shown)
        elif "'" in shown:
            shown = f"{{{shown}}}"
        return f"{shown}^{{{self._in_line(exponent)}}}"

    def _in_line(self, exponent: Expr) -> str:
        """An exponent, with a slash for its fraction."""
        above, below = exponent.as_numer_denom()
        if below == 1:
            return str(self._print(exponent))
        sign = "-" if above.could_extract_minus_sign() else ""
        above = -above if sign else above
        top, bottom = (
            f"({self._print(part)})" if isinstance(part, Add) else self._print(part) for part in (above, below)
        )
        bottom = f"({bottom})" if isinstance(below, Mul) else bottom
        return f"{sign}{top}/{bottom}"

    def _print_Sum(self, expression: Sum) -> str:  # noqa: N802
        return self._over_ranges(r"\sum", expression, isinstance(expression.function, Add))

    def _print_Product(self, expression: Product) -> str:  # noqa: N802
        return self._over_ranges(r"\prod", expression, isinstance(expression.function, Add | Mul | Sum | Product))

    def _over_ranges(self, sign: str, expression: Sum | Product, loose: bool) -> str:
        signs = "".join(
            f"{sign}_{{{self._print(index)}={self._print(low)}}}^{{{self._print(high)}}} "
            for index, low, high in reversed(expression.limits)
        )
        body = self._print(expression.function)
        return signs + (self._bracketed(body) if loose or body.startswith("-") else body)

    def _print_Coefficient(self, expression: Coefficient) -> str:  # noqa: N802
        polynomial, variable, order = expression.args
        return rf"\left[{self._print(variable**order)}\right] {self._bracketed(self._print(polynomial))}"

    def _print_Mean(self, expression: Mean) -> str:  # noqa: N802
        return rf"\mathbb{{E}}\left[{self._print(expression.args[0])}\right]"

    def _print_Derivative(self, expression: Derivative) -> str:  # noqa: N802
        return f"{self._differential(expression)} {self._bracketed(self._print(expression.expr))}"

    def _print_Subs(self, expression: Subs) -> str:  # noqa: N802
        if not isinstance(expression.expr, Derivative):
            return str(super()._print_Subs(expression))
        ((variable, value),) = zip(expression.variables, expression.point, strict=True)
        at = f"{self._print(variable)}={self._print(value)}"
        operator = rf"\left.{self._differential(expression.expr)}\right|_{{{at}}}"
        return f"{operator} {self._bracketed(self._print(expression.expr.expr))}"

    def _differential(self, derivative: Derivative) -> str:
        ((variable, order),) = derivative.variable_count
        shown = self._print(variable)
        if order == 1:
            return rf"\frac{{\mathrm{{d}}}}{{\mathrm{{d}} {shown}}}"
        return rf"\frac{{\mathrm{{d}}^{{{order}}}}}{{\mathrm{{d}} {shown}^{{{order}}}}}"

    def _print_Function(self, expression: Expr, exp: str | None = None) -> str:  # noqa: N802
        form = _FUNCTIONS.get(expression.func)
        if form is None:
            return str(super()._print_Function(expression, exp))
        return form % self._bracketed(self._print(expression.args[0]))

    _print_ExpBase = _print_log = _print_Function  # noqa: N815

    def _bracketed(self, text: str) -> str:
        return rf"\left({text}\right)"


def typeset(expression: Expr) -> str:
    r"""LaTeX of an expression.

    Examples:
        >>> C, Q = sympy.symbols("C Q")
        >>> typeset((sympy.sqrt(C**2 + 4 * Q) - C) / 2)
        '\\frac{\\sqrt{C^{2} + 4 Q} - C}{2}'
    """
    return re.sub(" +", " ", str(Typesetter().doprint(expression)))


def _place(term: Expr) -> tuple[bool, bool]:
    """Positive terms first, and what moves with a step after what stands."""
    return term.could_extract_minus_sign(), EPSILON in free_symbols(term)


def _common_denominator(expression: Expr) -> int:
    """The number that every term of an addition is divided by, or 1."""
    if not isinstance(expression, Add):
        return 1
    denominators = {term.as_coeff_Mul()[0].q for term in expression.args}
    return int(denominators.pop()) if len(denominators) == 1 else 1


def _is_fraction(factor: Expr) -> bool:
    """Whether an addition is printed as one fraction, which needs no parentheses."""
    return _common_denominator(factor) > 1


@lru_cache(maxsize=1 << 12)
def _rank(factor: Expr) -> tuple[int, str]:
    """Numbers, short brackets such as `(D - 1)`, letters, entries, powers of brackets, brackets, sums over ranges."""
    base = factor.base if isinstance(factor, Pow) else factor
    if factor.is_Number:
        return 0, ""
    if isinstance(factor, Symbol) and factor.name.startswith("{"):
        return 9, ""  # a vector, after what it is multiplied by
    if isinstance(factor, Add) and all(part.is_Number or part.is_Symbol or (-part).is_Symbol for part in factor.args):
        return 0, str(factor)
    kinds: tuple[tuple[type, ...], ...] = ((Symbol,), (Indexed, KroneckerDelta), (Pow,), (Add,), (Sum, Product))
    for place, kind in enumerate(kinds, start=1):
        if isinstance(base, kind) and not (place == 5 and isinstance(factor, Pow)):
            return place + (5 if place == 1 and _is_loose(base) else 0), str(factor)
    return 6, str(factor)


def _is_loose(factor: Expr) -> bool:
    """Whether a factor needs parentheses beside another one or under an exponent."""
    if isinstance(factor, Add):
        return not _is_fraction(factor)
    if isinstance(factor, Indexed) and isinstance(factor.base.label, Composite):
        return factor.base.label.by_rows
    return isinstance(factor, Symbol) and r"\top" in factor.name and not factor.name.startswith(r"\left\|")
