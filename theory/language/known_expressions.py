"""Expressions of known kinds alone, whose names are plain: what is read, evaluated and printed is one thing.

A class of one's own could print itself otherwise than it is read, or say that it equals what it does not. So each part
of an expression is of a class that is listed here, by identity, or a function that is known by its name alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from types import FunctionType

import sympy
from sympy import Dummy, Indexed, IndexedBase, KroneckerDelta, Product, Subs, Sum, Symbol, Tuple
from sympy.printing.latex import LatexPrinter, accepted_latex_functions

from theory.errors import StatementError
from theory.language.calculus import Coefficient
from theory.language.expectation import Mean
from theory.language.indexed import Axis, FamilySymbol, IndexedArray, ranges
from theory.language.unknown_activation import Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue
from theory.language.unknown_functions import UnknownFunction

_NUMBERS = tuple(type(sympy.Rational(*pair)) for pair in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (1, 3)))
_OWN_FUNCTIONS = (Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue)
_KINDS = (
    *(*_NUMBERS, Symbol, FamilySymbol, Indexed, IndexedBase, Tuple),
    *(sympy.Add, sympy.Mul, sympy.Pow, Sum, Product, KroneckerDelta, sympy.Derivative, Subs, Coefficient, Mean),
    *(sympy.exp, sympy.log, sympy.sinh, sympy.cosh, sympy.tanh, *_OWN_FUNCTIONS),
)
_KNOWN = {id(kind): kind for kind in _KINDS}
_KEPT = frozenset({"nargs", "axes", "chain", "_shape", "_offset", "_strides", "_name", "_expr"})
"""What SymPy, and a family's label, keep in an expression of these kinds besides its parts."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)?'*")
_NOT_A_LETTER = frozenset({"oo", "zoo", "nan", "inf", "infty"})


def see_known(part: object, stand_ins: Collection[Symbol] = ()) -> None:
    """See that an expression consists of known parts.

    Args:
        part: the expression, or what stands in it.
        stand_ins: letters whose names nobody has chosen.

    Raises:
        StatementError: a part is of another kind, or has a name that could be read as something else.
    """
    kind = type(part)
    if kind is Dummy:
        raise StatementError(f"{part} is a Dummy, which has its name in common with others: write a Symbol")
    if id(kind) not in _KNOWN and not _is_function_of_ones_own(kind):
        raise StatementError(f"{kind.__name__} has no meaning here: {part}")
    assert isinstance(part, sympy.Basic)
    if not _KEPT.issuperset(getattr(part, "__dict__", ())):
        raise StatementError(f"{part} carries more than its parts: {', '.join(vars(part))}")
    if isinstance(part, Symbol):
        if part not in stand_ins:
            see_name(part.name)
        if isinstance(part, FamilySymbol):
            for axis in part.axes:
                see_axis(axis)
            if type(part.chain) is not bool or (part.chain and not part.axes):
                raise StatementError(f"{part} is a chain along its first axis, or it is none: say True or False")
    elif isinstance(part, sympy.Rational):
        if type(part.p) is not int or type(part.q) is not int:
            raise StatementError("a number is made of whole numbers")
    elif isinstance(part, Sum | Product):
        ranges(part)
    elif isinstance(part, KroneckerDelta) and len(part.args) > 2:
        raise StatementError(f"a delta compares two indices wherever they run: no range is given to {part}")
    elif isinstance(part, UnknownFunction | Mean) and len(part.args) != 1:
        raise StatementError(f"one number is needed in {part}")
    for one in part.args:
        see_known(one, stand_ins)


def see_name(name: object) -> None:
    """See that a name is one: a letter, perhaps more letters and digits, an underscore and more of them, dashes.

    Raises:
        StatementError: it is none, and could be read as something else.
    """
    if type(name) is not str or not _NAME.fullmatch(name) or name in _NOT_A_LETTER:
        raise StatementError(
            f"{name!s} is no name of a letter: a name is made of the letters a to z and A to Z and of digits, such as "
            "x, alpha, k1, x_t or u'"
        )


def see_axis(axis: object) -> None:
    """See that an axis is one.

    Raises:
        StatementError: it is of another kind, or a part of it is.
    """
    if type(axis) is not Axis or type(axis.letters) is not str:
        raise StatementError(f"an axis is needed, not {type(axis).__name__}")
    see_known(axis.size)


def _is_function_of_ones_own(kind: type) -> bool:
    """Whether a class is an unknown function and says nothing of itself but its derivative and whether it has zeros."""
    if type(kind) is not type(UnknownFunction) or len(kind.__bases__) != 1 or kind.__bases__[0] is not UnknownFunction:
        return False
    _see_function(kind)
    return True


@cache
def _names_of_a_bare_function() -> frozenset[str]:
    class Bare(UnknownFunction):
        pass

    return frozenset(vars(Bare)) | {"fdiff", "zero_nowhere", "__doc__", "__module__", "__annotations__"}


def _see_function(kind: type) -> None:
    more = sorted(set(vars(kind)) - _names_of_a_bare_function())
    if more:
        raise StatementError(f"the function {kind.__name__} has parts that no unknown function has: {', '.join(more)}")
    if not isinstance(vars(kind).get("fdiff", _see_function), FunctionType):
        raise StatementError(f"the derivative of {kind.__name__} is given by a function")
    if type(vars(kind).get("zero_nowhere", False)) is not bool:
        raise StatementError(f"{kind.__name__} is zero nowhere, or may be zero: say True or False")
    see_name(kind.__name__)
    if kind.__name__.endswith("'"):
        raise StatementError(f"{kind.__name__} is written as a derivative: give the function another name")
    if kind.__name__ in _TAKEN or hasattr(LatexPrinter, f"_print_{kind.__name__}") or hasattr(sympy, kind.__name__):
        raise StatementError(f"{kind.__name__} is the name of a known function: give an unknown one another")


_TAKEN = frozenset({*accepted_latex_functions, *(one.__name__ for one in _OWN_FUNCTIONS)})


def see_array(array: object) -> None:
    """See that an array, or a letter, consists of known parts.

    Raises:
        StatementError: it does not.
    """
    if type(array) is not IndexedArray:
        see_known(array)
        return
    for axis in array.axes:
        see_axis(axis)
    for one in (array.expression, *array.indices):
        see_known(one)
