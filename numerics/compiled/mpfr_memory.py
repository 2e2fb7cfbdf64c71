"""MPFR numbers in memory as the library itself keeps them, and the library that gmpy2 has loaded.

The structures are those of MPFR's custom interface, which its manual describes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import gmpy2  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Mpfr
from numerics.arithmetic.base import Number, Vector

STRUCTURE_WORDS = 4
"""A number is a structure of precision, sign, exponent and address of its limbs, each a word of 64 bits."""

PRECISION, SIGN, EXPONENT, ADDRESS = range(STRUCTURE_WORDS)
"""Which word is which; of that of the sign, half is used."""

_WORD_BITS = 64
_KINDS = ("nan", "inf", "0")
_ZERO, _REGULAR = 2, 3


@cache
def library() -> Any:
    """Give the MPFR that gmpy2 computes with.

    Raises:
        ImportError: it cannot be reached from here, or lays its numbers out in another way.
    """
    try:  # symbols are looked for in what a library depends on, too
        found = ctypes.CDLL(getattr(gmpy2, "gmpy2", gmpy2).__file__)
    except OSError as error:
        raise ImportError(str(error)) from None
    if ctypes.sizeof(ctypes.c_long) * 8 != _WORD_BITS or not hasattr(found, "mpfr_custom_init_set"):
        raise ImportError("the MPFR of this gmpy2 is out of reach")
    kinds = ctypes.c_void_p, ctypes.c_int, ctypes.c_long, ctypes.c_long, ctypes.c_void_p
    found.mpfr_custom_init_set.argtypes = kinds
    found.mpfr_custom_get_exp.restype = found.mpfr_get_emin.restype = found.mpfr_get_emin_min.restype = ctypes.c_long
    found.mpfr_custom_get_exp.argtypes = found.mpfr_custom_get_kind.argtypes = (ctypes.c_void_p,)
    found.mpfr_set_emin.argtypes = (ctypes.c_long,)
    return found


@contextmanager
def whole_range() -> Iterator[None]:
    """Let numbers be as small as MPFR can have them, as `Mpfr.active` does."""
    mpfr = library()
    before = mpfr.mpfr_get_emin()
    mpfr.mpfr_set_emin(mpfr.mpfr_get_emin_min())
    try:
        yield
    finally:
        mpfr.mpfr_set_emin(before)


def is_structure_of(number: Number, address: int) -> bool:
    """Tell whether MPFR's structure of a number, not zero, stands at an address that may be read.

    What stands where the address of its limbs should is followed only if all else fits, and it can be an address.
    """
    mantissa, exponent = map(int, number.as_mantissa_exp())
    words: list[int] = list((ctypes.c_int64 * STRUCTURE_WORDS).from_address(address))
    sign = ctypes.c_int32.from_address(address + 8 * SIGN).value
    head = words[PRECISION], sign, words[EXPONENT]
    if head != (number.precision, gmpy2.sign(number), exponent + mantissa.bit_length()):
        return False
    if words[ADDRESS] <= 0 or words[ADDRESS] % 8:
        return False
    limbs = _limbs_of(mantissa, -(-number.precision // _WORD_BITS))
    return ctypes.string_at(words[ADDRESS], len(limbs)) == limbs


def _limbs_of(mantissa: int, words: int) -> bytes:
    """Give what stands in memory for the size of a mantissa: its leading bit is the last one."""
    return (abs(mantissa) << (_WORD_BITS * words - mantissa.bit_length())).to_bytes(8 * words, "little")


class MpfrMemory:
    """Room for some MPFR numbers of one precision, zero at first.

    Args:
        arithmetic: that of the numbers.
        count: how many.

    Attributes:
        address: where the first one stands.
        each: how many bytes further the next one stands.
    """

    def __init__(self, arithmetic: Mpfr, count: int) -> None:
        self._arithmetic, words = arithmetic, -(-arithmetic.bits // _WORD_BITS)
        self._structures: NDArray[np.int64] = np.zeros((count, STRUCTURE_WORDS), dtype=np.int64)
        self._limbs: NDArray[np.uint64] = np.zeros((count, words), dtype=np.uint64)
        self.address, self.each = self._structures.ctypes.data, 8 * STRUCTURE_WORDS
        self._set(0, _ZERO, 0)
        if self._structures[0, ADDRESS] != self._limbs.ctypes.data:
            raise ImportError("this MPFR lays its numbers out in another way")
        self._structures[1:] = self._structures[0]
        self._structures[:, ADDRESS] += 8 * words * np.arange(count)

    def write(self, numbers: Sequence[Number] | Vector, first: int) -> None:
        """Put finite numbers of the arithmetic into the places from one on."""
        for place, number in enumerate(numbers, start=first):
            if number == 0:
                self._set(place, _ZERO if not gmpy2.is_signed(number) else -_ZERO, 0)
                continue
            mantissa, exponent = map(int, number.as_mantissa_exp())
            self._limbs[place] = np.frombuffer(_limbs_of(mantissa, self._limbs.shape[1]), np.uint64)
            self._set(place, _REGULAR if mantissa > 0 else -_REGULAR, exponent + mantissa.bit_length())

    def read(self, first: int, count: int) -> list[Number]:
        """Give the numbers in some places."""
        a, mpfr, room = self._arithmetic, library(), _WORD_BITS * self._limbs.shape[1]
        found = []
        for place in range(first, first + count):
            at = self.address + place * self.each
            kind = mpfr.mpfr_custom_get_kind(at)
            if abs(kind) == _REGULAR:
                size = int.from_bytes(self._limbs[place].tobytes(), "little")
                exponent = mpfr.mpfr_custom_get_exp(at) - room
                found.append(a.from_mantissa_exponent(size if kind > 0 else -size, exponent))
            else:
                found.append(gmpy2.mpfr(f"{'-' if kind < 0 else ''}{_KINDS[abs(kind)]}", a.bits))
        return found

    def _set(self, place: int, kind: int, exponent: int) -> None:
        at, limbs = self.address + place * self.each, self._limbs[place].ctypes.data
        library().mpfr_custom_init_set(at, kind, exponent, self._arithmetic.bits, limbs)
