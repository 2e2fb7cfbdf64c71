"""What writes the instructions of a format."""

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
