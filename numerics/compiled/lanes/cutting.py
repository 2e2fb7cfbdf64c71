"""Sums, products and reciprocals in limbs that are cut off instead of rounded: fewer instructions, a few units wrong.

What is summed in more bits than are asked for needs no rounding. A number of L limbs of w bits, the top one at least 1,
is right to `w (L - 1)` bits but for a few units.
"""

from __future__ import annotations

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import Lanes
from numerics.compiled.lanes.layout import CutLayout
from numerics.compiled.lanes.limbs import Floating, LimbOperations

_SEED_BITS = 46
_SEED_FACTOR = 1 - 2.0**-47  # what the processor divides is off by 2^-49 at most: this stays below
_LOST_BITS = 8


class CutOperations(LimbOperations):
    """Writes the instructions of `CutLayout`."""

    layout: CutLayout

    def product(self, x: Floating, y: Floating) -> Floating:
        """Give the product."""
        w, L = self.layout.limb_bits, self.layout.limbs
        lowest = max(0, L - (2 if w == 52 else 3))
        columns = self._carried(self.columns(x.limbs, y.limbs, lowest))
        short = columns[-1].compare("==", 0)
        limbs = [low.choose(short, high) for low, high in zip(columns[L - 1 : -1], columns[L:], strict=True)]
        exponent = x.exponent + y.exponent + 1
        return Floating(limbs, exponent + exponent.as_mask(short), x.sign ^ y.sign)

    def sum(self, x: Floating, y: Floating) -> Floating:
        """Give the sum."""
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
        return Floating(result[1:], exponent, sign)

    def rounded(self, number: Floating) -> Floating:
        """Give it as it is."""
        return number

    def reaches(self, number: Floating, bits: int) -> ir.Value:
        """Tell for each lane whether the magnitude is at least 2 to some power."""
        whole, rest = divmod(bits, self.layout.limb_bits)
        top = number.limbs[-1].compare(">", (1 << rest) - 1)
        equal = self.emitter.builder.and_(number.exponent.compare("==", whole), top)
        return self.emitter.builder.or_(number.exponent.compare(">", whole), equal)

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
        return self.up_from_zeros(values, lambda limbs: [self.emitter.constant(0), *limbs[:-1]], 1)

    def reciprocal(self, x: Floating) -> Floating:
        """Give `1 / x`, for x not zero, by Newton's iteration in fixed point from what the processor divides.

        With x in `[1, B)`, `B = 2^w`, a y below `1 / x` stays there under `y -> y + y (1 - x y)` if little enough is
        left out: so `1 - x y` is positive, its leading limbs are known to be zero, and no step looks at signs or sizes.
        """
        w, L, zero = self.layout.limb_bits, self.layout.limbs, self.emitter.constant(0)
        limbs_of_x = x.limbs[::-1]
        y, right, most = self._seed(limbs_of_x), _SEED_BITS, w * (L - 1)
        while right < most - _LOST_BITS:
            wanted = min(2 * right, most)
            places = min(L, -(-wanted // w) + 1)  # y may be as small as 1 / B
            y = y[:places] + [zero] * (places - len(y))
            error = [limb ^ self.mask for limb in self._product(limbs_of_x[: places + 1], 0, y, 1, places)[1:]]
            zeros = right // w
            change = self._product(y, 1, error[zeros:], 1 + zeros, places)
            y = [*y[:zeros], *(a + b for a, b in zip(y[zeros:], change, strict=True))]
            y[-1] = y[-1] - (L + 6)  # more than was left out of the product
            y = self._carried(y[::-1])[::-1]
            right = wanted - _LOST_BITS
        y = y[:L] + [zero] * (L - len(y))
        low = y[0].compare("==", 0)  # x is all but B
        limbs = [self.emitter.constant(1).choose(low, y[0]), *(zero.choose(low, limb) for limb in y[1:])]
        return Floating(limbs[::-1], x.exponent ^ -1, x.sign)

    def _seed(self, x: list[Lanes]) -> list[Lanes]:
        """Give limbs of a number a little below `1 / x`, from that of `B^-1` on."""
        e, b, w = self.emitter, self.emitter.builder, self.layout.limb_bits
        kind = ir.VectorType(ir.DoubleType(), e.lanes)

        def constant(value: float) -> ir.Value:
            return ir.Constant(kind, [ir.Constant(ir.DoubleType(), value)] * e.lanes)

        parts = -(-52 // w) + 1
        size = b.uitofp(x[0].value, kind)
        for k, limb in enumerate(x[1:parts], start=1):
            size = b.fadd(size, b.fmul(b.uitofp(limb.value, kind), constant(2.0 ** (-w * k))))
        rest = b.fdiv(constant(2.0**w * _SEED_FACTOR), size)
        limbs = []
        for _ in range(parts):
            limb = Lanes(e, b.fptoui(rest, self.vector))
            limbs.append(limb)
            rest = b.fmul(b.fsub(rest, b.uitofp(limb.value, kind)), constant(2.0**w))
        return limbs

    def _product(self, x: list[Lanes], x_first: int, y: list[Lanes], y_first: int, last: int) -> list[Lanes]:
        """Multiply in fixed point, where x begins with the limb of `B^-x_first`; give the limbs down to `B^-last`."""
        end = x_first + y_first + len(x) + len(y) - 2
        lowest = max(0, end - last - 1)
        columns = self._carried(self.columns(x[::-1], y[::-1], lowest))
        return columns[::-1][: last - (x_first + y_first - 1) + 1]
