"""Whether what the processor rounds by itself stayed where it rounds as MPFR does: its own flags tell.

IEEE numbers and MPFR's of as many bits are rounded alike until one overflows or falls below the normal range. The
processor keeps a flag for each of these until somebody clears it.
"""

from __future__ import annotations

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import WORD, call
from numerics.compiled.lanes.program import host_features

_FLAGS = 0x3F
_INVALID, _DENORMAL, _OVERFLOW, _UNDERFLOW = 0x01, 0x02, 0x08, 0x10
_OTHER_MODES = 0x8000 | 0x6000 | 0x0040  # flush to zero, a direction of rounding, denormal numbers taken for zero
_OUT_OF_RANGE = _INVALID | _DENORMAL | _OVERFLOW | _UNDERFLOW | _OTHER_MODES


def has_flags() -> bool:
    """Tell whether this processor keeps such flags where the compiled functions can read them."""
    return host_features().get("sse2", False)


class OutOfRangeError(ArithmeticError):
    """A number left the range in which the processor rounds as MPFR does."""


def watched(function: ir.Function) -> ir.Function:
    """Write a function that calls another in its module and gives `~ result` where a number left the range."""
    kind = function.function_type
    whole = ir.Function(function.module, kind, f"watched_{function.name}")
    function.attributes.add("noinline")  # no instruction is moved out of it
    builder = ir.IRBuilder(whole.append_basic_block())
    flags = _Flags(builder)
    flags.clear()
    result = builder.call(function, whole.args)
    builder.ret(
        builder.select(builder.icmp_signed("!=", flags.left(), kind.return_type(0)), builder.not_(result), result)
    )
    return whole


class _Flags:
    """Writes instructions on the flags."""

    def __init__(self, builder: ir.IRBuilder) -> None:
        self.builder, self.place = builder, builder.alloca(ir.IntType(32))

    def clear(self) -> None:
        """Clear them."""
        self.builder.store(self.builder.and_(self._read(), ir.IntType(32)(0xFFFF & ~_FLAGS)), self.place)
        self._call("ld")

    def left(self) -> ir.Value:
        """Give a word that is not 0 where a number left the range since."""
        return self.builder.zext(self.builder.and_(self._read(), ir.IntType(32)(_OUT_OF_RANGE)), WORD)

    def _read(self) -> ir.Value:
        self._call("st")
        return self.builder.load(self.place, typ=ir.IntType(32))

    def _call(self, which: str) -> None:
        call(self.builder, f"llvm.x86.sse.{which}mxcsr", ir.VoidType(), self.place)
