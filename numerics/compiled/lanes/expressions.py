"""Writing operations on numbers in memory, each in all lanes, with Python's operators: the reference's own formulas."""

from __future__ import annotations

from functools import cache

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from llvmlite import ir

from numerics.compiled.lanes.cutting import CutOperations
from numerics.compiled.lanes.emitter import WORD
from numerics.compiled.lanes.instructions import in_memory, operations
from numerics.compiled.lanes.layout import CutLayout
from numerics.compiled.lanes.limbs import Floating
from numerics.compiled.lanes.program import Program


@cache
def _operation(of: CutLayout, name: str, operands: int) -> tuple[str, Program]:
    """Compile an operation, once for all programs; give the name by which they find it, as long as it lives."""
    module = ir.Module()
    function = in_memory(module, of, name, operands)
    function.linkage = "external"
    program, symbol = Program(module), f"cut_{name}_{of.limb_bits}_{of.limbs}_{of.lanes}"
    llvm.add_symbol(symbol, program.address(function.name))
    return symbol, program


class NumbersInMemory:
    """Writes calls that compute numbers in memory. As an arithmetic it gives whole numbers.

    Args:
        of: how the numbers lie in memory.
        builder: where the calls go.
        scratch: memory for what is computed on the way.

    Attributes:
        used: how many numbers of it are needed.
    """

    def __init__(self, of: CutLayout, builder: ir.IRBuilder, scratch: ir.Value) -> None:
        self.layout, self.builder, self.scratch, self.used = of, builder, scratch, 0

    def room(self) -> ir.Value:
        """Give the address of room for one more number."""
        self.used += 1
        return self.operations().at(self.scratch, self.used - 1)

    def operations(self, limbs: int | None = None) -> CutOperations:
        """Give what writes instructions on registers, on numbers of some limbs."""
        ops = operations(self._layout(limbs), self.builder)
        assert isinstance(ops, CutOperations)
        return ops

    def end(self, place: ir.Value, limbs: int) -> ir.Value:
        """Give the address of a number's highest limbs, which are a number of fewer limbs."""
        return self.builder.gep(place, [WORD(self.layout.limbs - limbs)], source_etype=self.operations().vector)

    def do(self, name: str, *places: ir.Value, limbs: int | None = None) -> None:
        """Call an operation: where to store its result, then its operands; of some limbs if these are enough."""
        symbol, _ = _operation(self._layout(limbs), name, len(places) - 1)
        module = self.builder.module
        function = module.globals.get(symbol)
        if function is None:
            kind = ir.FunctionType(ir.VoidType(), [place.type for place in places])
            function = ir.Function(module, kind, symbol)
        self.builder.call(function, places if limbs is None else [self.end(place, limbs) for place in places])

    def number(self, value: int) -> Expression:
        """Give a whole number from 0 on that a limb holds."""
        if value == 0:
            return Expression(self, "zero", place=self._stored(self.operations().zero()))
        constant = self.operations().emitter.constant
        limbs = [*([constant(0)] * (self.layout.limbs - 1)), constant(value)]
        return Expression(self, "number", place=self._stored(Floating(limbs, constant(0), constant(0))))

    def _stored(self, number: Floating) -> ir.Value:
        place = self.room()
        self.operations().store(number, place)
        return place

    def _layout(self, limbs: int | None) -> CutLayout:
        return self.layout if limbs is None else CutLayout.of_limbs(limbs, self.layout)


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
