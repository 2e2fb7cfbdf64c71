"""Altered claims: the controls that a check must tell from the true one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sympy import Expr, Indexed, Integer, Symbol

from theory.errors import StatementError
from theory.language.relations import Relation


def some_alteration_fails(claim: Relation, passes: Callable[[Relation], bool]) -> bool:
    """Whether at least one altered claim is told from the true one; one that has no meaning counts as told."""
    for wrong in alterations(claim):
        try:
            if not passes(wrong):
                return True
        except StatementError:
            return True
    return False


def alterations(claim: Relation, limit: int = 12) -> Iterator[Relation]:
    """Yield claims with one sign, exponent, index or factor changed, at most `limit` of them.

    Examples:
        >>> from sympy import symbols
        >>> from theory.language.relations import equal
        >>> x, y = symbols("x y", positive=True)
        >>> [str(wrong) for wrong in alterations(equal(x**2 - y, 0), limit=3)]
        ['-x**2 - y = 0', 'x**2 + y = 0', '-x**2 + y = 1']
    """
    produced = 0
    for side in ("left", "right"):
        for altered in _alterations(getattr(claim, side)):
            if altered != getattr(claim, side) and produced < limit - 1:
                left, right = (altered, claim.right) if side == "left" else (claim.left, altered)
                yield Relation(left, claim.sense, right)
                produced += 1
    yield Relation(-claim.left, claim.sense, claim.right + 1)


def _alterations(expression: Expr) -> Iterator[Expr]:
    """The expression with one node changed, the outermost first."""
    if expression.is_Add:
        for argument in expression.args[-2:]:
            yield expression - 2 * argument
    if expression.is_Pow and expression.exp.is_Integer:
        yield expression.base ** (expression.exp + 1)
    if expression.is_Rational and not expression.is_Integer:
        yield Integer(1) / (1 / expression + 1) if expression + 1 != 0 else expression * 2
    if isinstance(expression, Symbol | Indexed):
        return
    for position, argument in enumerate(expression.args):
        if not isinstance(argument, Expr):
            continue
        for altered in _alterations(argument):
            arguments = list(expression.args)
            arguments[position] = altered
            yield expression.func(*arguments)
