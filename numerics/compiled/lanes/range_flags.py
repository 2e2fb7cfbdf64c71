"""Whether what the processor rounds by itself stayed where it rounds as MPFR does: its own flags tell.

IEEE numbers and MPFR's of as many bits are rounded alike until one overflows or falls below the normal range. The
processor keeps a flag for each of these until somebody clears it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import WORD
from numerics.compiled.lanes.program import Program, host_features

_FLAGS = 0x3F
_INVALID, _DENORMAL, _OVERFLOW, _UNDERFLOW = 0x01, 0x02, 0x08, 0x10
_OTHER_MODES = 0x8000 | 0x6000 | 0x0040  # flush to zero, a direction of rounding, denormal numbers taken for zero
_OUT_OF_RANGE = _INVALID | _DENORMAL | _OVERFLOW | _UNDERFLOW | _OTHER_MODES


def has_flags() -> bool:
    """Tell whether this processor keeps such flags where the compiled functions can read them."""
    return host_features().get("sse2", False)


class OutOfRangeError(ArithmeticError):
    """A number left the range in which the processor rounds as MPFR does."""


def in_range(function: Callable[..., int], *arguments: int) -> int:
    """Call a compiled function.

    Raises:
        OutOfRangeError: a number left the range, so that the function's results count for nothing.
    """
    clear, left = _functions()
    clear()
    result = function(*arguments)
    if left():  # read before anything else computes: NumPy clears the flags
        raise OutOfRangeError
    return result


@cache
def _functions() -> tuple[Callable[[], int], Callable[[], int]]:
    """To clear the flags, and to read them: functions of their own, which no instruction is moved across."""
    module, narrow = ir.Module(), ir.IntType(32)
    kind = ir.FunctionType(ir.VoidType(), [ir.PointerType()])
    read, write = (ir.Function(module, kind, f"llvm.x86.sse.{name}mxcsr") for name in ("st", "ld"))
    for name in ("clear", "left"):
        b = ir.IRBuilder(ir.Function(module, ir.FunctionType(WORD, []), name).append_basic_block())
        place = b.alloca(narrow)
        b.call(read, [place])
        state = b.load(place, typ=narrow)
        if name == "clear":
            b.store(b.and_(state, narrow(0xFFFF & ~_FLAGS)), place)
            b.call(write, [place])
        b.ret(b.zext(b.and_(state, narrow(_OUT_OF_RANGE)), WORD))
    program = Program(module)
    return program.function("clear", 0), program.function("left", 0)
