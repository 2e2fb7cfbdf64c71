r"""Matrix products, inner products and norms recognised in sums, so that a printed formula reads as on paper.

`Sum(X[n, k]*u[k], (k, 1, d))` is entry `n` of the vector `X u`. Here such a sum becomes an entry of a family whose
label carries that structure; the printer writes `\left(X u\right)_{n}`. Nothing here is used in a proof.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sympy import Add, Expr, Indexed, IndexedBase, Mul, Pow, Sum, Symbol

from theory.printing.labels import Composite, family_letter, letter
from theory.printing.typesetting import typeset

_NOT_VECTORS = {"s", "d", "P_other"}
"""Families that are written by their entries only."""

_OTHER_NORM = "y"
"""`||y||` stands for the norm of the label coefficients, so the sum of the squares of the labels is written out."""


@cache
def _composite(latex: str, matrix: Symbol, vector: str, chain: bool = False) -> Composite:
    label = Composite(f"{latex or matrix.name} {vector}", real=True)
    label.latex, label.matrix, label.vector, label.chain = latex, matrix, vector, chain
    return label


def in_vectors(expression: Expr, named: Callable[[Add], Expr] = lambda added: added) -> Expr:
    """The expression with fixed factors before the sums, and products of matrices and vectors in place of sums.

    Args:
        expression: what is printed.
        named: gives an addition, once its parts are rewritten, the letter that it has.
    """
    if isinstance(expression, Indexed) or not expression.args:
        return expression
    if isinstance(expression, Sum):
        inner = in_vectors(expression.function, named)
        for limits in expression.limits:  # a sum over several indices is one sum in another
            inner = _single_sum(inner, limits)
        return inner
    rebuilt = expression.func(*(in_vectors(argument, named) for argument in expression.args))
    return named(rebuilt) if isinstance(rebuilt, Add) else rebuilt


def _single_sum(body: Expr, limits: tuple[Symbol, Expr, Expr]) -> Expr:
    index = limits[0]
    fixed, moving = body.as_independent(index, as_Add=False)
    recognised = _recognised(moving, index) if limits[1] == 1 else None
    return fixed * (Sum(moving, limits) if recognised is None else recognised)


def _recognised(body: Expr, index: Symbol) -> Expr | None:
    """What the sum of a product of two entries over their common index is, if that has a name."""
    if isinstance(body, Pow) and body.exp == 2:
        name = _vector(body.base, index)
        return norm_squared(_bare(name)) if name and name != _OTHER_NORM else None
    factors = Mul.make_args(body)
    if len(factors) != 2:
        return None
    first, second = sorted(factors, key=lambda factor: (-_axes(factor), str(factor)))
    vector = _vector(second, index)
    if not vector:
        return None
    if _axes(first) < 2:
        other = _vector(first, index)
        return inner_product(other, vector) if other else None
    return _applied(first, index, vector)


def _applied(entry: Indexed, index: Symbol, vector: str) -> Expr | None:
    """A matrix, or its transpose, applied to a vector: the entry at the index that is left."""
    if len(entry.indices) > 2:
        return None
    matrix, (row, column) = entry.base.label, entry.indices
    other = {row, column} - {index}  # the index that is left speaks of itself alone
    if isinstance(matrix, Composite) or len(other) != 1 or other.pop().has(index) or _goes_on(entry, index):
        return None
    is_matrix = matrix.name[0].isupper()
    if column == index:
        whole = f"{letter(matrix.name)} {vector}" if is_matrix else ""
        return Indexed(IndexedBase(_composite(whole, matrix, vector, getattr(matrix, "chain", False))), row)
    if is_matrix:
        whole = rf"{_raised(letter(matrix.name))}^{{\top}} {vector}"
        return Indexed(IndexedBase(_composite(whole, matrix, vector)), column)
    return None


def _axes(factor: Expr) -> int:
    return len(factor.indices) if isinstance(factor, Indexed) else 0


def _vector(entry: Expr, index: Symbol) -> str:
    """LaTeX of the vector that an entry at an index belongs to; empty if it has none of its own."""
    if isinstance(entry, Add):
        return _combination(entry, index)
    if not isinstance(entry, Indexed) or entry.indices != (index,) or _goes_on(entry, index):
        return ""
    label = entry.base.label
    if isinstance(label, Composite):
        return label.latex
    return "" if label.name.rstrip("'") in _NOT_VECTORS else family_letter(label.name)


def _goes_on(entry: Indexed, index: Symbol) -> bool:
    """Whether an index runs along a chain: a sum over it leaves out the last entry, which a vector's would not."""
    return bool(getattr(entry.base.label, "chain", False)) and entry.indices[0] == index


def _combination(entries: Add, index: Symbol) -> str:
    """LaTeX of a linear combination of vectors, in parentheses; empty if a term is none of theirs."""
    terms = []
    for term in entries.args:
        fixed, moving = term.as_independent(index, as_Add=False)
        vector = _vector(moving, index) if isinstance(moving, Indexed) else ""
        if not vector:
            return ""
        terms.append(fixed * Symbol(f"{{{vector}}}"))
    combination = Add(*terms)
    return rf"\left({typeset(combination)}\right)" if isinstance(combination, Add) else ""


def _bare(vector: str) -> str:
    """A linear combination without the parentheses around it; nothing else begins with one."""
    return vector.removeprefix(r"\left(").removesuffix(r"\right)") if vector.startswith(r"\left(") else vector


def norm_squared(vector: str) -> Expr:
    """The squared norm of a vector given in LaTeX, as a power of a symbol."""
    return Symbol(rf"\left\|{{{vector}}}\right\|", positive=True) ** 2


def inner_product(first: str, second: str) -> Expr:
    """The inner product of two vectors given in LaTeX, as a symbol; a product of a matrix stands on the right."""
    first, second = sorted((first, second), key=lambda vector: (r"\left(" in vector, len(vector.split()), vector))
    return Symbol(rf"{_raised(first)}^{{\top}} {second}", real=True)


def _raised(shown: str) -> str:
    """A letter that gets an exponent: one with a mark above stands in braces, a product in parentheses."""
    if " " in shown and _bare(shown) == shown:
        return rf"\left({shown}\right)"
    return f"{{{shown}}}" if "'" in shown or ("^" in shown and " " not in shown) else shown
