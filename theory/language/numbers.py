"""The few operations that a formula needs beyond `+ - * /`, for every kind of number.

A formula in `theory` is a plain function of its quantities. Called with `float` (or NumPy arrays of float64)
it computes; with `mpmath.mpf` it computes to the precision of that number's own context; with `flint.arb`
it encloses; with `fractions.Fraction` it is exact as long as every root is; with SymPy expressions it prints;
with a `theory.language.indexed.IndexedArray` it builds sums over ranges of symbolic size, which is what proofs are
about.

No kind is imported unless a number of that kind is there already.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

import numpy as np

from theory.errors import NotFiniteError, NumberKindError

if TYPE_CHECKING:
    from theory.language.indexed import IndexedArray

Number: TypeAlias = Any
"""A real number of any kind. No static type covers float, mpf, arb, Fraction and SymPy expressions at once."""

FLOAT, RATIONAL, MPMATH, BALL, SYMBOLIC = "float64", "rational", "mpmath", "ball", "symbolic"

_KIND_OF_PACKAGE = {"mpmath": MPMATH, "flint": BALL, "sympy": SYMBOLIC}


def kind(value: Number) -> str:
    """Return which of the five kinds of number `value` is.

    A Python `int` or `Fraction` is exact, hence of the kind `rational`.

    Raises:
        NumberKindError: the value is no real number of a known kind (complex, text, float32, ...).

    Examples:
        >>> from mpmath import mpf
        >>> from flint import arb
        >>> kind(0.5), kind(3), kind(mpf(2)), kind(arb(2))
        ('float64', 'rational', 'mpmath', 'ball')
    """
    if isinstance(value, bool | np.bool_):
        raise NumberKindError(f"a number is needed, not the truth value {value}")
    if isinstance(value, float):  # np.float64 is a float
        return FLOAT
    if isinstance(value, int | Fraction):
        return RATIONAL
    package = type(value).__module__.partition(".")[0]
    known = _KIND_OF_PACKAGE.get(package)
    if known == MPMATH and not hasattr(value, "_mpf_"):
        known = None  # mpc, iv.mpf
    if known == BALL and type(value).__name__ != "arb":
        known = None  # acb, fmpq, arf, ...
    if known is None:
        raise NumberKindError(
            f"no formula for numbers of type {type(value).__module__}.{type(value).__qualname__}: "
            "give float64, int, Fraction, mpmath.mpf, flint.arb or SymPy expressions"
        )
    return known


def sqrt(value: Number) -> Number:
    """Square root, of the same kind as its argument.

    Raises:
        NumberKindError: a rational without a rational root (give it as an `arb` or an `mpf` instead).

    Examples:
        >>> sqrt(2.25), sqrt(Fraction(9, 4))
        (1.5, Fraction(3, 2))
    """
    return root(value, 2)


def root(value: Number, order: int) -> Number:
    """Real root of whole order >= 1 of a nonnegative number: `value ** (1 / order)`."""
    of_kind = kind(value)
    if order == 1:
        return value
    if of_kind == FLOAT:
        return math.sqrt(value) if order == 2 else value ** (1.0 / order)
    if of_kind == RATIONAL:
        return _rational_root(Fraction(value), order)
    if of_kind == MPMATH:
        return value.context.root(value, order)
    if of_kind == BALL:
        return value.sqrt() if order == 2 else value.root(order)
    import sympy

    return sympy.Pow(value, sympy.Rational(1, order))


def power(base: Number, numerator: Number, denominator: Number = 1) -> Number:
    """`base ** (numerator / denominator)` for a positive base, to the precision of the base.

    The exponent is given as two whole numbers, so that it is never rounded. Both may be SymPy expressions.

    Examples:
        >>> power(Fraction(8), 2, 3)
        Fraction(4, 1)
        >>> import sympy
        >>> Q, D = sympy.symbols("Q D", positive=True)
        >>> power(Q, D - 1, D)
        Q**((D - 1)/D)
    """
    of_kind = kind(base)
    if of_kind == SYMBOLIC or kind(denominator) == SYMBOLIC or kind(numerator) == SYMBOLIC:
        import sympy

        return sympy.Pow(sympy.sympify(base), sympy.sympify(numerator) / sympy.sympify(denominator))
    if of_kind == FLOAT:
        return base ** (numerator / denominator)
    if of_kind == RATIONAL:
        base = Fraction(base)
    return root(base**numerator, denominator)


def square(value: Any) -> Any:
    """The square of a number, or of each entry of an array: `x ** 2`, but for balls.

    `flint.arb` answers NaN to `x ** 2` where the ball's centre is 0, and a product of a ball with itself forgets
    that a square is not negative.

    Examples:
        >>> from flint import arb
        >>> (arb(0, 1) ** 2).is_finite(), square(arb(0, 1)).is_finite()
        (False, True)
        >>> square(3.0)
        9.0
    """
    if isinstance(value, np.ndarray) and value.dtype == object:
        return np.array([square(entry) for entry in value.ravel()], dtype=object).reshape(value.shape)
    if isinstance(value, float):
        return value * value  # too large a square is infinite, as in an array, where ** would raise OverflowError
    if type(value).__module__.partition(".")[0] == "flint" and type(value).__name__ == "arb" and value.contains(0):
        return type(value)(0).union(value.abs_upper() * value.abs_upper()) if value.is_finite() else value * value
    return value**2


def exp(value: Number) -> Number:
    """Exponential, of the same kind as its argument; a rational has none but `exp(0) = 1`.

    Raises:
        NumberKindError: a rational other than 0.
        NotFiniteError: a float64 whose exponential overflows.

    Examples:
        >>> exp(0.0), exp(Fraction(0))
        (1.0, Fraction(1, 1))
    """
    return _transcendental("exp", value, Fraction(1))


def log(value: Number) -> Number:
    """Natural logarithm of a positive number; a rational has none but `log(1) = 0`.

    Examples:
        >>> log(1.0)
        0.0
    """
    return _transcendental("log", value, Fraction(0), Fraction(1))


def sinh(value: Number) -> Number:
    """Hyperbolic sine; a rational has none but `sinh(0) = 0`.

    Examples:
        >>> sinh(0.0)
        0.0
    """
    return _transcendental("sinh", value, Fraction(0))


def tanh(value: Number) -> Number:
    """Hyperbolic tangent; a rational has none but `tanh(0) = 0`.

    Examples:
        >>> tanh(0.0)
        0.0
    """
    return _transcendental("tanh", value, Fraction(0))


def _transcendental(name: str, value: Number, known: Fraction, at: Fraction = Fraction(0)) -> Number:
    """The function of that name of `math`, mpmath, flint or SymPy; `known` is its one rational value."""
    of_kind = kind(value)
    if of_kind == FLOAT:
        try:
            return float(getattr(math, name)(value))
        except (OverflowError, ValueError) as error:
            raise NotFiniteError(f"{name}({value}) is not a float64: give mpmath.mpf numbers") from error
    if of_kind == RATIONAL:
        if value == at:
            return known
        raise NumberKindError(f"{name}({value}) is not rational: give flint.arb or mpmath.mpf numbers instead")
    if of_kind == MPMATH:
        return getattr(value.context, name)(value)
    if of_kind == BALL:
        return getattr(value, name)()
    import sympy

    return getattr(sympy, name)(value)


def is_indexed(values: object) -> TypeGuard[IndexedArray]:
    """Whether the value is an array of symbolic size; asking does not import SymPy.

    Examples:
        >>> is_indexed(np.array([1.0]))
        False
    """
    module = sys.modules.get("theory.language.indexed")
    return module is not None and isinstance(values, module.IndexedArray)


def total(values: Any) -> Number:
    """Sum of all entries; over a range of symbolic size when the entries are indexed symbolically.

    Examples:
        >>> total(np.array([Fraction(1, 3), Fraction(2, 3)]))
        Fraction(1, 1)
    """
    if hasattr(values, "total"):
        return values.total()
    if isinstance(values, np.ndarray) and values.dtype != object:
        return float(np.sum(values))
    entries = values.ravel() if isinstance(values, np.ndarray) else iter(values)
    result = 0
    for entry in entries:
        result = result + entry
    return result


def is_surely_positive(value: Number) -> bool:
    """Whether the number is positive for certain: a ball around zero is not, nor an undetermined symbol."""
    if kind(value) == SYMBOLIC:
        return value.is_positive is True
    return bool(value > 0)


def is_finite(value: Number) -> bool:
    """Whether the number is neither NaN nor infinite. A symbol counts as finite."""
    of_kind = kind(value)
    if of_kind == FLOAT:
        return math.isfinite(value)
    if of_kind == MPMATH:
        return bool(value.context.isfinite(value))
    if of_kind == BALL:
        return bool(value.is_finite())
    return True


def plain(value: Number) -> Number:
    """Return the value as Python's own float where NumPy made it; any other number as it is."""
    return float(value) if isinstance(value, np.floating) else value


def finite(value: Number, name: str) -> Number:
    """Return the value, of any sign, or say that float64 cannot hold it.

    Raises:
        NotFiniteError: a float64 that overflowed or is NaN.

    Examples:
        >>> finite(1e200 * 1e200, "the square")
        Traceback (most recent call last):
        theory.errors.NotFiniteError: the square leaves the range of float64: rescale, or give Fraction or mpmath.mpf
    """
    if not is_finite(value):
        raise NotFiniteError(f"{name} leaves the range of float64: rescale, or give Fraction or mpmath.mpf")
    return plain(value)


def representable(value: Number, name: str) -> Number:
    """Return the value, a positive quantity, or say that float64 cannot hold it.

    Raises:
        NotFiniteError: the value overflowed, underflowed to zero, or is NaN.
    """
    if kind(value) == FLOAT and not (math.isfinite(value) and value > 0):
        raise NotFiniteError(f"{name} leaves the range of float64: rescale the data, or give mpmath.mpf numbers")
    return plain(value)


def like(value: Number, reference: Number) -> Number:
    """Return an exact rational as the reference's kind of number, since not every kind mixes with fractions.

    Examples:
        >>> from flint import arb
        >>> (like(Fraction(1, 4), arb(1)) * 4) == 1
        True
    """
    if kind(value) != RATIONAL or isinstance(value, int):
        return value
    of_kind = kind(reference)
    if of_kind == FLOAT:
        return float(value)
    if of_kind == MPMATH:
        return reference.context.mpf(value.numerator) / value.denominator
    if of_kind == BALL:
        return type(reference)(value.numerator) / value.denominator
    if of_kind == SYMBOLIC:
        import sympy

        return sympy.Rational(value.numerator, value.denominator)
    return value


def vector(values: Iterable[Number], reference: Number = 0) -> np.ndarray[Any, Any]:
    """One-dimensional read-only array: float64 where every entry is a float or an int, of objects otherwise.

    Exact rationals among other kinds, or beside a reference of another kind, become that kind.

    Raises:
        NumberKindError: an entry is no number of a known kind.
    """
    if isinstance(values, np.ndarray) and values.dtype == np.float64:
        result = values.copy()
    else:
        entries = [Fraction(int(entry)) if isinstance(entry, int | np.integer) else entry for entry in values]
        reference = next((entry for entry in entries if kind(entry) != RATIONAL), reference)
        entries = [like(entry, reference) for entry in entries]
        if all(kind(entry) == FLOAT for entry in entries):
            result = np.array(entries, dtype=np.float64)
        else:
            result = np.empty(len(entries), dtype=object)
            result[:] = entries
    result.setflags(write=False)
    return result


def _rational_root(value: Fraction, order: int) -> Fraction:
    if value < 0:
        raise NumberKindError(f"the root of order {order} of {value} is not real")
    numerator, denominator = _whole_root(value.numerator, order), _whole_root(value.denominator, order)
    if numerator is None or denominator is None:
        raise NumberKindError(
            f"the root of order {order} of {value} is not rational: give flint.arb or mpmath.mpf numbers instead"
        )
    return Fraction(numerator, denominator)


def _whole_root(value: int, order: int) -> int | None:
    if value < 2:
        return value
    candidate = 1 << -(-value.bit_length() // order)  # above the root, from where Newton's method falls to it
    while (nearer := ((order - 1) * candidate + value // candidate ** (order - 1)) // order) < candidate:
        candidate = nearer
    return candidate if candidate**order == value else None
