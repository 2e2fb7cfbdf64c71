"""Writing operations on numbers in memory, each in all lanes, with Python's operators: the reference's own formulas."""

from __future__ import annotations

from functools import cache
from typing import Any

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from llvmlite import ir

from numerics.compiled.lanes.emitter import POINTER, call
from numerics.compiled.lanes.instructions import operations
from numerics.compiled.lanes.layout import CutLayout, Format
from numerics.compiled.lanes.limbs import Floating
from numerics.compiled.lanes.program import Program


class NumbersInMemory:
    """Writes calls that compute numbers in memory, so that the code stays small.

    Args:
        of: how the numbers lie in memory.
        builder: where the calls go.
        scratch: memory for what is computed on the way.

    Attributes:
        ops: what writes instructions on registers.
        used: how many numbers of the scratch memory are needed.
    """

    def __init__(self, of: Format, builder: ir.IRBuilder, scratch: ir.Value) -> None:
        self.layout, self.builder, self.scratch, self.used = of, builder, scratch, 0
        self.ops = operations(of, builder)

    def room(self) -> ir.Value:
        """Give the address of room for one more number."""
        self.used += 1
        return self.ops.at(self.scratch, self.used - 1)

    def stored(self, number: Any) -> Expression:
        """Put a number from registers into memory."""
        place = self.room()
        self.ops.store(number, place)
        return Expression(self, "stored", place=place)

    def do(self, name: str, *places: ir.Value) -> None:
        """Call an operation: where to store its result, then its operands."""
        module, symbol = self.builder.module, f"in_memory_{name}"
        known = module.globals.get(symbol)
        self.builder.call(known or _in_memory(module, self.layout, symbol, name, len(places) - 1), places)


class CutNumbers(NumbersInMemory):
    """The same for numbers that are cut off; as an arithmetic it gives whole numbers."""

    layout: CutLayout

    def do(self, name: str, *places: ir.Value, limbs: int | None = None) -> None:
        """Call an operation that all programs share; of the highest limbs if these are enough."""
        of = self.layout if limbs is None else CutLayout.of_limbs(limbs, self.layout)
        symbol, _ = _shared(of, name, len(places) - 1)
        if limbs is not None:  # the highest limbs of a number are a number of fewer limbs
            places = tuple(self.ops.vector_at(place, self.layout.limbs - limbs) for place in places)
        call(self.builder, symbol, ir.VoidType(), *places)

    def number(self, value: int) -> Expression:
        """Give a whole number from 0 on that a limb holds."""
        if value == 0:
            return self.stored(self.ops.zero())
        constant = self.ops.emitter.constant
        limbs = [*([constant(0)] * (self.layout.limbs - 1)), constant(value)]
        return self.stored(Floating(limbs, constant(0), constant(0)))


@cache
def _shared(of: CutLayout, name: str, operands: int) -> tuple[str, Program]:
    """Compile an operation, once for all programs; give the name by which they find it, as long as it lives."""
    module, symbol = ir.Module(), f"cut_{name}_{of.limb_bits}_{of.limbs}_{of.lanes}"
    _in_memory(module, of, symbol, name, operands).linkage = "external"
    program = Program(module)
    llvm.add_symbol(symbol, program.address(symbol))
    return symbol, program


def _in_memory(module: ir.Module, of: Format, symbol: str, name: str, operands: int) -> ir.Function:
    """Write the function that stores an operation of some operands at its first argument, an address as the others."""
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), [POINTER] * (1 + operands)), symbol)
    function.linkage = "internal"
    builder = ir.IRBuilder(function.append_basic_block())
    ops = operations(of, builder)
    target, *places = function.args
    ops.store(getattr(ops, name)(*(ops.load(place) for place in places)), target)
    builder.ret_void()
    return function


class Expression:
    """A number that is computed where its place is first asked for; an operator makes another one."""

    def __init__(
        self, numbers: NumbersInMemory, name: str, *operands: Expression, place: ir.Value | None = None
    ) -> None:
        self._numbers, self._name, self._operands, self._place = numbers, name, operands, place

    @property
    def place(self) -> ir.Value:
        """The address."""
        if self._place is None:
            places = [operand.place for operand in self._operands]
            self._place = self._numbers.room()
            self._numbers.do(self._name, self._place, *places)
        return self._place

    def _with(self, name: str, *others: Expression) -> Expression:
        return Expression(self._numbers, name, self, *others)

    def __add__(self, other: Expression) -> Expression:
        return self._with("add", other)

    def __sub__(self, other: Expression) -> Expression:
        return self._with("subtract", other)

    def __mul__(self, other: Expression) -> Expression:
        return self._with("multiply", other)

    def __truediv__(self, other: Expression) -> Expression:
        return self * other._with("reciprocal")

    def __neg__(self) -> Expression:
        return self._with("negated")

    def __abs__(self) -> Expression:
        return self._with("absolute")
