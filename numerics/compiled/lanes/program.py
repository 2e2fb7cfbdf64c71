"""Compiling instructions for the processor at hand, with no compiler installed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from llvmlite import ir

from numerics.arithmetic.base import Arithmetic
from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.compiled.lanes.layout import Format, HardwareFormat, Layout


@cache
def host_features() -> dict[str, bool]:
    """Which instructions this processor has, by their names in LLVM."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return dict(llvm.get_host_cpu_features())


def format_of(arithmetic: Arithmetic, lanes: int) -> Format:
    """Choose how this processor holds the numbers of an arithmetic."""
    if isinstance(arithmetic, NumpyFloat):
        return HardwareFormat(arithmetic.bits, lanes)
    return Layout(arithmetic.bits, min(lanes, Layout.widest), limb_bits())


def limb_bits() -> int:
    """Tell how long this processor's limbs are."""
    features = host_features()
    return 52 if features.get("avx512ifma", False) and features.get("avx512vl", False) else 28


class Program:
    """A module of LLVM instructions, compiled and held in memory.

    Args:
        module: the instructions.
        effort: 2 for all that LLVM can do; 1 to hold in registers what stands on the stack, which takes a third of the
            time; 0 where nothing gains by it, such as calls, which takes a tenth.
    """

    def __init__(self, module: ir.Module, *, effort: int = 2) -> None:
        features = host_features()
        target = llvm.Target.from_default_triple()
        machine = target.create_target_machine(
            cpu=llvm.get_host_cpu_name(),
            features=",".join(("+" if on else "-") + name for name, on in features.items()),
            opt=(0, 1, 3)[effort],
        )
        module.triple = llvm.get_default_triple()
        parsed = llvm.parse_assembly(str(module))
        parsed.verify()
        if effort:
            builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
            passes = builder.getModulePassManager() if effort > 1 else llvm.create_new_module_pass_manager()
            if effort == 1:
                passes.add_sroa_pass()
            passes.run(parsed, builder)
        self._engine = llvm.create_mcjit_compiler(parsed, machine)
        self._engine.finalize_object()

    def address(self, name: str) -> int:
        """Give the address of a function."""
        return int(self._engine.get_function_address(name))

    def function(self, name: str, arguments: int) -> Callable[..., int]:
        """Give a function of 64-bit words (pointers are words too) that returns a 64-bit word."""
        kind: Any = ctypes.CFUNCTYPE(ctypes.c_int64, *([ctypes.c_int64] * arguments))
        function = kind(self.address(name))
        function.program = self  # the machine code lives as long as the engine that this holds
        return function  # type: ignore[no-any-return]
