"""Laying out gmpy2's numbers from where they stand in memory.

An object of gmpy2 is, after the head of every Python object, the structure of MPFR (`MPFR_Object` in gmpy2's header for
C; `mpfr_memory` says what that is).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import gmpy2  # type: ignore[import-untyped]
import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from numerics.arithmetic.base import Vector
from numerics.arithmetic.mpfr import Mpfr
from numerics.compiled.lanes.layout import ZERO_EXPONENT, CutLayout, Memory
from numerics.compiled.mpfr_memory import ADDRESS, EXPONENT, PRECISION, SIGN, is_structure_of

_OBJECT_BYTES, _HEAD_BYTES = 64, 16
_MOST_EXPONENT = 1 << 30
_ZERO_KIND = -(1 << 63) + 1  # MPFR's exponent of zero; those of NaN and infinity follow

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_compile = numba.njit(cache=True, error_model="numpy")


class NumbersOfObjects:
    """Room for some objects of gmpy2, from which their numbers are laid out.

    Attributes:
        objects: the objects, to be set.
        floats: their numbers rounded down to 53 bits, once laid out; 0 or infinity where float64 cannot hold one.
    """

    def __init__(self, count: int) -> None:
        self.objects: Vector = np.empty(count, dtype=object)
        self.floats: Floats = np.empty(count)
        self._address, self._bits = self.objects.ctypes.data, self.floats.view(np.int64)

    def lay_out(self, layout: CutLayout, memory: Memory, *, everywhere: bool = False) -> bool:
        """Do what `CutLayout.pack` does; tell whether all were finite numbers of gmpy2 of usual size.

        Args:
            layout: how.
            memory: where, shape `(chunks, words, lanes)`.
            everywhere: each number fills all lanes of its own chunk.
        """
        return bool(_lay_out(self._address, id(gmpy2.mpfr), layout.limb_bits, everywhere, memory, self._bits))


@cache
def is_understood() -> bool:
    """Tell whether objects of gmpy2 lie in memory as this module reads them, from some that are known."""
    if gmpy2.mpfr.__basicsize__ != _OBJECT_BYTES or object.__basicsize__ != _HEAD_BYTES:
        return False
    a, layout = Mpfr(150), CutLayout(200, 4, 52)
    with a.active():
        known = [gmpy2.mpfr(1) / 3, -(gmpy2.mpfr(10) ** 40) / 7, gmpy2.mpfr(0), -(gmpy2.mpfr(7) ** -50)]
    if not all(is_structure_of(number, id(number) + _HEAD_BYTES) for number in known if number != 0):
        return False
    numbers, memory = NumbersOfObjects(4), layout.empty(1)
    numbers.objects[:] = known
    return bool(numbers.lay_out(layout, memory) and np.array_equal(memory, layout.pack(a, known)))


@_compile
def to_floats(columns: Memory, limb_bits: int) -> Floats:
    """Give numbers, each a row of words, to some 50 bits; 0 or infinity where float64 cannot hold one."""
    limbs, out = columns.shape[1] - 2, np.empty(columns.shape[0])
    for i in range(len(out)):
        size = 0.0
        for k in range(max(0, limbs - 4), limbs):
            size = size * 2.0**-limb_bits + columns[i, k]
        size = math.ldexp(size, min(max(limb_bits * columns[i, limbs], -3000), 3000))
        out[i] = -size if columns[i, limbs + 1] != 0 else size
    return out


def _reading(typing_context: Any, address: Any) -> Any:
    """Read the word of 64 bits at an address."""

    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word = ir.IntType(64)
        return builder.load(builder.inttoptr(arguments[0], word.as_pointer()), typ=word)

    return types.int64(types.int64), write


_word: Any = intrinsic(_reading)


def _laying_out(zero_exponent: int, places: Sequence[int]) -> Any:
    """Compile it; numba sees changes in this file and in what the function closes over, not in constants of others."""
    precision_at, sign_at, exponent_at, address_at = places

    @_compile
    def lay_out(objects: int, kind: int, limb_bits: int, everywhere: bool, memory: Memory, bits: Integers) -> bool:
        lanes, limbs = memory.shape[2], memory.shape[1] - 2
        mask = (np.int64(1) << limb_bits) - 1
        for i in range(len(bits)):
            at = _word(objects + 8 * i)
            if _word(at + 8) != kind:
                return False
            words, sign = (_word(at + precision_at) + 63) >> 6, _word(at + sign_at) << 32
            exponent, mantissa = _word(at + exponent_at), _word(at + address_at)
            chunk, start, stop = (i, 0, lanes) if everywhere else (i // lanes, i % lanes, i % lanes + 1)
            if exponent == _ZERO_KIND:
                bits[i] = 0
                for lane in range(start, stop):
                    memory[chunk, :, lane] = 0
                    memory[chunk, limbs, lane] = zero_exponent
                continue
            if not -_MOST_EXPONENT < exponent < _MOST_EXPONENT:
                return False
            # The number is M 2^(exponent - 64 words), its leading bit is 2^(exponent - 1).
            whole = (exponent - 1) // limb_bits
            offset = limb_bits * (whole - limbs + 1) - exponent + 64 * words
            for k in range(limbs):
                word, shift = offset >> 6, offset & 63
                limb = np.int64(0)
                if 0 <= word < words:
                    limb = np.int64(np.uint64(_word(mantissa + 8 * word)) >> np.uint64(shift))
                if shift > 0 and 0 <= word + 1 < words:
                    limb |= _word(mantissa + 8 * word + 8) << (64 - shift)
                for lane in range(start, stop):
                    memory[chunk, k, lane] = limb & mask
                offset += limb_bits
            for lane in range(start, stop):
                memory[chunk, limbs, lane] = whole
                memory[chunk, limbs + 1, lane] = -1 if sign < 0 else 0
            top = _word(mantissa + 8 * (words - 1))
            size = np.int64(np.uint64(top << 1) >> np.uint64(12))
            if exponent > 1023:
                exponent, size = 1025, np.int64(0)
            elif exponent < -1021:
                exponent, size = -1022, np.int64(0)
            bits[i] = (exponent + 1022) << 52 | size | (sign >> 63) << 63
        return True

    return lay_out


_PLACES = [_HEAD_BYTES + 8 * word for word in (PRECISION, SIGN, EXPONENT, ADDRESS)]
_lay_out = _laying_out(ZERO_EXPONENT, _PLACES)
