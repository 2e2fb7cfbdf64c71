"""The loss rounded to float64 from the leading 106 bits of residuals of more, where these tell it with certainty.

Only its 53 bits are recorded, so squares and their sum need no more. Every number is a pair of float64, `high + low`
with `|low|` at most half a unit in the last place of `high`. The terms are not negative: nothing cancels. What is left
out and rounded here, and what the arithmetic itself rounds in at least `LEAST_BITS`, is less than 2^-76 of the loss for
up to `MOST_MODES`; the loss is certain where both `2^-75` more and less round to the same.
"""

from __future__ import annotations

from typing import NamedTuple

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import DOUBLE, WORD

LEAST_BITS, MOST_MODES = 106, 1 << 20

_FLAG = ir.IntType(1)
_MOST_EXPONENT = 300  # squares and their low parts then stay far inside the range of float64
_DOUBT = 2.0**-75


class Pair(NamedTuple):
    """A number as the sum of two of float64."""

    high: ir.Value
    low: ir.Value


class LeadingLoss:
    """Writes the instructions, one residual after another.

    Args:
        builder: where they go; it stands in the block in which the function is entered.
    """

    def __init__(self, builder: ir.IRBuilder) -> None:
        self.builder = builder
        self._high, self._low, self._fits = (builder.alloca(kind) for kind in (DOUBLE, DOUBLE, _FLAG))

    def begin(self) -> None:
        """Begin at zero."""
        for place in (self._high, self._low):
            self.builder.store(DOUBLE(0.0), place)
        self.builder.store(_FLAG(1), self._fits)

    def add(self, exponent: ir.Value, first: ir.Value, second: ir.Value) -> None:
        """Add the square of a number that begins with two limbs, its size from half `2^exponent` on and below that.

        With an exponent far from 0, as those of zero and of what is not finite are, the loss will not be certain.
        """
        b = self.builder
        fits = b.icmp_unsigned("<=", b.add(exponent, WORD(_MOST_EXPONENT)), WORD(2 * _MOST_EXPONENT))
        b.store(b.and_(b.load(self._fits, typ=_FLAG), fits), self._fits)
        # Of the first limb 53 bits, which float64 holds exactly; then the next 64.
        rest = b.or_(b.shl(first, WORD(53)), b.lshr(second, WORD(11)))
        high = b.fmul(b.uitofp(b.and_(first, WORD(-1 << 11)), DOUBLE), self._power(exponent, -64))
        low = b.fmul(b.uitofp(rest, DOUBLE), self._power(exponent, -64 - 53))
        square = b.fmul(high, high)
        error = b.fma(high, high, b.fneg(square))
        small = b.fma(b.fadd(high, high), low, error)
        total, lost = self._sum(b.load(self._high, typ=DOUBLE), square)
        found = self._joined(total, b.fadd(b.fadd(b.load(self._low, typ=DOUBLE), small), lost))
        b.store(found.high, self._high)
        b.store(found.low, self._low)

    def rounded(self, divisor: ir.Value, more: Pair) -> tuple[ir.Value, ir.Value]:
        """Divide the sum by a float64 and add what is not negative; give the float64, and whether it is certain."""
        b = self.builder
        high, low = (b.load(place, typ=DOUBLE) for place in (self._high, self._low))
        quotient = b.fdiv(high, divisor)
        rest = b.fadd(b.fma(b.fneg(quotient), divisor, high), low)
        total, lost = self._sum(quotient, more.high)
        found = self._joined(total, b.fadd(b.fadd(b.fdiv(rest, divisor), more.low), lost))
        doubt = b.fmul(found.high, DOUBLE(_DOUBT))
        certain = b.load(self._fits, typ=_FLAG)
        for low in (b.fadd(found.low, doubt), b.fsub(found.low, doubt)):
            certain = b.and_(certain, b.fcmp_ordered("==", b.fadd(found.high, low), found.high))
        return found.high, certain

    def _power(self, exponent: ir.Value, more: int) -> ir.Value:
        """Give `2^(exponent + more)`."""
        return self.builder.bitcast(self.builder.shl(self.builder.add(exponent, WORD(1023 + more)), WORD(52)), DOUBLE)

    def _sum(self, x: ir.Value, y: ir.Value) -> Pair:
        """Add exactly."""
        b = self.builder
        total = b.fadd(x, y)
        of_y = b.fsub(total, x)
        return Pair(total, b.fadd(b.fsub(x, b.fsub(total, of_y)), b.fsub(y, of_y)))

    def _joined(self, high: ir.Value, low: ir.Value) -> Pair:
        """Add exactly what is smaller in size."""
        b = self.builder
        total = b.fadd(high, low)
        return Pair(total, b.fsub(low, b.fsub(total, high)))
