"""The letters that a relation or a hypothesis speaks of, and other values put in their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sympy import Expr, Indexed, Product, Sum, Symbol, sympify

from proofs_check.engine.signs import Sign, sign
from theory.errors import StatementError
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation
from theory.language.statement import Hypothesis, Initialization, Orthonormal, Sharpness

Letters = Mapping[Any, Any]
"""From a plain family or a symbol to the array or expression that takes its place."""


def letters_of(hypothesis: Hypothesis) -> set[Symbol]:
    """Every symbol and every family's label that a hypothesis mentions."""
    if isinstance(hypothesis, Relation):
        return set(hypothesis.left.free_symbols | hypothesis.right.free_symbols)
    if isinstance(hypothesis, Orthonormal):
        return {hypothesis.family.expression.base.label}
    if isinstance(hypothesis, Sharpness):
        return {hypothesis.symbol}.union(*(_letters(part) for part in hypothesis.point))
    if isinstance(hypothesis, Initialization):
        pairs = (part for pair in hypothesis.scales for part in pair)
        return {label(part) for part in (*pairs, *hypothesis.functions)}
    return set[Symbol]().union(*(_letters(part) for part in (*hypothesis.start, *hypothesis.end)))


def label(letter: IndexedArray | Symbol) -> Symbol:
    """The symbol of a letter: of a plain family its label."""
    return letter.expression.base.label if isinstance(letter, IndexedArray) else letter


def keeps_domains(letters: Letters, known: Callable[[Expr], Sign]) -> bool:
    """Whether each value lies for certain in the domain that its letter is declared with."""
    for old, new in letters.items():
        domain, value = label(old), new.expression if isinstance(new, IndexedArray) else sympify(new)
        shown = sign(value, known)
        if domain.is_integer and not value.is_integer:
            return False
        if domain.is_positive and shown is not Sign.POSITIVE:
            return False
        if domain.is_nonnegative and shown is Sign.UNKNOWN:
            return False
    return True


def substitute(value: Any, letters: Letters) -> Any:
    """An expression, array or relation with other values in place of letters, all at once.

    Examples:
        >>> from sympy import symbols
        >>> from theory.language.indexed import Axis
        >>> a, b, n = symbols("a b n", integer=True, positive=True)
        >>> x = IndexedArray.named("x", Axis(n, "ij"))
        >>> print(substitute((x * a).total(), {a: b, x: x**2}))
        Sum(b*x[i]**2, (i, 1, n))
    """
    if isinstance(value, Relation):
        return Relation(substitute(value.left, letters), value.sense, substitute(value.right, letters))
    if isinstance(value, IndexedArray):
        opened = value
        for new in letters.values():
            opened = opened.avoiding(new.expression if isinstance(new, IndexedArray) else sympify(new))
        return IndexedArray(substitute(opened.expression, letters), opened.axes, opened.indices)
    for old, new in letters.items():
        if isinstance(old, IndexedArray) and (not isinstance(new, IndexedArray) or new.axes != old.axes):
            raise StatementError(f"{label(old)} can only be replaced by an array over the same ranges")
    families = {label(old): new for old, new in letters.items() if isinstance(old, IndexedArray)}
    scalars = {old: new for old, new in letters.items() if not isinstance(old, IndexedArray)}
    bound = {limits[0] for ranged in value.atoms(Sum, Product) for limits in ranged.limits}
    for new in (*families.values(), *scalars.values()):
        loose = sympify(new).free_symbols if not isinstance(new, IndexedArray) else _loose(new)
        if bound & loose:
            raise StatementError(f"the index {min(bound & loose, key=str)} would be captured by a sum")
    return _replaced(value, families, scalars)


def _loose(array: IndexedArray) -> set[Symbol]:
    return set(array.expression.free_symbols) - set(array.indices)


def _replaced(expression: Expr, families: Mapping[Symbol, IndexedArray], scalars: Mapping[Symbol, Expr]) -> Expr:
    if isinstance(expression, Indexed):
        new = families.get(expression.base.label)
        return expression if new is None else new.at(*expression.indices)
    if expression.is_Symbol:
        return scalars.get(expression, expression)
    if not expression.args:
        return expression
    return expression.func(*(_replaced(argument, families, scalars) for argument in expression.args))


def _letters(part: Any) -> set[Symbol]:
    return set(part.expression.free_symbols if isinstance(part, IndexedArray) else part.free_symbols)
