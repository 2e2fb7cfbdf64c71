"""The few operations of a compiled step on the layers after the first."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.instructions import in_memory, operations
from numerics.compiled.lanes.layout import Format


class LayerWriter:
    """Writes products over layers and the layers' step, in the order of `numerics.model.products`.

    The layers lie in memory; each operation on them is a call, so that the code stays small at any depth.
    """

    def __init__(
        self, module: ir.Module, of: Format, builder: ir.IRBuilder, layers: ir.Value, scratch: ir.Value, n_layers: int
    ) -> None:
        self.builder, self.n_layers = builder, n_layers
        self.ops = operations(of, builder)
        self.helpers = {name: in_memory(module, of, name) for name in ("multiply", "subtract")}
        self.v = [self.ops.at(layers, j) for j in range(n_layers)]
        slots = [self.ops.at(scratch, k) for k in range(self.scratch_numbers(n_layers))]
        self.whole, self.slope = slots[:2]
        self.before, self.after, self.increments = (slots[2 + k * n_layers : 2 + (k + 1) * n_layers] for k in range(3))

    @staticmethod
    def scratch_numbers(n_layers: int) -> int:
        """How many numbers of memory the writer needs."""
        return 2 + 3 * n_layers

    def product(self) -> ir.Value:
        """Compute `P`; give its address."""
        if self.n_layers == 1:
            return self.v[0]
        self._call("multiply", self.whole, self.v[0], self.v[1])
        for v in self.v[2:]:
            self._call("multiply", self.whole, self.whole, v)
        return self.whole

    def move(self, rate: ir.Value, inner: Any) -> None:
        """Subtract `rate inner P / v_j` from every layer; `rate` is an address."""
        n, v = self.n_layers, self.v
        self.ops.store(inner, self.slope)
        self._call("multiply", self.slope, rate, self.slope)
        if n == 1:
            self._call("subtract", v[0], v[0], self.slope)
            return
        earlier: list[ir.Value | None] = [None, v[0], *self.before[2:]]
        later: list[ir.Value | None] = [*self.after[: n - 2], v[n - 1], None]
        for j in range(2, n):
            self._call("multiply", earlier[j], earlier[j - 1], v[j - 1])
        for j in range(n - 3, -1, -1):
            self._call("multiply", later[j], v[j + 1], later[j + 1])
        for j in range(n):
            factor = later[j] if j == 0 else earlier[j]
            if 0 < j < n - 1:
                self._call("multiply", self.increments[j], earlier[j], later[j])
                factor = self.increments[j]
            self._call("multiply", self.increments[j], self.slope, factor)
        for j in range(n):
            self._call("subtract", v[j], v[j], self.increments[j])

    def reach(self, bits: int) -> ir.Value:
        """Tell for each lane whether some layer has reached 2 to a power."""
        reached = self.ops.reaches(self.ops.load(self.v[0]), bits)
        for v in self.v[1:]:
            reached = self.builder.or_(reached, self.ops.reaches(self.ops.load(v), bits))
        return reached

    def _call(self, name: str, target: ir.Value, x: ir.Value, y: ir.Value) -> None:
        self.builder.call(self.helpers[name], [target, x, y])
