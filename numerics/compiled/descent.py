"""Gradient descent in reduced coordinates, compiled, for many modes at once, in every floating-point arithmetic.

It does what `ReducedModel.increments` does, operation for operation, so it ends at the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from numerics.arithmetic.base import LANES, Number, Vector
from numerics.compiled.lanes.emitter import WORD
from numerics.compiled.lanes.instructions import operations
from numerics.compiled.lanes.layout import Format, Memory
from numerics.compiled.lanes.operations import Operations
from numerics.compiled.lanes.program import Program, format_of
from numerics.compiled.layers import LayerWriter
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import ESCAPE_BITS, Advance, Stepper

_POINTER = ir.PointerType()
_LAYER_LANES = 2  # one number needs one lane; two is the least that the vector instructions take
_MODE_NUMBERS = 3  # f, d and the rate of each mode lie side by side in memory


class CompiledDescent(Stepper):
    """Gradient descent on a reduced model by the compiled loop."""

    def __init__(self, model: ReducedModel, step_size: Number) -> None:
        super().__init__(model)
        a = model.arithmetic
        with a.active():
            rates = model.rates(step_size, model.n_samples)
        lanes = next(lanes for lanes in (2, 4, 8, LANES) if lanes >= min(model.rank, LANES))
        self.format, self.narrow = format_of(a, lanes), format_of(a, _LAYER_LANES)
        unit = self.format.unit
        self.descend = descent(self.format, model.depth - 1)
        labels = self.format.pack(a, model.label_coefficients, unit)
        self.modes = _side_by_side(self.format, labels, labels, self.format.pack(a, rates.first_layer))
        self.rate = self.narrow.pack(a, [rates.layers], -2 * unit, everywhere=True)
        self.scratch = self.narrow.empty(LayerWriter.scratch_numbers(model.depth - 1))

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        """Take one step."""
        advance = self.advance(state, index, 1)
        return advance.state, memory

    def advance(self, state: State, first: int, count: int, memory: tuple[Number, ...] = ()) -> Advance:
        """Take `count` steps in one call."""
        a, words, unit = self.model.arithmetic, self.format.words, self.format.unit
        self.modes[:, :words] = self.format.pack(a, state.first_layer, unit)
        layers = self.narrow.pack(a, state.layers, everywhere=True)
        memories = (self.modes, layers, self.rate, self.scratch)
        taken = self.descend(*(memory.ctypes.data for memory in memories), len(self.modes), count)
        outputs: Vector = np.empty(len(state.first_layer), dtype=a.dtype)
        outputs[:] = self.format.unpack(a, self.modes[:, :words], len(outputs), -unit)
        after = tuple(self.narrow.unpack(a, layers[j : j + 1], 1)[0] for j in range(len(layers)))
        return Advance(State(outputs, after), abs(taken), taken < 0, memory)


def _side_by_side(of: Format, *parts: Memory) -> Memory:
    joined = np.concatenate(parts, axis=1)
    aligned = of.empty(len(joined) * len(parts)).reshape(joined.shape)
    aligned[:] = joined
    return aligned


@cache
def descent(of: Format, n_layers: int) -> Callable[..., int]:
    """Compile the loop for a format and a number of layers.

    The function takes the modes, the layers, the rate of the layers and scratch memory, then the number of chunks and
    of steps. It returns how many steps it took, negative where a layer reached 2^100 in the last one.
    """
    module = ir.Module()
    _write(module, of, n_layers)
    return Program(module).function("descend", 6)


def _write(module: ir.Module, of: Format, n_layers: int) -> None:
    function = ir.Function(module, ir.FunctionType(WORD, [_POINTER] * 4 + [WORD] * 2), "descend")
    modes, layers, rate, scratch, chunks, steps = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    ops = operations(of, b)
    layer_writer = LayerWriter(module, of.with_lanes(_LAYER_LANES), b, layers, scratch, n_layers)
    step_head, step_body, escaped, finished = (
        function.append_basic_block(name) for name in ("step", "body", "escaped", "finished")
    )
    entry = b.block
    b.branch(step_head)
    b.position_at_end(step_head)
    taken = b.phi(WORD)
    taken.add_incoming(WORD(0), entry)
    b.cbranch(b.icmp_signed("<", taken, steps), step_body, finished)

    b.position_at_end(step_body)
    P = ops.broadcast(layer_writer.ops.load(layer_writer.product()), layer_writer.ops)
    total = _modes(ops, modes, chunks, P)
    apart = of.lanes // 2
    while apart:
        total = ops.add(total, ops.rotated(total, apart))
        apart //= 2
    layer_writer.move(rate, layer_writer.ops.broadcast(total, ops))
    after_step = b.add(taken, WORD(1))
    taken.add_incoming(after_step, b.block)
    b.cbranch(layer_writer.ops.emitter.any(layer_writer.reach(ESCAPE_BITS)), escaped, step_head)
    b.position_at_end(escaped)
    b.ret(b.neg(after_step))
    b.position_at_end(finished)
    b.ret(steps)


def _modes(ops: Operations[Any], modes: ir.Value, chunks: ir.Value, P: Any) -> Any:
    """Move every mode by one step; give the lanes' sums of `z f` at the point before it."""
    b = ops.builder
    start = b.block
    body, done = b.append_basic_block("modes"), b.append_basic_block("summed")
    b.branch(body)
    b.position_at_end(body)
    chunk = b.phi(WORD)
    chunk.add_incoming(WORD(0), start)
    sums, nodes = ops.phi()
    first = b.mul(chunk, WORD(_MODE_NUMBERS))
    f_at, d_at, rate_at = (ops.at(modes, b.add(first, WORD(k))) for k in range(_MODE_NUMBERS))
    f = ops.load(f_at)
    z = ops.subtract(ops.multiply(P, f), ops.load(d_at))
    added = ops.add(sums, ops.multiply(z, f))
    ops.store(ops.subtract(f, ops.multiply(ops.multiply(ops.load(rate_at), z), P)), f_at)
    following = b.add(chunk, WORD(1))
    chunk.add_incoming(following, b.block)
    for node, before, after in zip(nodes, ops.parts(ops.zero()), ops.parts(added), strict=True):
        node.add_incoming(before, start)
        node.add_incoming(after, b.block)
    b.cbranch(b.icmp_signed("<", following, chunks), body, done)
    b.position_at_end(done)
    return added
