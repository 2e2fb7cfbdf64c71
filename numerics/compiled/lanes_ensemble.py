"""Gradient descent on many runs at once, compiled: a run in every lane, each with its own start and step size."""

from __future__ import annotations

from functools import cache
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.arithmetic.base import LANES
from numerics.compiled.lanes.emitter import WORD
from numerics.compiled.lanes.layout import Format
from numerics.compiled.lanes.operations import Operations
from numerics.compiled.lanes.program import Program
from numerics.compiled.lanes_layers import LayerWriter
from numerics.optimizers.base import ESCAPE_BITS

_POINTER = ir.PointerType()
MODE_NUMBERS = 3
"""For each mode f, d and the rate lie side by side, each a number for every run."""


def scratch_numbers(n_layers: int) -> int:
    """How many numbers of memory the loop needs beside its arguments."""
    return LayerWriter.scratch_numbers(n_layers) + LANES


@cache
def ensemble_descent(of: Format, n_layers: int, rank: int) -> Any:
    """Compile the loop for a format, a number of layers and a rank (every rank above 16 shares one).

    The function takes modes, layers, rates of the layers, scratch memory, and for every lane the step at which it
    escaped (-1 for none), then the rank, the number of the first step and the number of steps. It returns 0.
    """
    module = ir.Module()
    _write(module, of, n_layers, rank)
    return Program(module).function("descend", 8)


def _write(module: ir.Module, of: Format, n_layers: int, rank: int) -> None:
    function = ir.Function(module, ir.FunctionType(WORD, [_POINTER] * 5 + [WORD] * 3), "descend")
    modes, layers, rate, scratch, escapes, count, first, steps = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    ops = of.operations(b)
    layer_writer = LayerWriter(module, of, b, layers, scratch, n_layers)
    sums = [ops.at(scratch, LayerWriter.scratch_numbers(n_layers) + k) for k in range(LANES)]
    head, body, done = (function.append_basic_block(name) for name in ("step", "body", "done"))
    entry = b.block
    b.branch(head)
    b.position_at_end(head)
    taken = b.phi(WORD)
    taken.add_incoming(WORD(0), entry)
    b.cbranch(b.icmp_signed("<", taken, steps), body, done)

    b.position_at_end(body)
    P = ops.load(layer_writer.product())
    unrolled = rank <= LANES and of.words == 1  # sums and products of limbs are too long to be written often
    lanes = _unrolled(ops, modes, rank, P) if unrolled else _looped(ops, modes, count, sums, P)
    # The order of `Arithmetic.total`.
    for apart in (8, 4, 2, 1):
        for k in range(apart):
            if k + apart < len(lanes):
                lanes[k] = ops.add(lanes[k], lanes[k + apart])
        lanes = lanes[:apart]
    layer_writer.move(rate, lanes[0])
    after = b.add(taken, WORD(1))
    _note_escapes(ops, layer_writer.reach(ESCAPE_BITS), escapes, b.add(first, after))
    taken.add_incoming(after, b.block)
    b.branch(head)
    b.position_at_end(done)
    b.ret(WORD(0))


def _move_mode(ops: Operations[Any], modes: Any, mode: Any, P: Any) -> Any:
    """Move one mode of every run; give `z f` at the point before."""
    b = ops.builder
    place = b.mul(mode, WORD(MODE_NUMBERS))
    f_at, d_at, rate_at = (ops.at(modes, b.add(place, WORD(k))) for k in range(MODE_NUMBERS))
    f = ops.load(f_at)
    z = ops.subtract(ops.multiply(P, f), ops.load(d_at))
    ops.store(ops.subtract(f, ops.multiply(ops.multiply(ops.load(rate_at), z), P)), f_at)
    return ops.multiply(z, f)


def _unrolled(ops: Operations[Any], modes: Any, rank: int, P: Any) -> list[Any]:
    return [_move_mode(ops, modes, WORD(k), P) for k in range(rank)]


def _looped(ops: Operations[Any], modes: Any, count: Any, sums: list[Any], P: Any) -> list[Any]:
    b = ops.builder
    for place in sums:
        ops.store(ops.zero(), place)
    start = b.block
    body, done = b.append_basic_block("modes"), b.append_basic_block("summed")
    b.branch(body)
    b.position_at_end(body)
    mode = b.phi(WORD)
    mode.add_incoming(WORD(0), start)
    place = ops.at(sums[0], b.and_(mode, WORD(LANES - 1)))
    ops.store(ops.add(ops.load(place), _move_mode(ops, modes, mode, P)), place)
    following = b.add(mode, WORD(1))
    mode.add_incoming(following, b.block)
    b.cbranch(b.icmp_signed("<", following, count), body, done)
    b.position_at_end(done)
    return [ops.load(place) for place in sums]


def _note_escapes(ops: Operations[Any], escaped: Any, escapes: Any, step: Any) -> None:
    """Write the step into the lanes that escape now and had not before."""
    b, emitter = ops.builder, ops.emitter
    kind, align = emitter.vector, ops.layout.lanes * 8
    inside, after = b.append_basic_block("some_escape"), b.append_basic_block("noted")
    b.cbranch(emitter.any(escaped), inside, after)
    b.position_at_end(inside)
    before = b.load(escapes, align=align, typ=kind)
    fresh = b.and_(escaped, b.icmp_signed("<", before, ir.Constant(kind, [WORD(0)] * ops.layout.lanes)))
    everywhere = ir.Constant(kind, ir.Undefined)
    for lane in range(ops.layout.lanes):
        everywhere = b.insert_element(everywhere, step, ir.Constant(ir.IntType(32), lane))
    b.store(b.select(fresh, everywhere, before), escapes, align=align)
    b.branch(after)
    b.position_at_end(after)
