"""Sums, products and reciprocals in limbs that are cut off instead of rounded: fewer instructions, a few units wrong.

What is summed in more bits than are asked for needs no rounding. A number of L limbs of w bits, the top one at least 1,
is right to `w (L - 1)` bits but for a few units.
"""

from __future__ import annotations

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import Lanes
from numerics.compiled.lanes.floating import Floating, LimbOperations

_SEED_BITS = 46
_SEED_FACTOR = 1 - 2.0**-47  # what the processor divides is off by 2^-49 at most: this stays below
_LOST_BITS = 8


class CutOperations(LimbOperations):
    """Writes the instructions of `CutLayout`."""

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
        w, end = self.layout.limb_bits, x_first + y_first + len(x) + len(y) - 2
        lowest = max(0, end - last - 1)
        columns = self._columns(x[::-1], y[::-1], lowest)
        for k in range(lowest, len(columns) - 1):
            columns[k + 1] = columns[k + 1] + (columns[k] >> w)
            columns[k] = columns[k] & self.mask
        return columns[::-1][: last - (x_first + y_first - 1) + 1]

    def _lowest_column(self) -> int:
        return max(0, self.layout.limbs - (2 if self.layout.limb_bits == 52 else 3))

    def _rounded(self, limbs: list[Lanes], exponent: Lanes, sign: Lanes) -> Floating:
        return Floating(limbs[1:], exponent, sign)
