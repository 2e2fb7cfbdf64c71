"""The operations that a compiled loop is written in, whatever its numbers are."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import WORD, Emitter
from numerics.compiled.lanes.layout import Format

T = TypeVar("T")
U = TypeVar("U")
"""Numbers side by side in registers."""


class Operations(ABC, Generic[T]):
    """Writes the instructions of one format into one builder."""

    layout: Format
    vector: ir.Type
    emitter: Emitter

    @abstractmethod
    def parts(self, number: T) -> list[ir.Value]:
        """Give the vectors that a number is made of, in the order they lie in memory."""

    @abstractmethod
    def from_parts(self, parts: Sequence[ir.Value]) -> T:
        """Make a number of its vectors."""

    @abstractmethod
    def product(self, x: T, y: T) -> T:
        """Give the product before it is rounded: what `rounded` takes."""

    @abstractmethod
    def sum(self, x: T, y: T) -> T:
        """Give the sum before it is rounded."""

    @abstractmethod
    def rounded(self, number: T) -> T:
        """Round."""

    def rounded_term(self, product: T) -> T:
        """Round a product that only a sum will take."""
        return self.rounded(product)

    def multiply(self, x: T, y: T) -> T:
        """Give the rounded product."""
        return self.rounded(self.product(x, y))

    def add(self, x: T, y: T) -> T:
        """Give the rounded sum."""
        return self.rounded(self.sum(x, y))

    @abstractmethod
    def negated(self, number: T) -> T:
        """Change the sign."""

    @abstractmethod
    def zero(self) -> T:
        """Give zero."""

    @abstractmethod
    def reaches(self, number: T, bits: int) -> ir.Value:
        """Tell for each lane whether the magnitude is at least 2 to some power, or not a number."""

    def difference(self, x: T, y: T) -> T:
        """Give the difference before it is rounded."""
        return self.sum(x, self.negated(y))

    def subtract(self, x: T, y: T) -> T:
        """Give the rounded difference."""
        return self.rounded(self.difference(x, y))

    @property
    def builder(self) -> ir.IRBuilder:
        """Where the instructions go."""
        return self.emitter.builder

    def at(self, pointer: ir.Value, number: ir.Value | int) -> ir.Value:
        """Give the address of one of the numbers (each as many vectors as the format takes) in memory."""
        words = self.layout.words
        offset = WORD(number * words) if isinstance(number, int) else self.builder.mul(number, WORD(words))
        return self.builder.gep(pointer, [offset], source_etype=self.vector)

    def load(self, pointer: ir.Value) -> T:
        """Read numbers side by side from memory."""
        return self.from_parts(self._loaded(pointer, self.layout.words))

    def store(self, number: T, pointer: ir.Value) -> None:
        """Write numbers side by side to memory."""
        for k, part in enumerate(self.parts(number)):
            self.builder.store(part, self.vector_at(pointer, k), align=self.layout.vector_bytes)

    def vector_at(self, pointer: ir.Value, k: ir.Value | int) -> ir.Value:
        """Give the address of one of the vectors in memory."""
        return self.builder.gep(pointer, [WORD(k) if isinstance(k, int) else k], source_etype=self.vector)

    def _loaded(self, pointer: ir.Value, count: int) -> list[ir.Value]:
        kind, align = self.vector, self.layout.vector_bytes
        return [self.builder.load(self.vector_at(pointer, k), align=align, typ=kind) for k in range(count)]

    def phi(self) -> tuple[T, list[ir.Instruction]]:
        """Open a number that several blocks will supply; give it and its parts."""
        kinds = [part.type for part in self.parts(self.zero())]
        nodes = [self.builder.phi(kind) for kind in kinds]
        return self.from_parts(nodes), nodes

    def rotated(self, number: T, by: int) -> T:
        """Move lane k + by into lane k."""
        lanes = self.layout.lanes
        order = [(k + by) % lanes for k in range(lanes)]
        return self.from_parts([self._picked(part, order) for part in self.parts(number)])

    def broadcast(self, number: U, other: Operations[U]) -> T:
        """Put lane 0 of a number of another width into every lane."""
        return self.from_parts([self._picked(part, [0] * self.layout.lanes) for part in other.parts(number)])

    def _picked(self, part: ir.Value, order: Sequence[int]) -> ir.Value:
        index = ir.IntType(32)
        places = ir.Constant(ir.VectorType(index, len(order)), [ir.Constant(index, k) for k in order])
        return self.builder.shuffle_vector(part, part, places)
