"""Matrices of fixed-point numbers of any width, multiplied exactly by float64 matrix products.

A number is a row of balanced digits in base 2^22. A product of two matrices is taken modulo as many primes of about
23 bits as its size needs: there a sum of products of residues stays below 2^53, so that float64 has every bit of it,
in whatever order a library adds. The Chinese remainder theorem puts the product together again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt, log2

import numpy as np
from numpy.typing import NDArray
from sympy import prevprime

Floats = NDArray[np.float64]

DIGIT_BITS = 22
_BASE = 2.0**DIGIT_BITS
_BLOCK = 1 << 14  # entries that are worked on at a time, so that their digits stay in the cache
_PRIMES_AT_ONCE = 8

ResidueFormula = Callable[[Sequence[Floats]], Floats]


@dataclass(frozen=True, eq=False)
class WideMatrix:
    """The matrix `sum_l digits[l] 2^(22 (l + low))`.

    Attributes:
        digits: whole numbers of at most 2^21 in magnitude, shape `(L, n, m)`, L >= 1.
        low: the place of the lowest digit.
    """

    digits: Floats
    low: int

    @classmethod
    def from_floats(cls, values: Floats, low: int | None = None) -> WideMatrix:
        """Take floats exactly, or rounded to a lowest place. They may span 1,000 powers of two."""
        top = place_of(float(np.abs(values).max(initial=0.0)))
        rest = np.ldexp(values, -DIGIT_BITS * top)
        digits: list[Floats] = []
        while (rest.any() or not digits) and (low is None or top - len(digits) >= low):
            digit = np.rint(rest)
            digits.append(digit)
            rest = (rest - digit) * _BASE
        return carried(np.array(digits[::-1]), top - len(digits) + 1)

    @classmethod
    def from_integers(cls, integers: Sequence[int], low: int) -> WideMatrix:
        """Make one row of `integers 2^(22 low)`."""
        return cls(_digits_of(integers)[:, None, :], low)

    def integers(self) -> list[int]:
        """Give every entry as a whole number of `2^(22 low)`, row after row."""
        total = [0] * (self.digits.shape[1] * self.digits.shape[2])
        for digit in self.digits[::-1]:
            total = [(x << DIGIT_BITS) + int(d) for x, d in zip(total, digit.ravel().tolist(), strict=True)]
        return total

    @property
    def top(self) -> int:
        """The place of the highest digit."""
        return self.low + len(self.digits) - 1

    @property
    def size(self) -> float:
        """A number s with every entry below `2^s`."""
        return DIGIT_BITS * self.top + log2(float(np.abs(self.digits[-1]).max(initial=0.0)) + 1)

    @property
    def transposed(self) -> WideMatrix:
        """The transposed matrix."""
        return WideMatrix(self.digits.transpose(0, 2, 1), self.low)

    @property
    def diagonal(self) -> WideMatrix:
        """The diagonal as one row."""
        return WideMatrix(np.ascontiguousarray(np.diagonal(self.digits, axis1=1, axis2=2))[:, None, :], self.low)

    def placed(self, low: int) -> WideMatrix:
        """Round to a lowest place, or write zeros down to it."""
        if low >= self.low:
            return self.cut(low)
        return WideMatrix(np.concatenate([np.zeros((self.low - low, *self.digits.shape[1:])), self.digits]), low)

    def cut(self, low: int) -> WideMatrix:
        """Round to a lowest place: the error is at most half a unit of it, and a little."""
        away = min(low - self.low, len(self.digits) - 1)
        if away <= 0:
            return self
        if low > self.top:
            return WideMatrix(np.zeros_like(self.digits[:1]), low)
        return WideMatrix(self.digits[away:], low)

    def __add__(self, other: WideMatrix) -> WideMatrix:
        low = min(self.low, other.low)
        digits = np.zeros((max(self.top, other.top) + 1 - low, *self.digits.shape[1:]))
        for part in (self, other):
            digits[part.low - low : part.top - low + 1] += part.digits
        return carried(digits, low)

    def __neg__(self) -> WideMatrix:
        return WideMatrix(-self.digits, self.low)

    def __matmul__(self, other: WideMatrix) -> WideMatrix:
        """Multiply exactly."""
        inner = self.digits.shape[2]
        size = self.size + other.size + log2(inner)
        return by_residues([self, other], lambda r: r[0] @ r[1], self.low + other.low, size, inner)

    def scaled(self, place: int) -> Floats:
        """Round to floats, divided by `2^(22 place)`."""
        out = np.zeros(self.digits.shape[1:])
        for k in range(len(self.digits) - 1, -1, -1):
            up = DIGIT_BITS * (k + self.low - place)
            if up > -1000:
                out += np.ldexp(self.digits[k], up)
        return out


def place_of(value: float) -> int:
    """Give a place whose unit the value is less than 2^21 of."""
    return int(-((DIGIT_BITS - 1 - np.frexp(value)[1]) // DIGIT_BITS)) if value else 0


def gram(A: WideMatrix) -> WideMatrix:
    """Give `A A^T` exactly."""
    inner = A.digits.shape[2]
    return by_residues([A], lambda r: r[0] @ r[0].T, 2 * A.low, 2 * A.size + log2(inner), inner)


def residual(G: WideMatrix, E: WideMatrix, values: WideMatrix) -> WideMatrix:
    """Give `G E - E diag(values)` exactly; `values` is one row whose lowest place is that of G."""
    inner = E.digits.shape[1]
    size = max(G.size, values.size) + E.size + log2(inner + 1)
    return by_residues([G, E, values], lambda r: r[0] @ r[1] - r[1] * r[2], G.low + E.low, size, inner + 1)


def squared_columns(E: WideMatrix) -> WideMatrix:
    """Give the squared length of each column exactly, as one row."""
    inner = E.digits.shape[1]
    size = 2 * E.size + log2(inner)
    return by_residues([E], lambda r: np.einsum("ij,ij->j", r[0], r[0])[None, :], 2 * E.low, size, inner)


def quotients(W: WideMatrix, values: WideMatrix, low: int) -> WideMatrix:
    """Give `W_ij / (values_j - values_i)` off the diagonal, and zero on it, by long division to a lowest place.

    Quotients of more than 2^22 are cut off there: whoever asks takes them as too large.
    """
    count = W.digits.shape[1]
    low -= 1  # digits come in pairs
    out = np.zeros((2 - low, count, count))
    rows = max(1, _BLOCK // count)
    for start in range(0, count, rows):
        part = np.arange(start, min(start + rows, count))
        itself = (part - start, part)
        differences = carried(values.digits - values.digits[:, 0, part, None], values.low)
        differences.digits[-1][itself] = 1.0  # in place of 0
        rest = np.zeros((len(W.digits) + 3, len(part), count))
        rest[:-3] = W.digits[:, part]
        rest[(slice(None), *itself)] = 0.0
        _divide(rest, W.low, differences, out[:, start : start + rows], low)
    return carried(out, low)


def _divide(rest: Floats, low_of_rest: int, by: WideMatrix, out: Floats, low: int) -> None:
    """Write the digits of quotients into `out`, two places at a time."""
    divisor = by.scaled(by.top)
    at = min(place_of(float(np.abs(WideMatrix(rest, low_of_rest).scaled(by.top) / divisor).max())), 0)
    while at > low:
        at -= 1
        # A float64 quotient is good to more than the 44 bits of two digits.
        pair = np.rint(WideMatrix(rest, low_of_rest).scaled(at + by.top) / divisor)
        pair = np.clip(pair, -(_BASE**2), _BASE**2)
        upper = np.rint(pair / _BASE)
        for digit, place in ((upper, at + 1), (pair - upper * _BASE, at)):
            out[place - low] += digit
            first = place + by.low - low_of_rest
            start, end = max(first, 0), min(first + len(by.digits), len(rest))
            if start < end:
                rest[start:end] -= by.digits[start - first : end - first] * digit
        carry_up(rest[:-3], rest[-3:])
        at -= 1


def by_residues(
    operands: Sequence[WideMatrix], formula: ResidueFormula, low: int, size: float, terms: int
) -> WideMatrix:
    """Evaluate a sum of products of two whole numbers modulo primes, and put the result together.

    Args:
        operands: the matrices, each taken as whole numbers of its own lowest place.
        formula: what is to be computed from their residues.
        low: the place that the result counts in.
        size: the result is below `2^size`.
        terms: how many products of residues an entry sums.
    """
    primes = _primes(int(size - DIGIT_BITS * low) + 3, terms)
    results = []
    for start in range(0, len(primes), _PRIMES_AT_ONCE):
        some = primes[start : start + _PRIMES_AT_ONCE]
        residues = [_residues(operand.digits, some) for operand in operands]
        results += [_reduced(formula([of_operand[k] for of_operand in residues]), p) for k, p in enumerate(some)]
    return WideMatrix(*_trimmed(_put_together(np.array(results), primes), low))


def carried(digits: Floats, low: int) -> WideMatrix:
    """Balance digits of less than 2^52 in magnitude; the array may be overwritten."""
    shape = digits.shape
    flat = digits.reshape(len(digits), -1)
    extra = np.zeros((3, flat.shape[1]))
    for part in _blocks(flat.shape[1]):
        carry_up(flat[:, part], extra[:, part])
    return WideMatrix(*_trimmed(np.concatenate([flat, extra]).reshape(-1, *shape[1:]), low))


def carry_up(digits: Floats, above: Floats) -> None:
    """Balance the digits in place and let the three above them take what is left."""
    carry: Floats | None = None
    for digit in (*digits, *above):
        if carry is not None:
            digit += carry
        carry = np.rint(digit * (1 / _BASE))
        digit -= carry * _BASE


def _trimmed(digits: Floats, low: int) -> tuple[Floats, int]:
    count = len(digits)
    while count > 1 and not digits[count - 1].any():
        count -= 1
    return digits[:count], low


def _blocks(count: int) -> Iterator[slice]:
    for start in range(0, count, _BLOCK):
        yield slice(start, start + _BLOCK)


def _digits_of(integers: Sequence[int]) -> Floats:
    rows: list[list[int]] = []
    rest, half = list(integers), 1 << (DIGIT_BITS - 1)
    while any(rest) or not rows:
        row = [(x + half & (1 << DIGIT_BITS) - 1) - half for x in rest]
        rows.append(row)
        rest = [x - d >> DIGIT_BITS for x, d in zip(rest, row, strict=True)]
    return np.array(rows, dtype=np.float64)


@lru_cache(maxsize=64)
def _primes(bits: int, terms: int) -> tuple[int, ...]:
    """Give primes whose product exceeds `2^bits` and for which sums of so many products of residues are exact."""
    primes, product = [], 1
    # Residues are at most p/2 + 1; 2^23.5 keeps sums over digits and over primes exact too.
    p = min(2 * (isqrt(2**53 // terms) - 2), 11_863_283)
    while product >> bits == 0:
        p = int(prevprime(p))
        primes.append(p)
        product *= p
    return tuple(primes)


def _reduced(values: Floats, p: int) -> Floats:
    """Give residues of at most p/2 + 1 in magnitude."""
    return np.asarray(values - np.rint(values * (1 / p)) * p)


def _residues(digits: Floats, primes: Sequence[int]) -> list[Floats]:
    count = len(digits)
    powers = [[(pow(2, DIGIT_BITS * k, p) + p // 2) % p - p // 2 for k in range(count)] for p in primes]
    mixed = np.array(powers, dtype=np.float64) @ np.ascontiguousarray(digits).reshape(count, -1)
    return [_reduced(row, p).reshape(digits.shape[1:]) for row, p in zip(mixed, primes, strict=True)]


@lru_cache(maxsize=64)
def _garner(primes: tuple[int, ...]) -> tuple[list[int], Floats]:
    """Give the inverse of every `M / p` modulo p, and the digits of every `M / p` and of `-M`, M the product."""
    whole = 1
    for p in primes:
        whole *= p
    return [pow(whole // p, -1, p) for p in primes], _digits_of([*(whole // p for p in primes), -whole])


def _put_together(residues: Floats, primes: tuple[int, ...]) -> Floats:
    inverses, table = _garner(primes)
    shape = residues.shape[1:]
    flat = residues.reshape(len(primes), -1)
    out = np.empty((len(table) + 3, flat.shape[1]))
    for part in _blocks(flat.shape[1]):
        parts = np.array([_reduced(row * i, p) for row, i, p in zip(flat[:, part], inverses, primes, strict=True)])
        times = np.rint((1.0 / np.array(primes)) @ parts)
        out[:-3, part] = table @ np.concatenate([parts, times[None, :]])
        out[-3:, part] = 0.0
        carry_up(out[:-3, part], out[-3:, part])
    return out.reshape(-1, *shape)
