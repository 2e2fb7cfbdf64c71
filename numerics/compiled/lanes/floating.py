"""Rounded sums and products of several floating-point numbers at once, in limbs.

A number is `(-1)^sign  M  2^(w (e - L + 1))`: M has L limbs of w bits, the top limb is at least 1, and e counts whole
limbs. So operands are aligned and results normalized by moving whole limbs, never bits; only rounding looks at the
position of the leading bit. With p bits and `p - 1 = w Q + R`, `0 <= R < w`, the last bit kept lies in limb 1
(called U) where the top limb has more than R + 1 bits, else in limb 0 (called W); `L = Q + 2`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import WORD, Emitter, Lanes
from numerics.compiled.lanes.layout import ZERO_EXPONENT, Layout
from numerics.compiled.lanes.operations import Operations

_FALSE = ir.Constant(ir.IntType(1), 0)


@dataclass
class Floating:
    """Numbers side by side in registers. The sign is 0 or -1."""

    limbs: list[Lanes]
    exponent: Lanes
    sign: Lanes

    def all(self) -> list[Lanes]:
        """Give limbs, exponent and sign in the order they lie in memory."""
        return [*self.limbs, self.exponent, self.sign]


class LimbOperations(Operations[Floating]):
    """Writes the instructions of sums and products in limbs."""

    layout: Layout

    def __init__(self, builder: ir.IRBuilder, layout: Layout) -> None:
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

    def reaches(self, number: Floating, bits: int) -> ir.Value:
        """Tell for each lane whether the magnitude is at least 2 to some power."""
        whole, rest = divmod(bits, self.layout.limb_bits)
        top = number.limbs[-1].compare(">", (1 << rest) - 1)
        equal = self.emitter.builder.and_(number.exponent.compare("==", whole), top)
        return self.emitter.builder.or_(number.exponent.compare(">", whole), equal)

    def multiply(self, x: Floating, y: Floating) -> Floating:
        """Give the rounded product."""
        w, L = self.layout.limb_bits, self.layout.limbs
        columns = self._columns(x.limbs, y.limbs, self._lowest_column())
        for k in range(self._lowest_column(), 2 * L - 1):
            columns[k + 1] = columns[k + 1] + (columns[k] >> w)
            columns[k] = columns[k] & self.mask
        short = columns[2 * L - 1].compare("==", 0)
        sticky = columns[L - 2]
        for column in columns[: L - 2]:
            sticky = sticky | column
        limbs = [sticky.choose(short, sticky | columns[L - 1])]
        limbs += [columns[L - 2 + k].choose(short, columns[L - 1 + k]) for k in range(1, L + 1)]
        exponent = x.exponent + y.exponent + 1 + sticky.as_mask(short)
        return self._rounded(limbs, exponent, x.sign ^ y.sign)

    def _lowest_column(self) -> int:
        """Tell from which column on products are summed."""
        return 0

    def _columns(self, x: list[Lanes], y: list[Lanes], lowest: int) -> list[Lanes]:
        zero = self.emitter.constant(0)
        columns = [zero] * (len(x) + len(y))
        for i, a in enumerate(x):
            for j, b in enumerate(y):
                if self.layout.limb_bits == 52:
                    if i + j >= lowest:
                        columns[i + j] = self._multiply_add("l", columns[i + j], a, b)
                    if i + j + 1 >= lowest:
                        columns[i + j + 1] = self._multiply_add("h", columns[i + j + 1], a, b)
                elif i + j >= lowest:
                    # The masks let the compiler see that 32-bit factors suffice.
                    columns[i + j] = columns[i + j] + (a & 0xFFFFFFFF) * (b & 0xFFFFFFFF)
        return columns

    def _multiply_add(self, half: str, column: Lanes, a: Lanes, b: Lanes) -> Lanes:
        e = self.emitter
        wide = min(e.lanes, 8)
        kind = ir.VectorType(WORD, wide)
        name = f"llvm.x86.avx512.vpmadd52{half}.uq.{64 * wide}"
        if e.lanes == wide:
            return Lanes(e, e.call(name, kind, column.value, a.value, b.value))
        low, high = (
            e.call(name, kind, *(factor.shuffled(range(start, start + 8)) for factor in (column, a, b)))
            for start in (0, 8)
        )
        index = ir.IntType(32)
        order = ir.Constant(ir.VectorType(index, 16), [ir.Constant(index, k) for k in range(16)])
        return Lanes(e, e.builder.shuffle_vector(low, high, order))

    def add(self, x: Floating, y: Floating) -> Floating:
        """Give the rounded sum."""
        L = self.layout.limbs
        zero = self.emitter.constant(0)
        uneven = x.exponent.compare("!=", y.exponent)
        values = self.emitter.rarely(uneven, [zero, *x.all(), *y.all()], self._aligned)
        guard, large, small = values[0], values[1 : L + 3], values[L + 3 :]
        exponent, sign = large[L], large[L + 1]
        opposite = sign ^ small[L + 1]
        result = [(guard ^ opposite) - opposite]
        result += [a + ((b ^ opposite) - opposite) for a, b in zip(large[:L], small[:L], strict=True)]
        result = self._carried(result)
        negative = result[L].compare("<", 0)
        *result, sign = self.emitter.rarely(negative, [*result, sign], self._made_positive)
        high = result[L].compare(">", self.mask)
        *result, exponent = self.emitter.rarely(high, [*result, exponent], self._moved_down)
        low = result[L].compare("==", 0)
        *result, exponent, sign = self.emitter.rarely(low, [*result, exponent, sign], self._moved_up)
        return self._rounded(result, exponent, sign)

    def _carried(self, limbs: list[Lanes]) -> list[Lanes]:
        limbs = list(limbs)
        for k in range(len(limbs) - 1):
            limbs[k + 1] = limbs[k + 1] + limbs[k].signed_shift(self.layout.limb_bits)
            limbs[k] = limbs[k] & self.mask
        return limbs

    def _aligned(self, values: list[Lanes]) -> list[Lanes]:
        """Exchange the operands where the second has the larger exponent; move its limbs down to the first's."""
        L = self.layout.limbs
        x, y = values[1 : L + 3], values[L + 3 :]
        swap = x[L].compare("<", y[L])
        x, y = (
            [b.choose(swap, a) for a, b in zip(x, y, strict=True)],
            [a.choose(swap, b) for a, b in zip(x, y, strict=True)],
        )
        apart = x[L] - y[L]
        apart = apart.choose(apart.compare("<", L + 2), L + 2)

        def down(current: list[Lanes]) -> list[Lanes]:
            apart, *limbs = current
            move = apart.compare(">", 0)
            # What falls below the guard limb only has to be seen as not zero.
            lost = limbs[0].compare("!=", 0)
            sticky = self.emitter.constant(1).choose(lost, 0)
            upper = [*limbs[1:], self.emitter.constant(0)]
            moved = [(new | sticky) if k == 0 else new for k, new in enumerate(upper)]
            kept = [new.choose(move, old) for new, old in zip(moved, limbs, strict=True)]
            return [apart - self.emitter.constant(1).choose(move, 0), *kept]

        start = [apart, self.emitter.constant(0), *y[:L]]
        _, guard, *limbs = self.emitter.repeat(start, lambda current: current[0].compare(">", 0), down)
        return [guard, *x, *limbs, y[L], y[L + 1]]

    def _made_positive(self, values: list[Lanes]) -> list[Lanes]:
        *limbs, sign = values
        flip = limbs[-1].signed_shift(63)
        return [*self._carried([(limb ^ flip) - flip for limb in limbs]), sign ^ flip]

    def _moved_down(self, values: list[Lanes]) -> list[Lanes]:
        """Move limbs down by one where the top limb overflowed."""
        *limbs, exponent = values
        high = limbs[-1].compare(">", self.mask)
        sticky = self.emitter.constant(1).choose(limbs[0].compare("!=", 0), 0)
        moved = [*limbs[1:-1], limbs[-1] & self.mask, limbs[-1] >> self.layout.limb_bits]
        moved[0] = moved[0] | sticky
        kept = [new.choose(high, old) for new, old in zip(moved, limbs, strict=True)]
        return [*kept, exponent - exponent.as_mask(high)]

    def _moved_up(self, values: list[Lanes]) -> list[Lanes]:
        """Move limbs up where the top limb is zero; give zero its own exponent."""
        *limbs, exponent, sign = values
        some = limbs[0]
        for limb in limbs[1:]:
            some = some | limb
        nonzero = some.compare("!=", 0)
        exponent = exponent.choose(nonzero, ZERO_EXPONENT)
        sign = sign.choose(nonzero, 0)
        zero_top = self.emitter.constant(1).choose(nonzero, 0)

        def low(current: list[Lanes]) -> ir.Value:
            return (current[-2] | (zero_top ^ 1)).compare("==", 0)

        def up(current: list[Lanes]) -> list[Lanes]:
            *limbs, exponent = current
            move = low(current)
            moved = [self.emitter.constant(0), *limbs[:-1]]
            kept = [new.choose(move, old) for new, old in zip(moved, limbs, strict=True)]
            return [*kept, exponent + exponent.as_mask(move)]

        *limbs, exponent = self.emitter.repeat([*limbs, exponent], low, up)
        return [*limbs, exponent, sign]

    def _rounded(self, limbs: list[Lanes], exponent: Lanes, sign: Lanes) -> Floating:
        """Round `[guard, W, U, ..., top]` to nearest, ties to even; the guard only says whether it is zero."""
        w, R = self.layout.limb_bits, self.layout.rest
        guard, lower, *upper = limbs
        one = self.emitter.constant(1)
        top = upper[-1]
        zeros = self.emitter.call(f"llvm.ctlz.v{self.layout.lanes}i64", self.emitter.vector, (top | 1).value, _FALSE)
        leading = self.emitter.constant(63) - Lanes(self.emitter, zeros)  # bits of the top limb, less one
        in_upper = leading.compare(">", R)
        dropped = (leading - R).choose(in_upper, leading + (w - R))
        unit = one << dropped
        limb = upper[0].choose(in_upper, lower)
        above = (upper[1] if len(upper) > 1 else self.emitter.constant(0)).choose(in_upper, upper[0])
        sticky = (lower | guard).choose(in_upper, guard)
        tail = limb & (unit - 1)
        last = ((limb | (above << w)) >> dropped) & 1
        nudge = one.choose(sticky.compare("!=", 0), last)
        up = (tail + nudge).compare(">", unit >> 1)
        changed = limb - tail + unit.choose(up, 0)
        zero = self.emitter.constant(0)
        kept_lower = zero.choose(in_upper, changed & self.mask)
        first = changed.choose(in_upper, upper[0] + (changed >> w))
        overflow = first.compare(">", self.mask)
        *upper, exponent = self.emitter.rarely(overflow, [first, *upper[1:], exponent], self._rippled)
        return Floating([kept_lower, *upper], exponent, sign)

    def _rippled(self, values: list[Lanes]) -> list[Lanes]:
        """Carry a rounding upward; where the top limb overflows, every bit below has become zero."""
        *upper, exponent = values
        upper = self._carried(upper)
        over = upper[-1].compare(">", self.mask)
        upper[-1] = self.emitter.constant(1).choose(over, upper[-1])
        return [*upper, exponent - exponent.as_mask(over)]
