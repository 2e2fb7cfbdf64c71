"""Gradient descent in reduced coordinates, compiled for many modes at once at any precision.

It does what `ReducedModel.increments` does, operation for operation, so it ends at the same bits.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir

from numerics.arithmetic.base import LANES, Number
from numerics.arithmetic.lanes import memory
from numerics.arithmetic.lanes.emitter import WORD, Emitter
from numerics.arithmetic.lanes.floating import ZERO_EXPONENT, Floating, FloatingEmitter, Layout
from numerics.arithmetic.lanes.program import Program, layout
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import ESCAPE_BITS, Advance, Stepper

_POINTER = ir.PointerType()
_LAYER_LANES = 2  # one number needs one lane; two is the least that the vector instructions take
_MODE_NUMBERS = 3  # f, d and the rate of each mode lie side by side in memory


class LanesDescent(Stepper):
    """Gradient descent on a reduced model, for arithmetics whose numbers are `mantissa 2^exponent`."""

    def __init__(self, model: ReducedModel, step_size: Number) -> None:
        super().__init__(model)
        self.reduced = model
        a = model.arithmetic
        with a.active():
            rates = model.rates(step_size, model.n_samples)
        lanes = next(lanes for lanes in (2, 4, 8, LANES) if lanes >= min(model.rank, LANES))
        self.layout, self.narrow = layout(a.bits, lanes), layout(a.bits, _LAYER_LANES)
        # With f and d in these units sums of f, z and z f rarely straddle a limb. A power of two changes no rounding.
        self.shift = 3 * self.layout.limb_bits // 4
        self.descend = descent(self.layout, model.depth - 1)
        self.modes = self._interleaved(
            self._stored(self.layout, np.zeros(0), 0),
            self._stored(self.layout, model.label_coefficients, self.shift),
            self._stored(self.layout, rates.modes, 0),
        )
        self.rate = self._stored(self.narrow, [rates.layers], -2 * self.shift, everywhere=True)
        self.scratch = memory.empty(self.narrow, 3 * model.depth + 4)

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        advance = self.advance(state, index, 1)
        return advance.state, memory

    def advance(self, state: State, first: int, count: int, memory: tuple[Number, ...] = ()) -> Advance:
        """Take `count` steps in one call."""
        words, rank, chunks = self.layout.words, len(state.first_layer), len(self.modes)
        self.modes[:, :words] = self._stored(self.layout, state.first_layer, self.shift)
        layers = self._stored(self.narrow, state.layers, 0, everywhere=True)
        taken = self.descend(
            self.modes.ctypes.data,
            layers.ctypes.data,
            self.rate.ctypes.data,
            self.scratch.ctypes.data,
            chunks,
            count,
        )
        outputs = np.empty(rank, dtype=object)
        outputs[:] = self._loaded(self.layout, self.modes[:, :words], rank, -self.shift)
        ended = State(outputs, tuple(self._loaded(self.narrow, layers[j : j + 1], 1, 0)[0] for j in range(len(layers))))
        return Advance(ended, abs(taken), taken < 0, memory)

    def _stored(self, of: Layout, numbers: Any, shift: int, *, everywhere: bool = False) -> memory.Words:
        parts = self.model.arithmetic.mantissa_exponent
        return memory.store(of, [parts(x) for x in numbers], shift, everywhere=everywhere)

    def _loaded(self, of: Layout, words: memory.Words, count: int, shift: int) -> list[Number]:
        return memory.load(of, words, count, self.model.arithmetic.from_mantissa_exponent, shift)

    def _interleaved(self, *parts: memory.Words) -> memory.Words:
        words, chunks = self.layout.words, max(len(part) for part in parts)
        lanes = self.layout.lanes
        out = memory.aligned(chunks * len(parts) * words * lanes).reshape(chunks, len(parts) * words, lanes)
        for k, part in enumerate(parts):
            out[: len(part), k * words : (k + 1) * words] = part
        return out


@cache
def descent(of: Layout, n_layers: int) -> Any:
    """Compile the loop for a layout and a number of layers.

    The function takes the modes, the layers, the rate of the layers and scratch memory, then the number of chunks and
    of steps. It returns how many steps it took, negative where a layer reached 2^100 in the last one.
    """
    module = ir.Module()
    writer = _DescentWriter(module, of, n_layers)
    writer.write()
    return Program(module).function("descend", 6)


class _DescentWriter:
    def __init__(self, module: ir.Module, of: Layout, n_layers: int) -> None:
        self.module, self.layout, self.n_layers = module, of, n_layers
        self.narrow = replace(of, lanes=_LAYER_LANES)
        self.helpers = {name: self._helper(name) for name in ("add", "multiply", "subtract")}

    def _helper(self, name: str) -> Any:
        """Write one operation on numbers in memory, for the few of the layers."""
        function = ir.Function(self.module, ir.FunctionType(ir.VoidType(), [_POINTER] * 3), name)
        function.attributes.add("noinline")
        builder = ir.IRBuilder(function.append_basic_block())
        ops = FloatingEmitter(Emitter(builder, self.narrow.lanes), self.narrow)
        target, x, y = function.args
        left, right = ops.load(x), ops.load(y)
        if name == "multiply":
            result = ops.multiply(left, right)
        else:
            result = ops.add(left, right.negated() if name == "subtract" else right)
        ops.store(result, target)
        builder.ret_void()
        return function

    def write(self) -> None:
        function = ir.Function(self.module, ir.FunctionType(WORD, [_POINTER] * 4 + [WORD] * 2), "descend")
        modes, layers, rate, scratch, chunks, steps = function.args
        b = ir.IRBuilder(function.append_basic_block("entry"))
        self.builder = b
        self.ops = FloatingEmitter(Emitter(b, self.layout.lanes), self.layout)
        self.layer_ops = FloatingEmitter(Emitter(b, self.narrow.lanes), self.narrow)
        n = self.n_layers
        v = [self._at(layers, j) for j in range(n)]
        slots = [self._at(scratch, k) for k in range(3 * n + 4)]
        P, inner, slope = slots[:3]
        before, after, others = slots[3 : 3 + n], slots[3 + n : 3 + 2 * n], slots[3 + 2 * n : 3 + 3 * n]
        step_head, step_body, finished = (function.append_basic_block(name) for name in ("step", "body", "end"))
        entry = b.block
        b.branch(step_head)
        b.position_at_end(step_head)
        taken = b.phi(WORD)
        taken.add_incoming(WORD(0), entry)
        b.cbranch(b.icmp_signed("<", taken, steps), step_body, finished)

        b.position_at_end(step_body)
        if n == 1:
            P = v[0]
        else:
            self._call("multiply", P, v[0], v[1])
            for j in range(2, n):
                self._call("multiply", P, P, v[j])
        total = self._modes(modes, chunks, P)
        self._across_lanes(total, inner)
        self._call("multiply", slope, rate, inner)
        self._move_layers(v, before, after, others, slope)
        after_step = b.add(taken, WORD(1))
        escaped = self._escaped(v)
        taken.add_incoming(after_step, b.block)
        leave = function.append_basic_block("escaped")
        b.cbranch(escaped, leave, step_head)
        b.position_at_end(leave)
        b.ret(b.neg(after_step))
        b.position_at_end(finished)
        b.ret(steps)

    def _at(self, pointer: Any, number: int) -> Any:
        return self.builder.gep(pointer, [WORD(number * self.narrow.words)], source_etype=self.layer_ops.emitter.vector)

    def _call(self, name: str, target: Any, x: Any, y: Any) -> None:
        self.builder.call(self.helpers[name], [target, x, y])

    def _modes(self, modes: Any, chunks: Any, P: Any) -> Floating:
        """Move every mode by one step; give the lanes' sums of `z f` at the point before it."""
        b, ops, words = self.builder, self.ops, self.layout.words
        factor = self.layer_ops.load(P).broadcast(ops.emitter)
        start = b.block
        body, done = b.append_basic_block("modes"), b.append_basic_block("summed")
        b.branch(body)
        b.position_at_end(body)
        chunk = b.phi(WORD)
        chunk.add_incoming(WORD(0), start)
        joined = [self.ops.emitter.join([]) for _ in range(words)]
        sums = Floating(joined[:-2], joined[-2], joined[-1])
        offset = b.mul(chunk, WORD(_MODE_NUMBERS * words))
        f = ops.load(modes, offset)
        d = ops.load(modes, b.add(offset, WORD(words)))
        z = ops.add(ops.multiply(factor, f), d.negated())
        added = ops.add(sums, ops.multiply(z, f))
        rate = ops.load(modes, b.add(offset, WORD(2 * words)))
        ops.store(ops.add(f, ops.multiply(ops.multiply(rate, z), factor).negated()), modes, offset)
        following = b.add(chunk, WORD(1))
        chunk.add_incoming(following, b.block)
        zero = self._zero()
        for phi, first, new in zip(joined, zero.all(), added.all(), strict=True):
            phi.value.add_incoming(first.value, start)
            phi.value.add_incoming(new.value, b.block)
        b.cbranch(b.icmp_signed("<", following, chunks), body, done)
        b.position_at_end(done)
        return added

    def _zero(self) -> Floating:
        constant = self.ops.emitter.constant
        return Floating([constant(0)] * self.layout.limbs, constant(ZERO_EXPONENT), constant(0))

    def _across_lanes(self, total: Floating, inner: Any) -> None:
        """Add the lanes eight, four, two and one apart."""
        apart = self.layout.lanes // 2
        while apart:
            total = self.ops.add(total, total.rotated(apart))
            apart //= 2
        self.layer_ops.store(total.broadcast(self.layer_ops.emitter), inner)

    def _move_layers(self, v: list[Any], before: list[Any], after: list[Any], others: list[Any], slope: Any) -> None:
        n = self.n_layers
        if n == 1:
            self._call("subtract", v[0], v[0], slope)
            return
        earlier: list[Any] = [None] * n
        later: list[Any] = [None] * n
        for j in range(1, n):
            earlier[j] = v[j - 1] if j == 1 else before[j]
            if j > 1:
                self._call("multiply", before[j], earlier[j - 1], v[j - 1])
        for j in range(n - 2, -1, -1):
            later[j] = v[j + 1] if j == n - 2 else after[j]
            if j < n - 2:
                self._call("multiply", after[j], v[j + 1], later[j + 1])
        for j in range(n):
            if earlier[j] is not None and later[j] is not None:
                self._call("multiply", others[j], earlier[j], later[j])
                factor = others[j]
            else:
                factor = later[j] if earlier[j] is None else earlier[j]
            self._call("multiply", others[j], slope, factor)
        for j in range(n):
            self._call("subtract", v[j], v[j], others[j])

    def _escaped(self, v: list[Any]) -> Any:
        """Tell whether a layer has reached 2^100: whether the number of its bits before the point exceeds 100."""
        b, w, L = self.builder, self.layout.limb_bits, self.layout.limbs
        result = ir.Constant(ir.IntType(1), 0)
        for pointer in v:
            number = self.layer_ops.load(pointer)
            whole, rest = divmod(ESCAPE_BITS, w)
            above = number.exponent.compare(">", whole)
            equal = number.exponent.compare("==", whole)
            reached = number.limbs[L - 1].compare(">", (1 << rest) - 1)
            escaped = b.or_(above, b.and_(equal, reached))
            result = b.or_(result, self.layer_ops.emitter.any(escaped))
        return result
