"""Writing LLVM instructions on vectors of 64-bit integers with ordinary Python operators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from llvmlite import ir  # type: ignore[import-untyped]

WORD, DOUBLE, POINTER = ir.IntType(64), ir.DoubleType(), ir.PointerType()


def call(b: ir.IRBuilder, name: str, kind: ir.Type, *arguments: ir.Value) -> ir.Value:
    """Call a function from outside the module, or an intrinsic of LLVM."""
    known = b.module.globals.get(name)
    function = known or ir.Function(b.module, ir.FunctionType(kind, [value.type for value in arguments]), name)
    return b.call(function, arguments)


@contextmanager
def counted(b: ir.IRBuilder, count: ir.Value) -> Iterator[ir.Value]:
    """Go through the body as often as counted, at least once; give which time it is."""
    start = b.block
    body, done = b.append_basic_block("each"), b.append_basic_block("done")
    b.branch(body)
    b.position_at_end(body)
    at = b.phi(WORD)
    at.add_incoming(WORD(0), start)
    yield at
    following = b.add(at, WORD(1))
    at.add_incoming(following, b.block)
    b.cbranch(b.icmp_unsigned("<", following, count), body, done)
    b.position_at_end(done)


class Emitter:
    """Where the instructions go, and how many lanes each acts on."""

    def __init__(self, builder: ir.IRBuilder, lanes: int) -> None:
        self.builder, self.lanes = builder, lanes
        self.vector = ir.VectorType(WORD, lanes)

    def constant(self, value: int) -> Lanes:
        """Give the same integer in every lane."""
        return Lanes(self, ir.Constant(self.vector, [ir.Constant(WORD, value)] * self.lanes))

    def call(self, name: str, kind: ir.Type, *arguments: ir.Value) -> ir.Value:
        """Call an LLVM intrinsic."""
        return call(self.builder, name, kind, *arguments)

    def any(self, condition: ir.Value) -> ir.Value:
        """Tell whether a condition holds in some lane."""
        bits = self.builder.bitcast(condition, ir.IntType(self.lanes))
        return self.builder.icmp_unsigned("!=", bits, ir.Constant(ir.IntType(self.lanes), 0))

    def rarely(
        self, condition: ir.Value, values: Sequence[Lanes], change: Callable[[list[Lanes]], list[Lanes]]
    ) -> list[Lanes]:
        """Change some values where a condition holds in some lane; skip the instructions where in none."""
        b = self.builder
        before = b.block
        inside, after = b.append_basic_block("rare"), b.append_basic_block("joined")
        b.cbranch(self.any(condition), inside, after).set_weights([1, 1000])
        b.position_at_end(inside)
        changed = change(list(values))
        end = b.block
        b.branch(after)
        b.position_at_end(after)
        joined = [b.phi(self.vector) for _ in values]
        for phi, old, new in zip(joined, values, changed, strict=True):
            phi.add_incoming(old.value, before)
            phi.add_incoming(new.value, end)
        return [Lanes(self, phi) for phi in joined]

    def repeat(
        self,
        values: Sequence[Lanes],
        condition: Callable[[list[Lanes]], ir.Value],
        change: Callable[[list[Lanes]], list[Lanes]],
    ) -> list[Lanes]:
        """Change some values again and again, as long as a condition holds in some lane."""
        b = self.builder
        before = b.block
        head, body, after = (b.append_basic_block(name) for name in ("head", "body", "done"))
        b.branch(head)
        b.position_at_end(head)
        joined = [b.phi(self.vector) for _ in values]
        current = [Lanes(self, phi) for phi in joined]
        b.cbranch(self.any(condition(current)), body, after)
        b.position_at_end(body)
        changed = change(current)
        for phi, old, new in zip(joined, values, changed, strict=True):
            phi.add_incoming(old.value, before)
            phi.add_incoming(new.value, b.block)
        b.branch(head)
        b.position_at_end(after)
        return current


class Lanes:
    """A vector of 64-bit integers; an operator writes one instruction."""

    def __init__(self, emitter: Emitter, value: ir.Value) -> None:
        self.emitter, self.value = emitter, value

    def _other(self, other: Lanes | int) -> ir.Value:
        return (self.emitter.constant(other) if isinstance(other, int) else other).value

    def _new(self, value: ir.Value) -> Lanes:
        return Lanes(self.emitter, value)

    def __add__(self, other: Lanes | int) -> Lanes:
        return self._new(self.emitter.builder.add(self.value, self._other(other)))

    def __sub__(self, other: Lanes | int) -> Lanes:
        return self._new(self.emitter.builder.sub(self.value, self._other(other)))

    def __mul__(self, other: Lanes | int) -> Lanes:
        return self._new(self.emitter.builder.mul(self.value, self._other(other)))

    def __and__(self, other: Lanes | int) -> Lanes:
        return self._new(self.emitter.builder.and_(self.value, self._other(other)))

    def __or__(self, other: Lanes | int) -> Lanes:
        return self._new(self.emitter.builder.or_(self.value, self._other(other)))

    def __xor__(self, other: Lanes | int) -> Lanes:
        return self._new(self.emitter.builder.xor(self.value, self._other(other)))

    def __lshift__(self, other: Lanes | int) -> Lanes:
        return self._new(self.emitter.builder.shl(self.value, self._other(other)))

    def __rshift__(self, other: Lanes | int) -> Lanes:
        return self._new(self.emitter.builder.lshr(self.value, self._other(other)))

    def signed_shift(self, bits: int) -> Lanes:
        """Shift right, keeping the sign."""
        return self._new(self.emitter.builder.ashr(self.value, self._other(bits)))

    def compare(self, relation: str, other: Lanes | int) -> ir.Value:
        """Compare as signed integers; gives one bit for each lane."""
        return self.emitter.builder.icmp_signed(relation, self.value, self._other(other))

    def choose(self, condition: ir.Value, other: Lanes | int) -> Lanes:
        """Keep this where the condition holds, else take the other."""
        return self._new(self.emitter.builder.select(condition, self.value, self._other(other)))

    def as_mask(self, condition: ir.Value) -> Lanes:
        """Turn one bit for each lane into 0 or -1."""
        return self._new(self.emitter.builder.sext(condition, self.emitter.vector))
