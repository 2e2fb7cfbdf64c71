"""Gradient descent in reduced coordinates, compiled, for many modes at once, in every floating-point arithmetic.

It does what `ReducedModel.increments` does, operation for operation, so it ends at the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property, partial

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from numerics.arithmetic import Mpfr
from numerics.arithmetic.base import LANES, Arithmetic, Number, Vector
from numerics.compiled.lanes.emitter import WORD
from numerics.compiled.lanes.instructions import operations
from numerics.compiled.lanes.layout import Format, Memory
from numerics.compiled.lanes.program import Program, format_of
from numerics.compiled.lanes.range_flags import OutOfRangeError, exactly, in_range, processor_numbers
from numerics.compiled.layers import LayerWriter
from numerics.compiled.modes import vectors_between, write_modes
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import ESCAPE_BITS, Advance, Stepper

_POINTER = ir.PointerType()
_LAYER_LANES = 2  # one number needs one lane; two is the least that the vector instructions take
_LEAST_STRETCH = 10  # handing the weights over takes as long as the reference takes for so many steps


class QuickestDescent(Stepper):
    """The reference where few steps are asked for at a time, or until compiling repays; both have the same bits."""

    def __init__(self, model: ReducedModel, step_size: Number, reference: Stepper, repaid_by: int) -> None:
        super().__init__(model)
        self.step_size, self.reference, self.repaid_by = step_size, reference, repaid_by
        self.asked_for = 0

    @cached_property
    def compiled(self) -> CompiledDescent:
        """The compiled loop, from the first stretch on by which it repays."""
        assert isinstance(self.model, ReducedModel)
        return CompiledDescent(self.model, self.step_size)

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        """Take one step."""
        return self.reference.step(state, index, memory)

    def advance(self, state: State, first: int, count: int, memory: tuple[Number, ...] = ()) -> Advance:
        """Take `count` steps in the quicker way."""
        self.asked_for += count if count >= _LEAST_STRETCH else 0
        repays = count >= _LEAST_STRETCH and self.asked_for >= self.repaid_by
        return (self.compiled if repays else self.reference).advance(state, first, count, memory)


class CompiledDescent(Stepper):
    """Gradient descent on a reduced model by the compiled loop."""

    def __init__(self, model: ReducedModel, step_size: Number) -> None:
        super().__init__(model)
        a = model.arithmetic
        with a.active():
            rates = model.rates(step_size, model.n_samples)
        self.numbers = (model.label_coefficients, rates.first_layer, rates.layers)
        self.in_hardware = InHardware.of(a, *self.numbers, depth=model.depth) if isinstance(a, Mpfr) else None

    @cached_property
    def loop(self) -> Loop:
        """The loop in the model's own numbers."""
        assert isinstance(self.model, ReducedModel)
        return Loop(self.model.arithmetic, *self.numbers, depth=self.model.depth)

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        """Take one step."""
        advance = self.advance(state, index, 1)
        return advance.state, memory

    def advance(self, state: State, first: int, count: int, memory: tuple[Number, ...] = ()) -> Advance:
        """Take `count` steps in one call."""
        found = self.in_hardware.advance(state, count) if self.in_hardware is not None else None
        if found is None:
            self.in_hardware = None  # a run that has left the range would leave it again
            found = self.loop.advance(state, count)
        end, taken = found
        return Advance(end, abs(taken), taken < 0, memory)


class Loop:
    """The compiled loop, with its memory for one model.

    Args:
        a: the arithmetic of the numbers.
        labels: d of each mode.
        first_layer: the rate of each mode.
        layers: the rate of the layers.
        depth: D.
    """

    def __init__(self, a: Arithmetic, labels: Vector, first_layer: Vector, layers: Number, *, depth: int) -> None:
        self.arithmetic = a
        lanes = next(lanes for lanes in (2, 4, 8, LANES) if lanes >= min(len(labels), LANES))
        self.format, self.narrow = format_of(a, lanes), format_of(a, _LAYER_LANES)
        self.descend = descent(self.format, depth - 1)
        packed = self.format.pack(a, labels)
        self.modes = _side_by_side(self.format, packed, packed, self.format.pack(a, first_layer))
        self.rate = self.narrow.pack(a, [layers], everywhere=True)
        self.scratch = self.narrow.empty(LayerWriter.scratch_numbers(depth - 1))
        self.between = self.format.vectors(vectors_between(self.format))

    def advance(self, state: State, count: int) -> tuple[State, int]:
        """Take `count` steps; give where they end, and how many were taken, negative where the last one escaped."""
        a, words = self.arithmetic, self.format.words
        self.modes[:, :words] = self.format.pack(a, state.first_layer)
        layers = self.narrow.pack(a, state.layers, everywhere=True)
        memories = (self.modes, layers, self.rate, self.scratch, self.between)
        taken = self.descend(*(memory.ctypes.data for memory in memories), len(self.modes), count)
        outputs: Vector = np.empty(len(state.first_layer), dtype=a.dtype)
        outputs[:] = self.format.unpack(a, self.modes[:, :words], len(outputs))
        after = tuple(self.narrow.unpack(a, layers[j : j + 1], 1)[0] for j in range(len(layers)))
        return State(outputs, after), taken


class InHardware:
    """The loop in the processor's own numbers, for MPFR's of as many bits while these stay in their range."""

    def __init__(self, a: Mpfr, loop: Loop) -> None:
        self.arithmetic, self.loop = a, loop
        loop.descend = partial(in_range, loop.descend)

    @classmethod
    def of(cls, a: Mpfr, labels: Vector, first_layer: Vector, layers: Number, *, depth: int) -> InHardware | None:
        """Make it where the processor has numbers of so many bits, and tells when one leaves their range."""
        floats = processor_numbers(a.bits)
        given = None if floats is None else exactly(floats, [*labels, *first_layer, layers])
        if floats is None or given is None:
            return None
        rank = len(labels)
        return cls(a, Loop(floats, given[:rank], given[rank:-1], given[-1], depth=depth))

    def advance(self, state: State, count: int) -> tuple[State, int] | None:
        """Do as `Loop.advance`; None where a number leaves the range."""
        rank = len(state.first_layer)
        given = exactly(self.loop.arithmetic, [*state.first_layer, *state.layers])
        if given is None:
            return None
        try:
            end, taken = self.loop.advance(State(given[:rank], tuple(given[rank:])), count)
        except OutOfRangeError:
            return None
        outputs: Vector = np.empty(rank, dtype=object)
        zero = self.arithmetic.number(0)
        with self.arithmetic.active():  # the sum is exact, and no zero has a sign
            outputs[:] = [zero + x for x in end.first_layer.tolist()]
            return State(outputs, tuple(zero + float(v) for v in end.layers)), taken


def _side_by_side(of: Format, *parts: Memory) -> Memory:
    joined = np.concatenate(parts, axis=1)
    aligned = of.empty(len(joined) * len(parts)).reshape(joined.shape)
    aligned[:] = joined
    return aligned


@cache
def descent(of: Format, n_layers: int) -> Callable[..., int]:
    """Compile the loop for a format and a number of layers.

    The function takes the modes, the layers, the rate of the layers, scratch memory for the layers and for the modes,
    then the number of chunks and of steps. It returns how many steps it took, negative where a layer reached 2^100 in
    the last one.
    """
    module = ir.Module()
    _write(module, of, n_layers)
    return Program(module).function("descend", 7)


def _write(module: ir.Module, of: Format, n_layers: int) -> None:
    function = ir.Function(module, ir.FunctionType(WORD, [_POINTER] * 5 + [WORD] * 2), "descend")
    modes, layers, rate, scratch, between, chunks, steps = function.args
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
    total = write_modes(ops, P, modes, between, chunks)
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
