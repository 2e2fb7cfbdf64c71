"""Products over a range of symbolic size, and their coefficients along a line, as entries of a family of their own.

The normal form does not open such an expression. It sees an entry `name[j, k]` whose name is the expression with its
indices blotted out: two expressions that differ in the letters of indices alone get one name.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

import sympy
from sympy import Expr, Indexed, IndexedBase, KroneckerDelta, Product, Symbol

from theory.language.calculus import Coefficient
from theory.language.unknown_functions import UnknownFunction

FUNCTIONS = (UnknownFunction, sympy.exp, sympy.log)
UNINTERPRETED = (Product, Coefficient, *FUNCTIONS, sympy.sinh, sympy.cosh, sympy.tanh)
_numbers: dict[str, int] = {}


@lru_cache(maxsize=65536)
def as_entry(expression: Expr) -> Expr:
    """The entry, or the plain symbol where the expression has no free index, that stands for an expression.

    Examples:
        >>> i, j, k, m = sympy.symbols("i j k m", integer=True, positive=True)
        >>> a = IndexedBase("a")
        >>> as_entry(Product(a[i] + a[j], (i, 1, m))) == as_entry(Product(a[j] + a[k], (k, 1, m))).subs(j, j)
        True
    """
    blotted = expression.as_dummy()
    free = sorted(_free_indices(blotted), key=str)
    choices = []
    for arrangement in itertools.permutations(free):
        places = {index: Symbol(f"place {position}", integer=True) for position, index in enumerate(arrangement)}
        choices.append((sympy.srepr(blotted.xreplace(places)), arrangement))
    name, arrangement = min(choices, key=lambda choice: choice[0])
    domain = {"positive": True} if isinstance(expression, sympy.exp) else {"real": True}
    label = Symbol(f"opaque {_numbers.setdefault(name, len(_numbers))}", **domain)
    return Indexed(IndexedBase(label), *arrangement) if arrangement else label


def _free_indices(expression: Expr) -> set[Symbol]:
    used: set[Symbol] = set()
    for entry in expression.atoms(Indexed, KroneckerDelta):
        indices = entry.indices if isinstance(entry, Indexed) else entry.args[:2]
        used |= {index for index in indices if index.is_Symbol}
    return used & set(expression.free_symbols)
