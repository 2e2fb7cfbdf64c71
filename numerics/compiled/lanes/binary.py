"""Laying out many MPFR numbers at once, and reading them back, by the bytes of gmpy2's `to_binary`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import gmpy2  # type: ignore[import-untyped]
import numba
import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Number
from numerics.arithmetic.mpfr import Mpfr
from numerics.compiled.lanes.layout import Layout, Memory

_HEADER = 12  # kind, flags, two bytes, precision, exponent
_ORDINARY = 0x41  # not zero, infinite or NaN; words of 64 bits
_ORDINARY_MASK = 0x5D
_ZERO, _NEGATIVE, _NEGATIVE_EXPONENT = 0x40, 0x02, 0x20

Raw = NDArray[np.uint32]
_compile = numba.njit(cache=True)


class BinaryNumbers(NamedTuple):
    """MPFR numbers as gmpy2 writes them.

    Attributes:
        raw: all of them, one after the other.
        each: how many of its entries belong to one number.
        many: how many numbers.
    """

    raw: Raw
    each: int
    many: int

    @classmethod
    def of(cls, numbers: Sequence[Number]) -> BinaryNumbers | None:
        """Write numbers of one precision; None where one is zero or where this gmpy2 writes in another way."""
        written = b"".join(map(gmpy2.to_binary, numbers))
        each, over = divmod(len(written), len(numbers))
        if over or each % 8 != _HEADER % 8 or each <= _HEADER or not _understood():
            return None
        return cls(np.frombuffer(written, dtype=np.uint32), each // 4, len(numbers))

    def lay_out(self, layout: Layout, memory: Memory) -> bool:
        """Do what `Layout.pack` does, into memory of shape `(chunks, words, lanes)`; tell whether all were ordinary.

        With one lane, every number has a chunk of its own.
        """
        return bool(_lay_out(self.raw, self.each, self.many, layout.limb_bits, layout.limbs, memory))

    def floats(self) -> NDArray[np.float64]:
        """Give the numbers to nearly 53 bits, infinity where one is too large; they must be ordinary."""
        return np.asarray(_floats(self.raw, self.each, self.many))


def unpack_quickly(layout: Layout, columns: Memory, bits: int) -> list[Number]:
    """Read one number of at most some bits from each row of words, shape `(count, words)`, exactly.

    Only for a gmpy2 that `BinaryNumbers.of` has understood.
    """
    words = -(-bits // 64)
    each = _HEADER + 8 * words
    out = np.zeros((len(columns), each // 4), dtype=np.uint32)
    _write_out(columns, layout.limb_bits, bits, out)
    written = out.tobytes()
    return [gmpy2.from_binary(written[k * each : (k + 1) * each]) for k in range(len(columns))]


@cache
def _understood() -> bool:
    """Tell whether gmpy2 writes its numbers as this module reads them, from numbers that are known."""
    a, layout = Mpfr(150), Layout(200, 4, 52)
    with a.active():
        numbers = [gmpy2.mpfr(1) / 3, -(gmpy2.mpfr(10) ** 40) / 7, gmpy2.mpfr(2) ** -300, -(gmpy2.mpfr(7) ** -50)]
    memory = layout.empty(1)
    raw = np.frombuffer(b"".join(map(gmpy2.to_binary, numbers)), dtype=np.uint8)
    each = len(raw) // 4
    if each != _HEADER + 24:
        return False
    read = _lay_out(raw.view(np.uint32), each // 4, 4, 52, layout.limbs, memory)
    return bool(read and np.array_equal(memory, layout.pack(a, numbers)))


@_compile
def _lay_out(raw: Raw, each: int, count: int, limb_bits: int, limbs: int, memory: Memory) -> bool:
    lanes, words = memory.shape[2], (each - 3) // 2
    mask = (np.uint64(1) << np.uint64(limb_bits)) - np.uint64(1)
    for i in range(count):
        head = raw[i * each]
        flags = (head >> 8) & 0xFF
        if head & 0xFF != 4 or flags & _ORDINARY_MASK != _ORDINARY:
            return False
        exponent = np.int64(raw[i * each + 2])
        if flags & _NEGATIVE_EXPONENT:
            exponent = -exponent
        # The number is M 2^(exponent - 64 words), its leading bit is 2^(exponent - 1).
        whole = (exponent - 1) // limb_bits
        chunk, lane, first = i // lanes, i % lanes, i * each + 3
        for k in range(limbs):
            offset = limb_bits * (whole - limbs + 1 + k) - exponent + 64 * words
            at, shift = offset >> 6, np.uint64(offset & 63)
            limb = np.uint64(0)
            if 0 <= at < words:
                limb = (np.uint64(raw[first + 2 * at]) | np.uint64(raw[first + 2 * at + 1]) << np.uint64(32)) >> shift
            if shift > 0 and 0 <= at + 1 < words:
                above = np.uint64(raw[first + 2 * at + 2]) | np.uint64(raw[first + 2 * at + 3]) << np.uint64(32)
                limb |= above << (np.uint64(64) - shift)
            memory[chunk, k, lane] = np.int64(limb & mask)
        memory[chunk, limbs, lane] = whole
        memory[chunk, limbs + 1, lane] = -1 if flags & _NEGATIVE else 0
    return True


@_compile
def _floats(raw: Raw, each: int, count: int) -> NDArray[np.float64]:
    out = np.empty(count)
    for i in range(count):
        flags = (raw[i * each] >> 8) & 0xFF
        exponent = np.int64(raw[i * each + 2])
        if flags & _NEGATIVE_EXPONENT:
            exponent = -exponent
        top = i * each + each - 1
        size = raw[top] * 2.0**-32 + raw[top - 1] * 2.0**-64
        half = exponent // 2  # a power of two at a time that float64 holds
        size = size * 2.0**half * 2.0 ** (exponent - half)
        out[i] = -size if flags & _NEGATIVE else size
    return out


@_compile
def _write_out(columns: Memory, limb_bits: int, bits: int, out: Raw) -> None:
    count, limbs, words = columns.shape[0], columns.shape[1] - 2, (out.shape[1] - 3) // 2
    for i in range(count):
        top = limbs - 1
        while top > 0 and columns[i, top] == 0:
            top -= 1
        if columns[i, top] == 0:
            out[i, 0] = 4 | _ZERO << 8
            out[i, 1] = bits
            continue
        leading = 0
        while columns[i, top] >> (leading + 1) > 0:
            leading += 1
        exponent = limb_bits * (columns[i, limbs] - (limbs - 1 - top)) + leading + 1
        head = _ORDINARY
        if columns[i, limbs + 1] != 0:
            head |= _NEGATIVE
        if exponent < 0:
            head |= _NEGATIVE_EXPONENT
        out[i, 0], out[i, 1], out[i, 2] = 4 | head << 8, bits, abs(exponent)
        # Bit 64 words - 1 of the mantissa is bit `leading` of limb `top`.
        for k in range(top + 1):
            offset = 64 * words - 1 - leading - limb_bits * (top - k)
            limb = np.uint64(columns[i, k])
            if offset < 0:
                limb >>= np.uint64(min(-offset, 63))
                offset = 0
            at, shift = offset >> 6, np.uint64(offset & 63)
            low = limb << shift
            out[i, 3 + 2 * at] |= np.uint32(low & np.uint64(0xFFFFFFFF))
            out[i, 4 + 2 * at] |= np.uint32(low >> np.uint64(32))
            if shift > 0 and at + 1 < words:
                high = limb >> (np.uint64(64) - shift)
                out[i, 5 + 2 * at] |= np.uint32(high & np.uint64(0xFFFFFFFF))
                out[i, 6 + 2 * at] |= np.uint32(high >> np.uint64(32))
