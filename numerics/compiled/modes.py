"""What a compiled step does to the modes, many of them side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.arithmetic.base import LANES
from numerics.compiled.lanes.emitter import WORD, counted
from numerics.compiled.lanes.floating import RoundingOperations
from numerics.compiled.lanes.layout import Format, Layout
from numerics.compiled.lanes.operations import Operations

MODE_NUMBERS = ("f", "d", "rate")
"""What lies side by side in memory for each chunk of modes."""
_UNROUNDED = ("value", "term")
_BLOCK = 8
"""So many chunks at a time lie in the nearest cache, with what is between two stages."""


Stage = Callable[[Callable[[str], Any]], dict[str, Any]]
"""Asks for numbers of a chunk of modes, and for its sums, by their names; gives those that it has changed."""


def write_modes(ops: Operations[Any], P: Any, modes: ir.Value, between: ir.Value, chunks: ir.Value) -> Any:
    """Write what moves every mode by one step; give the lanes' sums of `z f` at the point before it."""
    if isinstance(ops, RoundingOperations):
        return _stage_by_stage(ops, _stages(ops, P), modes, between, chunks)
    return _chunk_by_chunk(ops, _stages(ops, P), modes, chunks)


def vectors_between(of: Format) -> int:
    """Tell how many vectors of scratch memory that needs."""
    if not isinstance(of, Layout):
        return 0
    return _partial_sums(of) * of.words + len(_UNROUNDED) * _BLOCK * of.unrounded_words


def _partial_sums(of: Layout) -> int:
    """How many chunks have sums of their own: terms are added as `Arithmetic.total` does."""
    return LANES // of.lanes if of.lanes == of.widest else 1


def _stages(ops: Operations[Any], P: Any) -> list[Stage]:
    """Give the operations on a chunk, cut before each that waits for the one before."""

    def outputs(of: Callable[[str], Any]) -> dict[str, Any]:
        return {"value": ops.product(P, of("f"))}

    def residuals(of: Callable[[str], Any]) -> dict[str, Any]:
        return {"value": ops.difference(ops.rounded_term(of("value")), of("d"))}

    def slopes(of: Callable[[str], Any]) -> dict[str, Any]:
        z = ops.rounded(of("value"))
        return {"term": ops.product(z, of("f")), "value": ops.product(of("rate"), z)}

    def sums(of: Callable[[str], Any]) -> dict[str, Any]:
        total = ops.add(of("sums"), ops.rounded_term(of("term")))
        return {"sums": total, "value": ops.product(ops.rounded(of("value")), P)}

    def moves(of: Callable[[str], Any]) -> dict[str, Any]:
        return {"value": ops.difference(of("f"), ops.rounded_term(of("value")))}

    def ends(of: Callable[[str], Any]) -> dict[str, Any]:
        return {"f": ops.rounded(of("value"))}

    return [outputs, residuals, slopes, sums, moves, ends]


def _chunk_by_chunk(ops: Operations[Any], stages: list[Stage], modes: ir.Value, chunks: ir.Value) -> Any:
    """Do all stages for a chunk, in registers, then for the next."""
    b = ops.builder
    start = b.block
    with counted(b, chunks) as chunk:
        sums, nodes = ops.phi()
        places = _mode_places(ops, modes, chunk)
        of = {"sums": sums, **{name: ops.load(place) for name, place in places.items()}}
        for stage in stages:
            of.update(stage(of.__getitem__))
        ops.store(of["f"], places["f"])
        for node, before, after in zip(nodes, ops.parts(ops.zero()), ops.parts(of["sums"]), strict=True):
            node.add_incoming(before, start)
            node.add_incoming(after, b.block)
    return of["sums"]


def _stage_by_stage(
    ops: RoundingOperations, stages: list[Stage], modes: ir.Value, between: ir.Value, chunks: ir.Value
) -> Any:
    """Do a stage for some chunks, in memory, then the next.

    A processor has many short chains of instructions under way at a time, but few long ones, and what waits in the
    chain of a whole step fills its queues. With L limbs of 52 bits, eight modes need `4 (L^2 + 2 L - 1)` multiply-adds
    for four products, `12 L` to align three sums and `8 L` to move results to their places: 116 with 106 or 113 bits,
    236 with 256; with 106 there are some 600 instructions in all. What a step takes stands in `BENCHMARKS.md`.
    """
    b, of = ops.builder, ops.layout
    sums = [ops.vector_at(between, k * of.words) for k in range(_partial_sums(of))]
    for place in sums:
        ops.store(ops.zero(), place)
    blocks = b.udiv(b.add(chunks, WORD(_BLOCK - 1)), WORD(_BLOCK))
    with counted(b, blocks) as block:
        first = b.mul(block, WORD(_BLOCK))
        left = b.sub(chunks, first)
        count = b.select(b.icmp_unsigned("<", left, WORD(_BLOCK)), left, WORD(_BLOCK))
        for stage in stages:
            with counted(b, count) as chunk:
                places = _mode_places(ops, modes, b.add(first, chunk))
                places["sums"] = ops.at(between, b.and_(chunk, WORD(len(sums) - 1)))
                for k, name in enumerate(_UNROUNDED):
                    vector = b.mul(b.add(chunk, WORD(k * _BLOCK)), WORD(of.unrounded_words))
                    places[name] = ops.vector_at(between, b.add(vector, WORD(len(sums) * of.words)))
                for name, number in stage(partial(_loaded, ops, places)).items():
                    ops.store(number, places[name])
    total = ops.load(sums[0])
    for place in sums[1:]:
        total = ops.add(total, ops.load(place))
    return total


def _loaded(ops: RoundingOperations, places: dict[str, ir.Value], name: str) -> Any:
    return (ops.load_unrounded if name in _UNROUNDED else ops.load)(places[name])


def _mode_places(ops: Operations[Any], modes: ir.Value, chunk: ir.Value) -> dict[str, ir.Value]:
    first = ops.builder.mul(chunk, WORD(len(MODE_NUMBERS)))
    return {name: ops.at(modes, ops.builder.add(first, WORD(k))) for k, name in enumerate(MODE_NUMBERS)}
