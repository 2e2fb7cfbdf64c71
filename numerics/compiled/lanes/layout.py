"""How numbers lie in the memory of the compiled loops."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
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
    def pack(self, arithmetic: Arithmetic, numbers: Numbers, *, everywhere: bool = False) -> Memory:
        """Lay numbers out: number i in lane `i mod lanes` of chunk `i div lanes`.

        With `everywhere` each number fills all the lanes of its own chunk. Other lanes hold zero.
        """

    @abstractmethod
    def unpack(self, arithmetic: Arithmetic, memory: Memory, count: int) -> list[Number]:
        """Read back what `pack` laid out without `everywhere`."""

    @property
    def vector_bytes(self) -> int:
        """Size of one vector, and what its address is a multiple of."""
        return self.lanes * np.dtype(self.word).itemsize

    def empty(self, chunks: int) -> Memory:
        """Give memory that holds zeros, shape `(chunks, words, lanes)`, where vector loads can take it."""
        return self.vectors(chunks * self.words).reshape(chunks, self.words, self.lanes)

    def vectors(self, count: int) -> Memory:
        """Give memory for some vectors that holds zeros, shape `(count, lanes)`."""
        size, item = count * self.lanes, np.dtype(self.word).itemsize
        raw: Memory = np.zeros(size + 128 // item, dtype=self.word)
        start = (-raw.ctypes.data % 128) // item
        return raw[start : start + size].reshape(count, self.lanes)


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

    @abstractmethod
    def exponent_of(self, leading: int) -> int:
        """Give the exponent of a number whose leading bit is that of 2 to a power."""

    @abstractmethod
    def last_place(self, exponent: int) -> int:
        """Give the power of two that a unit of limb 0 is."""

    def encode(self, arithmetic: Arithmetic, number: Number) -> Sequence[int]:
        """Give limbs, exponent and sign of one number."""
        mantissa, place = arithmetic.mantissa_exponent(number)
        if mantissa == 0:
            return [*([0] * self.limbs), ZERO_EXPONENT, 0]
        exponent = self.exponent_of(mantissa.bit_length() + place - 1)
        down = self.last_place(exponent) - place
        size = abs(mantissa) >> down if down >= 0 else abs(mantissa) << -down
        mask, places = (1 << self.limb_bits) - 1, range(0, self.limb_bits * self.limbs, self.limb_bits)
        limbs = [(size >> place) & mask for place in places]
        return [*limbs, exponent, -1 if mantissa < 0 else 0]

    def mantissa_exponent(self, words: list[int]) -> tuple[int, int]:
        """Give integers with one number = `mantissa 2^exponent` from its limbs, exponent and sign."""
        *limbs, exponent, sign = words
        mantissa = 0
        for limb in reversed(limbs):
            mantissa = mantissa << self.limb_bits | limb
        return -mantissa if sign else mantissa, self.last_place(exponent)

    def pack(self, arithmetic: Arithmetic, numbers: Numbers, *, everywhere: bool = False) -> Memory:
        """Lay numbers out."""
        columns = [self.encode(arithmetic, number) for number in numbers]
        if not everywhere:
            columns += [self.encode(arithmetic, arithmetic.number(0))] * (-len(columns) % self.lanes)
        found: Memory = np.array(columns)[:, :, None]
        memory = self.empty(len(found) if everywhere else len(found) // self.lanes)
        memory[:] = found if everywhere else found.reshape(-1, self.lanes, self.words).transpose(0, 2, 1)
        return memory

    def unpack(self, arithmetic: Arithmetic, memory: Memory, count: int) -> list[Number]:
        """Read numbers back."""
        columns = memory.transpose(0, 2, 1).reshape(-1, self.words)[:count].tolist()
        return [arithmetic.from_mantissa_exponent(*self.mantissa_exponent(words)) for words in columns]


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

    def exponent_of(self, leading: int) -> int:
        """Give that power."""
        return leading

    def last_place(self, exponent: int) -> int:
        """Count down from the leading bit."""
        return exponent - self.size + 1


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

    def exponent_of(self, leading: int) -> int:
        """Count whole limbs."""
        return leading // self.limb_bits

    def last_place(self, exponent: int) -> int:
        """Count whole limbs down from the top one."""
        return self.limb_bits * (exponent - self.limbs + 1)


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

    def pack(self, arithmetic: Arithmetic, numbers: Numbers, *, everywhere: bool = False) -> Memory:
        """Lay numbers out, without a loop over them."""
        values: Memory = np.asarray(numbers, dtype=self.word)
        memory = self.empty(len(values) if everywhere else -(-len(values) // self.lanes))
        if everywhere:
            memory[:] = values[:, None, None]
        else:
            memory.reshape(-1)[: len(values)] = values
        return memory

    def unpack(self, arithmetic: Arithmetic, memory: Memory, count: int) -> list[Number]:
        """Read numbers back, without a loop over them."""
        return list(memory[:, 0].ravel()[:count])
