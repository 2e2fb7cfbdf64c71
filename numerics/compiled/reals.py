"""Writing LLVM instructions on float64 numbers, and on eight of them side by side, with Python's operators."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TypeAlias

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import DOUBLE, WORD, call

SINGLE = ir.FloatType()
WIDTH = 8
EIGHT, EIGHT_SINGLE, EIGHT_WORDS = (ir.VectorType(kind, WIDTH) for kind in (DOUBLE, SINGLE, WORD))
_FRACTION_BITS, _EXPONENT_MASK = 52, 0x7FF << 52
_FAR_UP = 64


Word: TypeAlias = "ir.Value | int"
Place: TypeAlias = "Word | tuple[Word, Word]"
"""Where a number stands in a table: in which row, and how far in it; or how far from the first of all."""


class Real:
    """A number or eight of them; an operator writes one instruction, with a lone number in every lane."""

    def __init__(self, builder: ir.IRBuilder, value: ir.Value) -> None:
        self.builder, self.value = builder, value

    @property
    def is_wide(self) -> bool:
        """Whether there are eight."""
        return isinstance(self.value.type, ir.VectorType)

    def everywhere(self) -> Real:
        """Give the number in every lane."""
        return Real(self.builder, everywhere(self.builder, self.value))

    def _with(self, other: Real | float) -> tuple[ir.Value, ir.Value]:
        """Give both, as wide as the wider."""
        if not isinstance(other, Real):
            return self.value, constant(self.value.type, other)
        one, number = self, other
        if one.is_wide != number.is_wide:
            one, number = (part if part.is_wide else part.everywhere() for part in (one, number))
        return one.value, number.value

    def __add__(self, other: Real | float) -> Real:
        return Real(self.builder, self.builder.fadd(*self._with(other)))

    def __sub__(self, other: Real | float) -> Real:
        return Real(self.builder, self.builder.fsub(*self._with(other)))

    def __rsub__(self, other: float) -> Real:
        return Real(self.builder, self.builder.fsub(constant(self.value.type, other), self.value))

    def __mul__(self, other: Real | float) -> Real:
        return Real(self.builder, self.builder.fmul(*self._with(other)))

    def __truediv__(self, other: Real | float) -> Real:
        return Real(self.builder, self.builder.fdiv(*self._with(other)))

    def __neg__(self) -> Real:
        return Real(self.builder, self.builder.fneg(self.value))

    def compare(self, relation: str, other: Real | float) -> ir.Value:
        """Compare; NaN compares with nothing."""
        return self.builder.fcmp_ordered(relation, *self._with(other))

    def where(self, condition: ir.Value, other: Real | float) -> Real:
        """Keep this where the condition holds, else take the other."""
        return Real(self.builder, self.builder.select(condition, *self._with(other)))

    def size(self) -> Real:
        """Give the absolute value."""
        return self._intrinsic("llvm.fabs")

    def square_root(self) -> Real:
        """Give it, rounded."""
        return self._intrinsic("llvm.sqrt")

    def rounded(self) -> Real:
        """Give the nearest whole number, the even one of two."""
        return self._intrinsic("llvm.rint")

    def of_library(self, name: str, *others: ir.Value) -> Real:
        """Call a function of the C library on one number."""
        return self._call(name, self.value, *others)

    def times_power_of_two(self, exponent: ir.Value) -> Real:
        """Give it times 2 to a word, whatever the word."""
        return self.of_library("ldexp", self.builder.trunc(exponent, ir.IntType(32)))

    def last_place(self) -> Real:
        """Give 2 to the exponent of a p-bit number's last place, and to p more; 0 for 0."""
        up = Real(self.builder, constant(DOUBLE, 2.0**_FAR_UP))
        b, far = self.builder, self * up
        words = [b.and_(b.bitcast(number.value, WORD), WORD(_EXPONENT_MASK)) for number in (self, far)]
        plain, small = (Real(b, b.bitcast(b.add(word, WORD(1 << _FRACTION_BITS)), DOUBLE)) for word in words)
        return plain.where(b.icmp_unsigned("!=", words[0], WORD(0)), small * 2.0**-_FAR_UP)

    def _intrinsic(self, name: str) -> Real:
        return self._call(f"{name}.{'v8f64' if self.is_wide else 'f64'}", self.value)

    def _call(self, name: str, *arguments: ir.Value) -> Real:
        return Real(self.builder, call(self.builder, name, self.value.type, *arguments))


def constant(kind: ir.Type, value: float) -> ir.Constant:
    """Give the same number in every lane, or alone."""
    return ir.Constant(kind, [value] * WIDTH if isinstance(kind, ir.VectorType) else value)


def everywhere(b: ir.IRBuilder, value: ir.Value) -> ir.Value:
    """Give a number or a word in every lane."""
    empty, place = ir.Constant(ir.VectorType(value.type, WIDTH), ir.Undefined), ir.Constant(ir.IntType(32), 0)
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH)
    return b.shuffle_vector(b.insert_element(empty, value, place), empty, zeros)


def total(terms: list[Real]) -> Real:
    """Add from left to right."""
    return reduce(Real.__add__, terms)


class Table:
    """Numbers in memory, in rows of one length.

    Args:
        builder: where the instructions go.
        pointer: the address of the first number.
        length: of a row.
        kind: of a number; float32 are read and written eight at a time alone.
    """

    def __init__(
        self, builder: ir.IRBuilder, pointer: ir.Value, length: int | ir.Value = 1, kind: ir.Type = DOUBLE
    ) -> None:
        self.builder, self.pointer, self.length, self.kind = builder, pointer, _word(length), kind

    def row(self, number: Word) -> ir.Value:
        """Give the address of a row."""
        return self._at(self.builder.mul(_word(number), self.length))

    def _at(self, place: Place) -> ir.Value:
        first, place = (self.row(place[0]), place[1]) if isinstance(place, tuple) else (self.pointer, place)
        return self.builder.gep(first, [_word(place)], source_etype=self.kind)

    def __getitem__(self, place: Place) -> Real:
        return Real(self.builder, self.builder.load(self._at(place), typ=DOUBLE))

    def __setitem__(self, place: Place, number: Real) -> None:
        self.builder.store(number.value, self._at(place))

    def eight(self, row: Word, first: ir.Value) -> Real:
        """Read eight numbers of a row."""
        if self.kind is DOUBLE:
            return Real(self.builder, self.builder.load(self._at((row, first)), align=8, typ=EIGHT))
        narrow = self.builder.load(self._at((row, first)), align=4, typ=EIGHT_SINGLE)
        return Real(self.builder, self.builder.fpext(narrow, EIGHT))

    def put_eight(self, row: Word, first: ir.Value, numbers: Real) -> None:
        """Write eight numbers of a row."""
        if self.kind is DOUBLE:
            self.builder.store(numbers.value, self._at((row, first)), align=8)
        else:
            self.builder.store(self.builder.fptrunc(numbers.value, EIGHT_SINGLE), self._at((row, first)), align=4)


class Sum:
    """A number on the stack that others are added to."""

    def __init__(self, builder: ir.IRBuilder, kind: ir.Type = DOUBLE) -> None:
        self.builder, self.kind = builder, kind
        with builder.goto_entry_block():
            self.address = builder.alloca(kind)
        self.start()

    def start(self, value: float = 0.0) -> None:
        """Begin anew."""
        self.builder.store(constant(self.kind, value), self.address)

    def add(self, number: Real) -> None:
        """Add a number."""
        self.put(self.now + number)

    def put(self, number: Real) -> None:
        """Put another number in its place."""
        self.builder.store(number.value, self.address)

    @property
    def now(self) -> Real:
        """The sum so far."""
        return Real(self.builder, self.builder.load(self.address, typ=self.kind))


def across(numbers: Real, join: Callable[[Real, Real], Real]) -> Real:
    """Join the eight numbers to one."""
    b = numbers.builder
    each = [Real(b, b.extract_element(numbers.value, ir.Constant(ir.IntType(32), lane))) for lane in range(WIDTH)]
    while len(each) > 1:
        half = len(each) // 2
        each = [join(x, y) for x, y in zip(each[:half], each[half:], strict=True)]
    return each[0]


def lanes_of(condition: ir.Value, builder: ir.IRBuilder) -> ir.Value:
    """Give one bit for each lane."""
    return builder.bitcast(condition, ir.IntType(WIDTH))


def _word(place: Word) -> ir.Value:
    return WORD(place) if isinstance(place, int) else place
