"""How numbers lie in the memory of the compiled loops."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Number, Vector

ZERO_EXPONENT = -(1 << 40)
"""The exponent of zero: below that of every other number."""

Memory = NDArray[Any]
Numbers = Sequence[Number] | Vector


@dataclass(frozen=True)
class Format(ABC):
    """Numbers side by side in vectors.

    Attributes:
        bits: precision p.
        lanes: how many numbers lie side by side.
    """

    bits: int
    lanes: int

    @property
    @abstractmethod
    def words(self) -> int:
        """How many vectors hold the numbers side by side."""

    @property
    @abstractmethod
    def unit(self) -> int:
        """In which power of two the loops count `f` and `d`; a power of two changes no rounding."""

    @property
    @abstractmethod
    def word(self) -> type:
        """NumPy type of a word."""

    @abstractmethod
    def encode(self, arithmetic: Arithmetic, number: Number, shift: int) -> Sequence[Number]:
        """Give the words of one number times `2^shift`."""

    @abstractmethod
    def decode(self, arithmetic: Arithmetic, words: Memory, shift: int) -> Number:
        """Give one number times `2^shift` from its words."""

    @property
    def vector_bytes(self) -> int:
        """Size of one vector, and what its address is a multiple of."""
        return self.lanes * np.dtype(self.word).itemsize

    def with_lanes(self, lanes: int) -> Format:
        """Give the same numbers with more or fewer of them side by side."""
        return replace(self, lanes=lanes)

    def empty(self, chunks: int) -> Memory:
        """Give memory that holds zeros, shape `(chunks, words, lanes)`, where vector loads can take it."""
        size, item = chunks * self.words * self.lanes, np.dtype(self.word).itemsize
        raw: Memory = np.zeros(size + 128 // item, dtype=self.word)
        start = (-raw.ctypes.data % 128) // item
        return raw[start : start + size].reshape(chunks, self.words, self.lanes)

    def pack(self, arithmetic: Arithmetic, numbers: Numbers, shift: int = 0, *, everywhere: bool = False) -> Memory:
        """Lay numbers times `2^shift` out: number i in lane `i mod lanes` of chunk `i div lanes`.

        With `everywhere` each number fills all the lanes of its own chunk. Other lanes hold zero.
        """
        count = len(numbers)
        memory = self.empty(count if everywhere else max(1, -(-count // self.lanes)))
        zero: Memory = np.array(self.encode(arithmetic, arithmetic.number(0), 0), dtype=self.word)
        memory[:] = zero[None, :, None]
        for i, number in enumerate(numbers):
            column: Memory = np.array(self.encode(arithmetic, number, shift), dtype=self.word)
            if everywhere:
                memory[i] = column[:, None]
            else:
                memory[i // self.lanes, :, i % self.lanes] = column
        return memory

    def unpack(self, arithmetic: Arithmetic, memory: Memory, count: int, shift: int = 0) -> list[Number]:
        """Read back what `pack` laid out without `everywhere`."""
        return [self.decode(arithmetic, memory[i // self.lanes, :, i % self.lanes], shift) for i in range(count)]


@dataclass(frozen=True)
class Layout(Format):
    """Numbers of any precision, in limbs.

    Attributes:
        limb_bits: w: 52 where the processor multiplies 52-bit integers, else 28.
    """

    limb_bits: int

    @property
    def word(self) -> type:
        """NumPy type of a word."""
        return np.int64

    @property
    def unit(self) -> int:
        """With f and d in these units the limbs of f, of z and of `z f` rarely straddle their size 1."""
        return 3 * self.limb_bits // 4

    @property
    def whole(self) -> int:
        """Q of `p - 1 = w Q + R`."""
        return (self.bits - 1) // self.limb_bits

    @property
    def rest(self) -> int:
        """R of `p - 1 = w Q + R`."""
        return (self.bits - 1) % self.limb_bits

    @property
    def limbs(self) -> int:
        """Number of limbs L."""
        return self.whole + 2

    @property
    def words(self) -> int:
        """Vectors of 64-bit words that the numbers side by side take: limbs, exponent, sign."""
        return self.limbs + 2

    def encode(self, arithmetic: Arithmetic, number: Number, shift: int) -> Sequence[int]:
        """Give limbs, exponent and sign of one number times `2^shift`."""
        mantissa, exponent = arithmetic.mantissa_exponent(number)
        if mantissa == 0:
            return [*([0] * self.limbs), ZERO_EXPONENT, 0]
        w, L, size = self.limb_bits, self.limbs, abs(mantissa)
        whole = (size.bit_length() + exponent + shift - 1) // w
        up = exponent + shift - w * (whole - L + 1)
        size = size << up if up >= 0 else size >> -up
        return [*((size >> (w * k)) & ((1 << w) - 1) for k in range(L)), whole, -1 if mantissa < 0 else 0]

    def decode(self, arithmetic: Arithmetic, words: Memory, shift: int) -> Number:
        """Give one number times `2^shift` from its limbs, exponent and sign."""
        mantissa, exponent = self.mantissa_exponent(words)
        return arithmetic.from_mantissa_exponent(mantissa, exponent + shift)

    def mantissa_exponent(self, words: Memory) -> tuple[int, int]:
        """Give integers with one number = `mantissa 2^exponent` from its limbs, exponent and sign."""
        *limbs, whole, sign = words.tolist()
        mantissa = 0
        for limb in reversed(limbs):
            mantissa = mantissa << self.limb_bits | limb
        return -mantissa if sign else mantissa, self.limb_bits * (whole - len(limbs) + 1)


@dataclass(frozen=True)
class CutLayout(Layout):
    """Numbers in the same limbs whose operations cut off instead of rounding: right to `bits` bits but for a few units.

    With fewer bits such a number is the end of one with more, in memory: its higher limbs, exponent and sign.
    """

    @classmethod
    def of_limbs(cls, limbs: int, like: Layout) -> CutLayout:
        """Give that of some number of limbs."""
        return cls(like.limb_bits * (limbs - 1), like.lanes, like.limb_bits)


@dataclass(frozen=True)
class HardwareFormat(Format):
    """Numbers that the processor itself computes with: 24 or 53 bits."""

    @property
    def words(self) -> int:
        """One vector."""
        return 1

    @property
    def unit(self) -> int:
        """No power of two: one could overflow where the reference does not."""
        return 0

    @property
    def word(self) -> type:
        """NumPy type of a word."""
        return np.float32 if self.bits == 24 else np.float64

    def encode(self, arithmetic: Arithmetic, number: Number, shift: int) -> Sequence[Number]:
        """Give the number."""
        return [number]

    def decode(self, arithmetic: Arithmetic, words: Memory, shift: int) -> Number:
        """Give the number."""
        return words[0]

    def pack(self, arithmetic: Arithmetic, numbers: Numbers, shift: int = 0, *, everywhere: bool = False) -> Memory:
        """Lay numbers out, without a loop over them."""
        values: Memory = np.asarray(numbers, dtype=self.word)
        memory = self.empty(len(values) if everywhere else max(1, -(-len(values) // self.lanes)))
        if everywhere:
            memory[:] = values[:, None, None]
        else:
            memory.reshape(-1)[: len(values)] = values
        return memory

    def unpack(self, arithmetic: Arithmetic, memory: Memory, count: int, shift: int = 0) -> list[Number]:
        """Read numbers back, without a loop over them."""
        return list(memory[:, 0].ravel()[:count])
