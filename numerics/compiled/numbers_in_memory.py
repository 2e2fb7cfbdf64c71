"""Writing LLVM instructions on single numbers with Python's operators, in the processor's arithmetic or MPFR's."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from llvmlite import ir

from numerics.compiled.lanes.emitter import DOUBLE, POINTER, WORD, call
from numerics.compiled.mpfr_memory import ADDRESS, EXPONENT, PRECISION, STRUCTURE_WORDS, library

_INT = ir.IntType(32)
_TO_NEAREST = ir.Constant(_INT, 0)


@dataclass(frozen=True)
class Single:
    """A number inside the code that is written; operators write their instructions."""

    writer: SingleWriter
    value: ir.Value

    def __add__(self, other: Single) -> Single:
        return self.writer.operation("add", self, other)

    def __sub__(self, other: Single) -> Single:
        return self.writer.operation("sub", self, other)

    def __mul__(self, other: Single) -> Single:
        return self.writer.operation("mul", self, other)


class _Writer:
    kind: ir.Type
    used = 0
    """How many numbers of scratch memory the instructions need so far."""

    def __init__(self, builder: ir.IRBuilder) -> None:
        self.builder = builder

    def at(self, pointer: ir.Value, place: ir.Value | int) -> ir.Value:
        """Give the address of one of the numbers in memory."""
        return self.builder.gep(pointer, [WORD(place) if isinstance(place, int) else place], source_etype=self.kind)


class HardwareWriter(_Writer):
    """IEEE instructions; no product is fused with a sum, as in NumPy."""

    def __init__(self, builder: ir.IRBuilder, bits: int) -> None:
        super().__init__(builder)
        self.kind = ir.FloatType() if bits == 24 else DOUBLE

    def operation(self, name: str, x: Single, y: Single, into: ir.Value | None = None) -> Single:
        """Give the rounded sum (`add`), difference (`sub`) or product (`mul`), at an address if one is given."""
        result = Single(self, getattr(self.builder, f"f{name}")(x.value, y.value))
        if into is not None:
            self.store(result, into)
        return result

    def divided(self, x: Single, by: ir.Value) -> Single:
        """Give the rounded quotient by a whole number, a word; it is rounded, too."""
        return Single(self, self.builder.fdiv(x.value, self.builder.sitofp(by, self.kind)))

    def load(self, pointer: ir.Value) -> Single:
        """Read a number into a register."""
        return Single(self, self.builder.load(pointer, typ=self.kind))

    def store(self, number: Single, pointer: ir.Value) -> None:
        """Write a number."""
        self.builder.store(number.value, pointer)

    def to_double(self, number: Single) -> ir.Value:
        """Widen."""
        return number.value if self.kind is DOUBLE else self.builder.fpext(number.value, DOUBLE)

    def is_finite(self, number: Single) -> ir.Value:
        """Tell whether a number is neither infinite nor NaN."""
        return self.is_smaller_in_size(number, Single(self, ir.Constant(self.kind, float("inf"))))

    def is_at_most(self, number: Single, limit: ir.Value) -> ir.Value:
        """Compare with a float64, rounded as NumPy does; NaN is not."""
        limit = limit if self.kind is DOUBLE else self.builder.fptrunc(limit, self.kind)
        return self.builder.fcmp_ordered("<=", number.value, limit)

    def is_smaller_in_size(self, number: Single, limit: Single) -> ir.Value:
        """Compare the magnitude with a positive number; NaN is not."""
        size = self.builder.module.declare_intrinsic("llvm.fabs", [self.kind])
        return self.builder.fcmp_ordered("<", self.builder.call(size, [number.value]), limit.value)


class MpfrWriter(_Writer):
    """The same by calls of MPFR; a number is the address of its structure, and every result has a place of its own."""

    kind = ir.ArrayType(WORD, STRUCTURE_WORDS)

    def __init__(self, builder: ir.IRBuilder, places: ir.Value) -> None:
        super().__init__(builder)
        self._places = places

    def operation(self, name: str, x: Single, y: Single, into: ir.Value | None = None) -> Single:
        """Write one call."""
        result = self._place() if into is None else into
        self._call(f"mpfr_{name}", _INT, result, x.value, y.value, _TO_NEAREST)
        return Single(self, result)

    def divided(self, x: Single, by: ir.Value) -> Single:
        """Write one call."""
        result = self._place()
        self._call("mpfr_div_ui", _INT, result, x.value, by, _TO_NEAREST)
        return Single(self, result)

    def load(self, pointer: ir.Value) -> Single:
        """Give the number that stands there; what is stored there later changes it."""
        return Single(self, pointer)

    def store(self, number: Single, pointer: ir.Value) -> None:
        """Copy it."""
        self._call("mpfr_set", _INT, pointer, number.value, _TO_NEAREST)

    def to_double(self, number: Single) -> ir.Value:
        """Round."""
        return self._call("mpfr_get_d", DOUBLE, number.value, _TO_NEAREST)

    def is_finite(self, number: Single) -> ir.Value:
        """Ask."""
        return self.builder.icmp_signed("!=", self._call("mpfr_number_p", _INT, number.value), _INT(0))

    def is_at_most(self, number: Single, limit: ir.Value) -> ir.Value:
        """Compare exactly."""
        b, order = self.builder, self._call("mpfr_cmp_d", _INT, number.value, limit)
        known = b.icmp_signed("==", self._call("mpfr_nan_p", _INT, number.value), _INT(0))
        return b.and_(b.icmp_signed("<=", order, _INT(0)), known)

    def is_smaller_in_size(self, number: Single, limit: Single) -> ir.Value:
        """Compare."""
        return self.builder.icmp_signed("<", self._call("mpfr_cmpabs", _INT, number.value, limit.value), _INT(0))

    def leading(self, number: Single) -> tuple[ir.Value, ir.Value, ir.Value]:
        """Give the exponent and the two highest limbs of a number that has at least two."""
        b = self.builder
        precision, exponent, limbs = (self._word(number.value, WORD(k)) for k in (PRECISION, EXPONENT, ADDRESS))
        last = b.lshr(b.sub(precision, WORD(1)), WORD(6))
        address = b.inttoptr(limbs, POINTER)
        return exponent, self._word(address, last), self._word(address, b.sub(last, WORD(1)))

    def _word(self, address: ir.Value, place: ir.Value) -> ir.Value:
        return self.builder.load(self.builder.gep(address, [place], source_etype=WORD), typ=WORD)

    def _place(self) -> ir.Value:
        self.used += 1
        return self.at(self._places, self.used - 1)

    def _call(self, name: str, kind: ir.Type, *arguments: ir.Value) -> ir.Value:
        if name not in self.builder.module.globals:
            llvm.add_symbol(name, ctypes.cast(getattr(library(), name), ctypes.c_void_p).value)
        return call(self.builder, name, kind, *arguments)


SingleWriter = HardwareWriter | MpfrWriter
"""Writes the instructions of one kind of number."""
