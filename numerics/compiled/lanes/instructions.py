"""What writes the instructions of a format; and operations on numbers in memory, as functions: code stays small."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.cutting import CutOperations
from numerics.compiled.lanes.floating import RoundingOperations
from numerics.compiled.lanes.hardware import HardwareOperations
from numerics.compiled.lanes.layout import CutLayout, Format, HardwareFormat, Layout
from numerics.compiled.lanes.operations import Operations


def operations(of: Format, builder: ir.IRBuilder) -> Operations[Any]:
    """Give what writes the instructions of a format."""
    if isinstance(of, CutLayout):
        return CutOperations(builder, of)
    if isinstance(of, Layout):
        return RoundingOperations(builder, of)
    assert isinstance(of, HardwareFormat)
    return HardwareOperations(builder, of)


def in_memory(module: ir.Module, of: Format, name: str, operands: int = 2) -> ir.Function:
    """Write the function that stores an operation of some operands at its first argument, an address as the others."""
    function = ir.Function(
        module, ir.FunctionType(ir.VoidType(), [ir.PointerType()] * (1 + operands)), f"in_memory_{name}_{of.bits}"
    )
    function.linkage = "internal"
    builder = ir.IRBuilder(function.append_basic_block())
    ops = operations(of, builder)
    target, *places = function.args
    ops.store(getattr(ops, name)(*(ops.load(place) for place in places)), target)
    builder.ret_void()
    return function
