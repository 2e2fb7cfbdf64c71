"""Rounded sums and products of several floating-point numbers at once, in limbs.

A number is `(-1)^sign  M  2^(e - S + 1)`: M has L limbs of w bits, and its leading bit is bit S - 1, so that the last
of its p bits is always bit t of limb 0 (`S = p + t`), and rounding looks at one place. Bits are moved by products
with powers of two, whose halves are what goes to one limb and what goes to the next.
"""

from __future__ import annotations

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import Lanes
from numerics.compiled.lanes.layout import Layout
from numerics.compiled.lanes.limbs import Floating, LimbOperations

_FALSE = ir.Constant(ir.IntType(1), 0)


class RoundingOperations(LimbOperations):
    """Writes the instructions of `Layout`."""

    layout: Layout

    def __init__(self, builder: ir.IRBuilder, layout: Layout) -> None:
        super().__init__(builder, layout)
        self.top_bits = layout.size - layout.limb_bits * (layout.limbs - 1)

    def load_unrounded(self, pointer: ir.Value) -> Floating:
        """Read numbers side by side that are not rounded yet."""
        *limbs, exponent, sign = (
            Lanes(self.emitter, part) for part in self._loaded(pointer, self.layout.unrounded_words)
        )
        return Floating(limbs, exponent, sign)

    def reaches(self, number: Floating, bits: int) -> ir.Value:
        """Tell for each lane whether the magnitude is at least 2 to some power."""
        return number.exponent.compare(">=", bits)

    def product(self, x: Floating, y: Floating) -> Floating:
        """Give the product, of what rounding needs.

        What only columns below the guard limb's would tell is left out: it makes the guard limb less than `2 L` too
        small. The limb begins at a number above that, so that it is rather too large. What it says is in doubt only
        where it is hardly larger than zero after its carry; everything is multiplied there.
        """
        w, L = self.layout.limb_bits, self.layout.limbs
        first = max(0, L - (1 if w == 52 else 2))
        more = 1 << (2 * L).bit_length()
        columns = [self.emitter.constant(0)] * (2 * L)
        columns[L - 1] = self.emitter.constant(more)
        self.add_products(columns, x.limbs, y.limbs, first)
        columns = self._carried(columns[first:])[L - 1 - first :]
        doubtful = (columns[0] & (self.mask & -2 * more)).compare("==", 0)
        columns = self.emitter.rarely(doubtful, columns, lambda _: self._whole_product(x.limbs, y.limbs))
        exponent = x.exponent + y.exponent + (65 + w - 2 * self.top_bits)
        return Floating(columns, exponent, x.sign ^ y.sign)

    def _whole_product(self, x: list[Lanes], y: list[Lanes]) -> list[Lanes]:
        columns = self._carried(self.columns(x, y, 0))
        below, guard = self.emitter.constant(0), columns[len(x) - 1]
        for column in columns[: len(x) - 1]:
            below = below | (column & self.mask)
        return [guard | ((below + self.mask) >> self.layout.limb_bits), *columns[len(x) :]]

    def sum(self, x: Floating, y: Floating) -> Floating:
        """Give the sum, of what rounding needs."""
        w, L = self.layout.limb_bits, self.layout.limbs
        apart = x.exponent - y.exponent
        above = apart.choose(apart.compare(">", 0), 0)
        below = above - apart
        far = (above | below).compare(">=", w)
        exponent = x.exponent + below + (65 - self.top_bits)
        values = self.emitter.rarely(far, [below, above, *x.limbs, *y.limbs], self._moved_down)
        below, above, first, second = *values[:2], values[2 : 2 + L], values[2 + L :]
        less = ((first[-1] >> below) - (second[-1] >> above)).signed_shift(60)
        opposite = x.sign ^ y.sign
        sign = (y.sign & less) | (x.sign & (less ^ -1))
        # Both are moved down by one bit more, for a carry; what falls out of limb 0 goes to the guard limb.
        # -M = (2^(w L) - 1 - M) + 1 - 2^(w L)
        powers = [self.emitter.constant(1 << (w - 1)) >> by for by in (below, above)]
        negative = [opposite & less, opposite & (less ^ -1)]
        ones = (powers[0] & negative[0]) | (powers[1] & negative[1])
        columns = [ones, *([self.emitter.constant(0)] * (L - 1)), self.emitter.constant(0) - ones]
        for limbs, power, flip in zip((first, second), powers, negative, strict=True):
            columns = self._moved(columns, [limb ^ flip for limb in limbs], power)
        columns = self._carried(columns)
        low = columns[L].compare("<=", 0)
        *columns, exponent, sign = self.emitter.rarely(low, [*columns, exponent, sign], self._moved_up)
        return Floating(columns, exponent, sign)

    def _moved(self, columns: list[Lanes], limbs: list[Lanes], power: Lanes) -> list[Lanes]:
        """Add limbs times a power of two, less than `2^w`; the product of limb k begins in column k."""
        columns = list(columns)
        for k, limb in enumerate(limbs):
            columns[k + 1] = self.plus_high(columns[k + 1], limb, power)
            columns[k] = self.plus_low(columns[k], limb, power)
        return columns

    def _carried(self, limbs: list[Lanes]) -> list[Lanes]:
        """Carry upward; what is above w bits stays where it was, too, and is not looked at by products."""
        limbs = list(limbs)
        for k in range(len(limbs) - 1):
            limbs[k + 1] = limbs[k + 1] + (limbs[k] >> self.layout.limb_bits)
        return limbs

    def _masked(self, limbs: list[Lanes]) -> list[Lanes]:
        """Forget what has been carried."""
        return [*(limb & self.mask for limb in limbs[:-1]), limbs[-1]]

    def _moved_down(self, values: list[Lanes]) -> list[Lanes]:
        """Move two numbers down by whole limbs, until fewer than w bits are left to move each."""
        w, L, none = self.layout.limb_bits, self.layout.limbs, self.emitter.constant(0)
        most = w * (L + 1) - 1
        down = [by.choose(by.compare("<", most), most) for by in values[:2]]

        def again(current: list[Lanes]) -> ir.Value:
            return (current[0] | current[1]).compare(">=", w)

        def step(current: list[Lanes]) -> list[Lanes]:
            after, moved = [], []
            for by, limbs in ((current[0], current[2 : 2 + L]), (current[1], current[2 + L :])):
                move = by.compare(">=", w)
                # What falls out only has to be seen as not zero.
                sticky = self.emitter.constant(1).choose(limbs[0].compare("!=", 0), 0)
                upper = [*limbs[1:], none]
                upper[0] = upper[0] | sticky
                after.append((by - w).choose(move, by))
                moved += [new.choose(move, old) for new, old in zip(upper, limbs, strict=True)]
            return [*after, *moved]

        return self.emitter.repeat([*down, *(limb & self.mask for limb in values[2:])], again, step)

    def _moved_up(self, values: list[Lanes]) -> list[Lanes]:
        """Make limbs positive; move them up where the top limb is zero; give zero its own exponent."""
        w = self.layout.limb_bits
        *limbs, exponent, sign = values
        flip = limbs[-1].signed_shift(63)
        flipped = self._masked([limb ^ flip for limb in limbs])
        limbs, sign = self._masked(self._carried([flipped[0] - flip, *flipped[1:]])), sign ^ flip

        def up(limbs: list[Lanes]) -> list[Lanes]:
            # By as many bits as the top limb has, lest the leading bit passes its place.
            pairs = zip([self.emitter.constant(0), *limbs[:-2]], limbs[:-1], strict=True)
            moved = [(low >> (w - self.top_bits)) | ((high << self.top_bits) & self.mask) for low, high in pairs]
            return [*moved, limbs[-2] >> (w - self.top_bits)]

        return self.up_from_zeros([*limbs, exponent, sign], up, self.top_bits)

    def rounded(self, number: Floating) -> Floating:
        """Move the leading bit to its place; round to nearest, ties to even."""
        t, none = self.layout.tail, self.emitter.constant(0)
        zeros = self.emitter.call(
            f"llvm.ctlz.v{self.layout.lanes}i64", self.emitter.vector, number.limbs[-1].value, _FALSE
        )
        leading = Lanes(self.emitter, zeros)
        up = leading - (64 - self.top_bits)
        power = self.emitter.constant(1) << up
        guard, *upper = number.limbs
        half = self.emitter.constant((1 << (t - 1)) - 1)
        moved = self._moved([half, *([none] * len(upper))], upper, power)[:-1]
        moved[0] = self.plus_high(moved[0], guard, power)
        last = (moved[0] >> t) & 1
        some = ((guard << up) & self.mask).compare("!=", 0)
        moved[0] = (moved[0] + self.emitter.constant(1).choose(some, last)) & -(1 << t)
        return self._settled(moved, number.exponent - leading, number.sign)

    def rounded_term(self, product: Floating) -> Floating:
        """Round a product where its bits stand: good enough for a sum, which moves bits all the same."""
        w, t, head = self.layout.limb_bits, self.layout.tail, self.layout.limb_bits - self.top_bits
        guard, *limbs = product.limbs
        long = limbs[-1] >> (w - 1 - 2 * head)  # the leading bit stands in one of two places
        half = self.emitter.constant(1 << (t - head - 2)) << long
        unit = half + half
        low = limbs[0] & self.mask
        up = self.builder.or_((low & unit).compare("!=", 0), (guard & self.mask).compare("!=", 0))
        limbs[0] = ((low + half).choose(up, low + half - 1)) & (self.emitter.constant(0) - unit)
        return self._settled(limbs, product.exponent - (64 - self.top_bits), product.sign)

    def _settled(self, limbs: list[Lanes], exponent: Lanes, sign: Lanes) -> Floating:
        """Carry what rounding brought out of limb 0, which is rare."""
        most = (1 << (self.top_bits if len(limbs) == 1 else self.layout.limb_bits)) - 1
        *limbs, exponent = self.emitter.rarely(limbs[0].compare(">", most), [*limbs, exponent], self._rippled)
        return Floating(limbs, exponent, sign)

    def _rippled(self, values: list[Lanes]) -> list[Lanes]:
        """Carry a rounding upward; where the top limb overflows, every bit below has become zero."""
        low, *limbs, exponent = values
        limbs = self._masked(self._carried([low, *self._masked(limbs)])) if limbs else [low]
        over = limbs[-1].compare(">", (1 << self.top_bits) - 1)
        limbs[-1] = self.emitter.constant(1 << (self.top_bits - 1)).choose(over, limbs[-1])
        return [*limbs, exponent - exponent.as_mask(over)]
