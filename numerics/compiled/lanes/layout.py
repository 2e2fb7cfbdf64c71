"""How numbers lie in the memory of the compiled loops."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Number, Vector

ZERO_EXPONENT = -(1 << 46)
"""The exponent of zero: below that of every other number."""

_LEAST_TAIL = 4  # what is lost far below a sum is one bit in the lowest place; half a unit must stay above that
_MOST_HEAD = 8  # a rounding seldom carries through so many bits

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
    def word(self) -> type:
        """NumPy type of a word."""

    @abstractmethod
    def encode(self, arithmetic: Arithmetic, number: Number) -> Sequence[Number]:
        """Give the words of one number."""

    @abstractmethod
    def decode(self, arithmetic: Arithmetic, words: Memory) -> Number:
        """Give one number from its words."""

    @property
    def vector_bytes(self) -> int:
        """Size of one vector, and what its address is a multiple of."""
        return self.lanes * np.dtype(self.word).itemsize

    def with_lanes(self, lanes: int) -> Format:
        """Give the same numbers with more or fewer of them side by side."""
        return replace(self, lanes=lanes)

    def empty(self, chunks: int) -> Memory:
        """Give memory that holds zeros, shape `(chunks, words, lanes)`, where vector loads can take it."""
        return self.vectors(chunks * self.words).reshape(chunks, self.words, self.lanes)

    def vectors(self, count: int) -> Memory:
        """Give memory for some vectors that holds zeros, shape `(count, lanes)`."""
        size, item = count * self.lanes, np.dtype(self.word).itemsize
        raw: Memory = np.zeros(size + 128 // item, dtype=self.word)
        start = (-raw.ctypes.data % 128) // item
        return raw[start : start + size].reshape(count, self.lanes)

    def pack(self, arithmetic: Arithmetic, numbers: Numbers, *, everywhere: bool = False) -> Memory:
        """Lay numbers out: number i in lane `i mod lanes` of chunk `i div lanes`.

        With `everywhere` each number fills all the lanes of its own chunk. Other lanes hold zero.
        """
        count = len(numbers)
        memory = self.empty(count if everywhere else max(1, -(-count // self.lanes)))
        zero: Memory = np.array(self.encode(arithmetic, arithmetic.number(0)), dtype=self.word)
        memory[:] = zero[None, :, None]
        for i, number in enumerate(numbers):
            column: Memory = np.array(self.encode(arithmetic, number), dtype=self.word)
            if everywhere:
                memory[i] = column[:, None]
            else:
                memory[i // self.lanes, :, i % self.lanes] = column
        return memory

    def unpack(self, arithmetic: Arithmetic, memory: Memory, count: int) -> list[Number]:
        """Read back what `pack` laid out without `everywhere`."""
        return [self.decode(arithmetic, memory[i // self.lanes, :, i % self.lanes]) for i in range(count)]


@dataclass(frozen=True)
class LimbFormat(Format):
    """Numbers in limbs, with an exponent and a sign.

    Attributes:
        limb_bits: w: 52 where the processor multiplies 52-bit integers, else 28.
    """

    limb_bits: int
    widest: ClassVar[int] = 8
    """A register of each limb: operations are long, and need all registers."""

    @property
    @abstractmethod
    def limbs(self) -> int:
        """Number of limbs L."""

    @property
    def word(self) -> type:
        """NumPy type of a word."""
        return np.int64

    @property
    def words(self) -> int:
        """Vectors of 64-bit words that the numbers side by side take: limbs, exponent, sign."""
        return self.limbs + 2

    def _in_limbs(self, size: int, down: int) -> list[int]:
        """Cut an integer times `2^-down` into limbs."""
        size = size >> down if down >= 0 else size << -down
        return [(size >> (self.limb_bits * k)) & ((1 << self.limb_bits) - 1) for k in range(self.limbs)]

    def _of_limbs(self, limbs: Sequence[int]) -> int:
        mantissa = 0
        for limb in reversed(limbs):
            mantissa = mantissa << self.limb_bits | limb
        return mantissa


@dataclass(frozen=True)
class Layout(LimbFormat):
    """Numbers of any precision, rounded to it."""

    @property
    def limbs(self) -> int:
        """Number of limbs L."""
        return -(-(self.bits + _LEAST_TAIL) // self.limb_bits)

    @property
    def tail(self) -> int:
        """How many bits of the lowest limb lie below the last bit of a number.

        Of the bits to spare some lie above the leading bit, that a rounding seldom carries out of the lowest limb; and
        more lie here, as a product of numbers that begin h bits lower begins 2 h bits lower.
        """
        spare = self.limb_bits * self.limbs - self.bits
        return spare - min((spare - _LEAST_TAIL) // 2, _MOST_HEAD)

    @property
    def size(self) -> int:
        """How many bits of the limbs are used: the leading bit is the last of them."""
        return self.bits + self.tail

    @property
    def unrounded_words(self) -> int:
        """How many vectors numbers take before they are rounded: a limb more."""
        return self.words + 1

    def encode(self, arithmetic: Arithmetic, number: Number) -> Sequence[int]:
        """Give limbs, exponent and sign of one number."""
        mantissa, exponent = arithmetic.mantissa_exponent(number)
        if mantissa == 0:
            return [*([0] * self.limbs), ZERO_EXPONENT, 0]
        length = mantissa.bit_length()
        limbs = self._in_limbs(abs(mantissa), length - self.size)
        return [*limbs, exponent + length - 1, -1 if mantissa < 0 else 0]

    def decode(self, arithmetic: Arithmetic, words: Memory) -> Number:
        """Give one number from its limbs, exponent and sign."""
        *limbs, exponent, sign = words.tolist()
        mantissa = self._of_limbs(limbs)
        return arithmetic.from_mantissa_exponent(-mantissa if sign else mantissa, exponent - self.size + 1)


@dataclass(frozen=True)
class CutLayout(LimbFormat):
    """Numbers whose operations cut off instead of rounding: right to `bits` bits but for a few units.

    They are `M 2^(w (e - L + 1))`, where the top limb of M is at least 1: e counts whole limbs. With fewer bits such a
    number is the end of one with more, in memory: its higher limbs, exponent and sign.
    """

    @classmethod
    def of_limbs(cls, limbs: int, like: LimbFormat) -> CutLayout:
        """Give that of some number of limbs."""
        return cls(like.limb_bits * (limbs - 1), like.lanes, like.limb_bits)

    @property
    def limbs(self) -> int:
        """Number of limbs L."""
        return (self.bits - 1) // self.limb_bits + 2

    def encode(self, arithmetic: Arithmetic, number: Number) -> Sequence[int]:
        """Give limbs, exponent and sign of one number."""
        mantissa, exponent = arithmetic.mantissa_exponent(number)
        if mantissa == 0:
            return [*([0] * self.limbs), ZERO_EXPONENT, 0]
        whole = (mantissa.bit_length() + exponent - 1) // self.limb_bits
        limbs = self._in_limbs(abs(mantissa), self.limb_bits * (whole - self.limbs + 1) - exponent)
        return [*limbs, whole, -1 if mantissa < 0 else 0]

    def decode(self, arithmetic: Arithmetic, words: Memory) -> Number:
        """Give one number from its limbs, exponent and sign."""
        return arithmetic.from_mantissa_exponent(*self.mantissa_exponent(words))

    def mantissa_exponent(self, words: Memory) -> tuple[int, int]:
        """Give integers with one number = `mantissa 2^exponent` from its limbs, exponent and sign."""
        *limbs, whole, sign = words.tolist()
        mantissa = self._of_limbs(limbs)
        return -mantissa if sign else mantissa, self.limb_bits * (whole - self.limbs + 1)


@dataclass(frozen=True)
class HardwareFormat(Format):
    """Numbers that the processor itself computes with: 24 or 53 bits."""

    @property
    def words(self) -> int:
        """One vector."""
        return 1

    @property
    def word(self) -> type:
        """NumPy type of a word."""
        return np.float32 if self.bits == 24 else np.float64

    def encode(self, arithmetic: Arithmetic, number: Number) -> Sequence[Number]:
        """Give the number."""
        return [number]

    def decode(self, arithmetic: Arithmetic, words: Memory) -> Number:
        """Give the number."""
        return words[0]

    def pack(self, arithmetic: Arithmetic, numbers: Numbers, *, everywhere: bool = False) -> Memory:
        """Lay numbers out, without a loop over them."""
        values: Memory = np.asarray(numbers, dtype=self.word)
        memory = self.empty(len(values) if everywhere else max(1, -(-len(values) // self.lanes)))
        if everywhere:
            memory[:] = values[:, None, None]
        else:
            memory.reshape(-1)[: len(values)] = values
        return memory

    def unpack(self, arithmetic: Arithmetic, memory: Memory, count: int) -> list[Number]:
        """Read numbers back, without a loop over them."""
        return list(memory[:, 0].ravel()[:count])
