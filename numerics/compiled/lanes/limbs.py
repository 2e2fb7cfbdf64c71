"""What all numbers in limbs have in common: how they lie in registers, and the products of their limbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import Emitter, Lanes
from numerics.compiled.lanes.layout import ZERO_EXPONENT, LimbFormat
from numerics.compiled.lanes.operations import Operations


@dataclass
class Floating:
    """Numbers side by side in registers. The sign is 0 or -1.

    Before they are rounded they have a guard limb below the others, as exact as rounding needs; any limb may hold bits
    above w that have been carried.
    """

    limbs: list[Lanes]
    exponent: Lanes
    sign: Lanes

    def all(self) -> list[Lanes]:
        """Give limbs, exponent and sign in the order they lie in memory."""
        return [*self.limbs, self.exponent, self.sign]


class LimbOperations(Operations[Floating]):
    """Writes instructions on numbers in limbs."""

    layout: LimbFormat

    def __init__(self, builder: ir.IRBuilder, layout: LimbFormat) -> None:
        self.emitter, self.layout = Emitter(builder, layout.lanes), layout
        self.vector = self.emitter.vector
        self.mask = (1 << layout.limb_bits) - 1

    def parts(self, number: Floating) -> list[ir.Value]:
        """Give the vectors that a number is made of, in the order they lie in memory."""
        return [lanes.value for lanes in number.all()]

    def from_parts(self, parts: Sequence[ir.Value]) -> Floating:
        """Make a number of its vectors."""
        values = [Lanes(self.emitter, part) for part in parts]
        return Floating(values[:-2], values[-2], values[-1])

    def zero(self) -> Floating:
        """Give zero."""
        nothing = self.emitter.constant(0)
        return Floating([nothing] * self.layout.limbs, self.emitter.constant(ZERO_EXPONENT), nothing)

    def negated(self, number: Floating) -> Floating:
        """Change the sign."""
        return Floating(number.limbs, number.exponent, number.sign ^ -1)

    def absolute(self, number: Floating) -> Floating:
        """Take the sign away."""
        return Floating(number.limbs, number.exponent, self.emitter.constant(0))

    def columns(self, x: Sequence[Lanes], y: Sequence[Lanes], lowest: int) -> list[Lanes]:
        """Give the sums of products of limbs in every column from the lowest wanted on; zeros below."""
        columns = [self.emitter.constant(0)] * (len(x) + len(y))
        self.add_products(columns, x, y, lowest)
        return columns

    def add_products(self, columns: list[Lanes], x: Sequence[Lanes], y: Sequence[Lanes], lowest: int) -> None:
        """Add products of limbs to their columns, from the lowest wanted on."""
        for i, a in enumerate(x):
            for j, b in enumerate(y):
                if self.layout.limb_bits == 52:
                    if i + j >= lowest:
                        columns[i + j] = self.plus_low(columns[i + j], a, b)
                    if i + j + 1 >= lowest:
                        columns[i + j + 1] = self.plus_high(columns[i + j + 1], a, b)
                elif i + j >= lowest:
                    columns[i + j] = columns[i + j] + _product(a, b)

    def plus_low(self, column: Lanes, a: Lanes, b: Lanes) -> Lanes:
        """Add the lower w bits of a product of limbs."""
        if self.layout.limb_bits == 52:
            return self._multiply_add("l", column, a, b)
        return column + (_product(a, b) & self.mask)

    def plus_high(self, column: Lanes, a: Lanes, b: Lanes) -> Lanes:
        """Add the upper w bits of a product of limbs."""
        if self.layout.limb_bits == 52:
            return self._multiply_add("h", column, a, b)
        return column + (_product(a, b) >> self.layout.limb_bits)

    def up_from_zeros(self, number: list[Lanes], moved: Callable[[list[Lanes]], list[Lanes]], by: int) -> list[Lanes]:
        """Move limbs up again and again while the top limb is zero; give zero its own exponent and sign.

        Args:
            number: limbs, exponent and sign.
            moved: moves limbs up.
            by: by how much the exponent is less then.
        """
        *limbs, exponent, sign = number
        nonzero = reduce(Lanes.__or__, limbs).compare("!=", 0)
        empty = self.emitter.constant(0).choose(nonzero, 1)

        def low(current: list[Lanes]) -> ir.Value:
            return (current[-2] | empty).compare("==", 0)

        def up(current: list[Lanes]) -> list[Lanes]:
            move, following = low(current), [*moved(current[:-1]), current[-1] - by]
            return [new.choose(move, old) for new, old in zip(following, current, strict=True)]

        found = self.emitter.repeat([*limbs, exponent.choose(nonzero, ZERO_EXPONENT)], low, up)
        return [*found, sign.choose(nonzero, 0)]

    def _multiply_add(self, half: str, column: Lanes, a: Lanes, b: Lanes) -> Lanes:
        e = self.emitter
        name = f"llvm.x86.avx512.vpmadd52{half}.uq.{64 * e.lanes}"
        return Lanes(e, e.call(name, e.vector, column.value, a.value, b.value))


def _product(a: Lanes, b: Lanes) -> Lanes:
    # The masks let the compiler see that 32-bit factors suffice.
    return (a & 0xFFFFFFF) * (b & 0xFFFFFFF)
