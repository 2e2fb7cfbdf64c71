"""Gradient descent in reduced coordinates, compiled, for many modes at once, in every floating-point arithmetic.

It does what `ReducedModel.increments` does, operation for operation, so it ends at the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, cached_property, partial, reduce

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from numerics.arithmetic.base import LANES, Arithmetic, Number
from numerics.compiled.lanes.emitter import POINTER, WORD, counted
from numerics.compiled.lanes.expressions import Expression, NumbersInMemory
from numerics.compiled.lanes.instructions import operations
from numerics.compiled.lanes.layout import Format, Numbers
from numerics.compiled.lanes.program import Program, format_of
from numerics.compiled.lanes.range_flags import OutOfRangeError, watched
from numerics.compiled.modes import vectors_between, write_modes
from numerics.compiled.quickest_numbers import QuickestNumbers
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import ESCAPE_BITS, Advance, Stepper

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
        constants = [*model.label_coefficients, *rates.first_layer, rates.layers]
        self.loop = QuickestNumbers(a, constants, partial(Loop, n_layers=model.depth - 1))

    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        """Take one step."""
        return self.loop(state, 1)[0], memory

    def advance(self, state: State, first: int, count: int, memory: tuple[Number, ...] = ()) -> Advance:
        """Take `count` steps in one call."""
        end, (taken, escaped) = self.loop(state, count)
        return Advance(end, taken, escaped, memory)


class Loop:
    """The compiled loop, with its memory for one model.

    Args:
        a: the arithmetic of the numbers.
        constants: d of each mode, the rate of each mode, the rate of the layers.
        in_range: whether to notice that the processor's numbers have left the range in which it rounds as MPFR does.
        n_layers: `D - 1`.
    """

    def __init__(self, a: Arithmetic, constants: Numbers, in_range: bool, *, n_layers: int) -> None:
        self.arithmetic, rank = a, len(constants) // 2
        lanes = next(lanes for lanes in (2, 4, 8, LANES) if lanes >= min(rank, LANES))
        self.format, self.narrow = format_of(a, lanes), format_of(a, _LAYER_LANES)
        self.descend, scratch = descent(self.format, n_layers, in_range)
        labels, rates = (self.format.pack(a, part) for part in (constants[:rank], constants[rank:-1]))
        modes = np.concatenate([labels, labels, rates], axis=1)  # the first are the outputs' places
        self.modes = self.format.vectors(modes.shape[0] * modes.shape[1]).reshape(modes.shape)
        self.modes[:] = modes
        self.rate = self.narrow.pack(a, constants[-1:], everywhere=True)
        self.scratch = self.narrow.empty(scratch)
        self.between = self.format.vectors(vectors_between(self.format))

    def __call__(self, state: State, count: int) -> tuple[State, tuple[int, bool]]:
        """Take steps, at least one; give where they end, how many were taken, and whether the last one escaped.

        Raises:
            OutOfRangeError: a number left the range, so that nothing was found.
        """
        a, words = self.arithmetic, self.format.words
        self.modes[:, :words] = self.format.pack(a, state.first_layer)
        layers = self.narrow.pack(a, state.layers, everywhere=True)
        memories = (self.modes, layers, self.rate, self.scratch, self.between)
        result = self.descend(*(memory.ctypes.data for memory in memories), len(self.modes), count)
        if result < 0:
            raise OutOfRangeError
        outputs = self.format.unpack(a, self.modes[:, :words], len(state.first_layer))
        after = tuple(self.narrow.unpack(a, layers[j : j + 1], 1)[0] for j in range(len(layers)))
        taken, escaped = divmod(result, 2)
        return State(np.array(outputs, dtype=a.dtype), after), (taken, bool(escaped))


@cache
def descent(of: Format, n_layers: int, in_range: bool) -> tuple[Callable[..., int], int]:
    """Compile the loop for a format and a number of layers; give it, and how much scratch memory the layers need.

    The function takes the modes, the layers, the rate of the layers, scratch memory for the layers and for the modes,
    then the number of chunks and of steps. It returns twice how many steps it took, plus 1 where a layer reached 2^100
    in the last one; with `in_range` `~ result` where one of the processor's numbers left its range.
    """
    function = ir.Function(ir.Module(), ir.FunctionType(WORD, [POINTER] * 5 + [WORD] * 2), "descend")
    scratch = _write(function, of, n_layers)
    name = (watched(function) if in_range else function).name
    return Program(function.module).function(name, 7), scratch


def _write(function: ir.Function, of: Format, n_layers: int) -> int:
    modes, layers, rate, scratch, between, chunks, steps = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    ops = operations(of, b)
    numbers = NumbersInMemory(replace(of, lanes=_LAYER_LANES), b, scratch)
    narrow = numbers.ops
    rate_of_layers, *v = (
        Expression(numbers, "given", place=place) for place in (rate, *(narrow.at(layers, j) for j in range(n_layers)))
    )
    with counted(b, steps) as taken:
        P = ops.broadcast(narrow.load(product(v).place), narrow)
        total = write_modes(ops, P, modes, between, chunks)
        apart = of.lanes // 2
        while apart:
            total = ops.add(total, ops.rotated(total, apart))
            apart //= 2
        slope = rate_of_layers * numbers.stored(narrow.broadcast(total, ops))
        increments = [(slope if others is None else slope * others).place for others in products_of_others(v)]
        for layer, increment in zip(v, increments, strict=True):
            numbers.do("subtract", layer.place, layer.place, increment)
        reached = reduce(b.or_, [narrow.reaches(narrow.load(layer.place), ESCAPE_BITS) for layer in v])
        with b.if_then(narrow.emitter.any(reached), likely=False):
            b.ret(b.add(b.mul(taken, WORD(2)), WORD(3)))
    b.ret(b.mul(steps, WORD(2)))
    return numbers.used
