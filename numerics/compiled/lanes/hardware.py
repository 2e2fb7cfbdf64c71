"""Sums and products that the processor rounds by itself: float32 and float64."""

from __future__ import annotations

from collections.abc import Sequence

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import Emitter
from numerics.compiled.lanes.layout import HardwareFormat
from numerics.compiled.lanes.operations import Operations


class HardwareOperations(Operations[ir.Value]):
    """Writes IEEE instructions; no product is fused with a sum, as in NumPy."""

    def __init__(self, builder: ir.IRBuilder, layout: HardwareFormat) -> None:
        self.emitter, self.layout = Emitter(builder, layout.lanes), layout
        self.scalar = ir.FloatType() if layout.bits == 24 else ir.DoubleType()
        self.vector = ir.VectorType(self.scalar, layout.lanes)

    def parts(self, number: ir.Value) -> list[ir.Value]:
        """Give the one vector."""
        return [number]

    def from_parts(self, parts: Sequence[ir.Value]) -> ir.Value:
        """Give the one vector."""
        return parts[0]

    def product(self, x: ir.Value, y: ir.Value) -> ir.Value:
        """Give the product, which the processor rounds."""
        return self.builder.fmul(x, y)

    def sum(self, x: ir.Value, y: ir.Value) -> ir.Value:
        """Give the sum, which the processor rounds."""
        return self.builder.fadd(x, y)

    def difference(self, x: ir.Value, y: ir.Value) -> ir.Value:
        """Give the difference, which the processor rounds."""
        return self.builder.fsub(x, y)

    def rounded(self, number: ir.Value) -> ir.Value:
        """Give it as it is."""
        return number

    def negated(self, number: ir.Value) -> ir.Value:
        """Change the sign."""
        return self.builder.fneg(number)

    def zero(self) -> ir.Value:
        """Give zero."""
        return self._constant(0.0)

    def reaches(self, number: ir.Value, bits: int) -> ir.Value:
        """Tell for each lane whether the magnitude is at least 2 to some power, or not a number."""
        size = self.emitter.call(f"llvm.fabs.v{self.layout.lanes}f{self._width}", self.vector, number)
        return self.builder.fcmp_unordered(">=", size, self._constant(2.0**bits))

    @property
    def _width(self) -> int:
        return 32 if self.layout.bits == 24 else 64

    def _constant(self, value: float) -> ir.Value:
        return ir.Constant(self.vector, [ir.Constant(self.scalar, value)] * self.layout.lanes)
