"""Gradient descent recorded at every step, compiled: no Python object is made in between.

The operations on each number are those of `numerics.finite_precision.recorded_descent`, in the same order, so the bits
are the same. One program serves every precision, since MPFR does the arithmetic; of float32 and float64 the processor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import cache, partial
from itertools import accumulate
from math import inf, nan

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numpy.typing import NDArray

from numerics.arithmetic import Arithmetic, Float64, Mpfr
from numerics.arithmetic.base import LANES, Number, Vector
from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.compiled.lanes.emitter import DOUBLE, POINTER, WORD, counted
from numerics.compiled.lanes.layout import Numbers
from numerics.compiled.lanes.program import Program
from numerics.compiled.lanes.range_flags import OutOfRangeError, watched
from numerics.compiled.leading_loss import LEAST_BITS, MOST_MODES, LeadingLoss, Pair
from numerics.compiled.mpfr_memory import MpfrMemory, whole_range
from numerics.compiled.numbers_in_memory import HardwareWriter, MpfrWriter, Single, SingleWriter
from numerics.compiled.quickest_numbers import QuickestNumbers
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import ESCAPE_BITS, Visited

Floats = NDArray[np.float64]
_ON_ITS_WAY, _ESCAPED, _DIVERGED = range(3)
_ENDS = 3
_FLAG = ir.IntType(1)
_RATE, _UNREACHABLE, _ESCAPE = range(3)


class NumpyMemory:
    """Room for some numbers that the processor computes with; the same as `MpfrMemory`."""

    def __init__(self, arithmetic: NumpyFloat, count: int) -> None:
        self._values: Vector = np.zeros(count, dtype=arithmetic.dtype)
        self.address, self.each = self._values.ctypes.data, self._values.itemsize

    def write(self, numbers: Sequence[Number] | Vector, first: int) -> None:
        """Put numbers into the places from one on."""
        self._values[first : first + len(numbers)] = numbers

    def read(self, first: int, count: int) -> list[Number]:
        """Give the numbers in some places."""
        return list(self._values[first : first + count])


class CompiledRecording:
    """Records gradient descent on a reduced model by the compiled loop.

    Args:
        model: the model, in float32, float64 or MPFR.
        step_size: `eta`.
        divergence_loss: the run has diverged once the loss is above this.
    """

    def __init__(self, model: ReducedModel, step_size: object, divergence_loss: float) -> None:
        a = model.arithmetic
        with a.active():
            rates = model.rates(a.number(step_size), model.n_samples)
            twice_samples = int(a.number(2 * model.n_samples))
        alone = (rates.layers, model.unreachable_loss, a.number(2**ESCAPE_BITS))
        constants = [*model.label_coefficients, *rates.first_layer, *alone]
        of = partial(Loop, n_layers=model.depth - 1, twice_samples=twice_samples, divergence_loss=divergence_loss)
        self.loop = QuickestNumbers(a, constants, of)

    def visit(self, state: State, count: int) -> Visited:
        """Take some steps from a state, or fewer if the run diverges."""
        after, (taken, end, losses, weights) = self.loop(state, count)
        return Visited(after, taken, end != _ON_ITS_WAY, losses, weights, self._again(state))

    def _again(self, state: State) -> Callable[[int], State]:
        """Give a function that takes the steps again, up to each of the places asked for in ascending order."""
        at, place = state, -1

        def state_at(wanted: int) -> State:
            nonlocal at, place
            at, place = self.visit(at, wanted - place).state if wanted > place else at, wanted
            return at

        return state_at


class Loop:
    """The compiled loop, with its memory for one model.

    Args:
        a: the arithmetic of the numbers.
        constants: d of each mode, the rate of each mode; the rate of the layers, what no weights remove from the loss,
            and the size at which a layer escapes.
        in_range: whether to notice that the processor's numbers have left the range in which it rounds as MPFR does.
        n_layers: `D - 1`.
        twice_samples: 2 N, rounded.
        divergence_loss: the run has diverged once the loss is above this.
    """

    def __init__(
        self,
        a: Arithmetic,
        constants: Numbers,
        in_range: bool,
        *,
        n_layers: int,
        twice_samples: int,
        divergence_loss: float,
    ) -> None:
        self.arithmetic, rank = a, len(constants) // 2 - 1
        labels, rates, alone = constants[:rank], constants[rank : 2 * rank], constants[2 * rank :]
        bits = None if isinstance(a, Mpfr) else a.bits
        self._function, scratch = recorded_descent(bits, n_layers, min(rank, LANES), in_range)
        counts = (rank, n_layers, rank, rank, len(alone), rank, 1, LANES, scratch)
        *self._first, total = accumulate(counts, initial=0)
        if in_range:
            # What the processor's numbers are compared with is one of them: the largest that is not above the limit.
            limit = a.dtype(min(divergence_loss, float(np.finfo(a.dtype).max)))
            divergence_loss = float(np.nextafter(limit, a.dtype(0)) if float(limit) > divergence_loss else limit)
        self._limits = np.array([divergence_loss, *_leading_loss(a, alone[_UNREACHABLE], rank, twice_samples)])
        self._sizes = rank, twice_samples
        self._memory: MpfrMemory | NumpyMemory
        if isinstance(a, Mpfr):
            self._memory = MpfrMemory(a, total)
        else:
            assert isinstance(a, NumpyFloat)
            self._memory = NumpyMemory(a, total)
        for part, numbers in enumerate((labels, rates, alone), start=2):
            self._memory.write(numbers, self._first[part])

    def __call__(self, state: State, count: int) -> tuple[State, tuple[int, int, Floats, Floats]]:
        """Take steps, at least one; give where they end, then how many and how, and the losses and weights after each.

        Raises:
            OutOfRangeError: a number left the range, so that nothing was found.
        """
        rank, n_layers, memory, a = self._sizes[0], len(state.layers), self._memory, self.arithmetic
        losses, weights = np.empty(count), np.empty((count, rank + n_layers))
        memory.write(state.first_layer, 0)
        memory.write(state.layers, rank)
        addresses = [memory.address + first * memory.each for first in self._first]
        arrays = [array.ctypes.data for array in (self._limits, losses, weights)]
        with whole_range() if isinstance(a, Mpfr) else nullcontext():
            result = self._function(*addresses, *arrays, *self._sizes, count)
        if result < 0:
            raise OutOfRangeError
        taken, end = divmod(result, _ENDS)
        after = State(np.array(memory.read(0, rank), dtype=a.dtype), tuple(memory.read(rank, n_layers)))
        recorded = taken - (end == _ESCAPED)
        return after, (taken, end, losses[:recorded], weights[:recorded])


def _leading_loss(a: Arithmetic, unreachable: Number, rank: int, twice_samples: int) -> tuple[float, float, float]:
    """Give what the loss needs in float64: 2 N, or NaN where its leading bits do not tell it; and what is added."""
    high = float(unreachable)
    enough = a.bits >= LEAST_BITS and rank <= MOST_MODES and twice_samples <= 2**53
    with a.active():
        low = float(unreachable - high) if 0 <= high < inf else nan
    return float(twice_samples) if enough and low == low else nan, high, low


@cache
def recorded_descent(bits: int | None, n_layers: int, lanes: int, in_range: bool) -> tuple[Callable[..., int], int]:
    """Compile the loop.

    Args:
        bits: 24 or 53 for the processor's numbers, None for MPFR's of any precision.
        n_layers: `D - 1`.
        lanes: how many partial sums are taken: at most 16, no more than modes.
        in_range: whether to give `~ result` where one of the processor's numbers has left its range.

    Returns:
        The function, and how many numbers of scratch memory it needs. The function takes the memory of the
        `f_i`, the `v_j`, the `d_i`, the rates, the constants, the `z_i`, P, the partial sums, scratch memory, the loss
        of divergence before what `_leading_loss` gives, where to record losses and weights, the number of
        modes, 2 N and the number of steps. It returns three times the number of steps taken, plus 1 where a layer or
        the loss went beyond recording, plus 2 where the run diverged otherwise.
    """
    module = ir.Module()
    function = ir.Function(module, ir.FunctionType(WORD, [POINTER] * 12 + [WORD] * 3), "descend")
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    places = function.args[8]
    numbers = MpfrWriter(builder, places) if bits is None else HardwareWriter(builder, bits)
    _Loop(numbers, function.args, n_layers, lanes).write()
    name = (watched(function) if in_range else function).name
    return Program(module, effort=0).function(name, 15), numbers.used


class _Loop:
    """Writes the loop over steps."""

    def __init__(self, numbers: SingleWriter, arguments: Sequence[ir.Value], n_layers: int, lanes: int) -> None:
        self.numbers, self.builder, self.lanes = numbers, numbers.builder, lanes
        self.f, v, self.labels, self.rates, constants, self.z, P, self.sums, _ = arguments[:9]
        self.P = v if n_layers == 1 else P
        self.limits, self.losses, self.weights, self.rank, self.twice_samples, self.steps = arguments[9:]
        self.constants = [numbers.load(numbers.at(constants, place)) for place in range(3)]
        self.layers_at = [numbers.at(v, place) for place in range(n_layers)]
        self.total_of = Float64().total_of

    def write(self) -> None:
        """Write all of it."""
        b, numbers = self.builder, self.numbers
        limit, divisor, *unreachable = (b.load(self._float_at(self.limits, WORD(k)), typ=DOUBLE) for k in range(4))
        leading_loss = LeadingLoss(b)
        self._multiply_layers()
        self._each_mode(self._find_residual)
        with counted(b, self.steps) as taken:
            after = b.mul(b.add(taken, WORD(1)), WORD(_ENDS))
            slope = self.constants[_RATE] * self._total(self.z, self.f)
            self._each_mode(self._move_output)
            layers = [numbers.load(at) for at in self.layers_at]
            increments = [slope if others is None else slope * others for others in products_of_others(layers)]
            inside = _FLAG(1)
            for v, increment, at in zip(layers, increments, self.layers_at, strict=True):
                moved = numbers.operation("sub", v, increment, into=at)
                inside = b.and_(inside, numbers.is_smaller_in_size(moved, self.constants[_ESCAPE]))
            with b.if_then(b.not_(inside), likely=False):
                b.ret(b.add(after, WORD(_ESCAPED)))

            self._multiply_layers()
            row = b.mul(taken, b.add(self.rank, WORD(len(self.layers_at))))
            self._each_mode(partial(self._find_residual, row=row))
            for place, at in enumerate(self.layers_at):
                self._record(self.weights, b.add(b.add(row, self.rank), WORD(place)), numbers.load(at))

            is_known, recorded = _FLAG(0), b.block
            if isinstance(numbers, MpfrWriter):
                with b.if_then(b.fcmp_ordered("==", divisor, divisor)):
                    leading_loss.begin()
                    self._each_mode(lambda mode: leading_loss.add(*numbers.leading(self._of(self.z, mode))))
                    found, certain = leading_loss.rounded(divisor, Pair(*unreachable))
                    b.store(found, self._float_at(self.losses, taken))
                    goes_on, told = b.and_(certain, b.fcmp_ordered("<", found, limit)), b.block
                is_known = b.phi(_FLAG)
                is_known.add_incoming(_FLAG(0), recorded)
                is_known.add_incoming(goes_on, told)
            with b.if_then(b.not_(is_known)):
                squares = self._total(self.z, self.z)
                loss = numbers.divided(squares, self.twice_samples) + self.constants[_UNREACHABLE]
                self._record(self.losses, taken, loss)
                with b.if_then(b.not_(numbers.is_at_most(loss, limit)), likely=False):
                    end = b.select(numbers.is_finite(loss), WORD(_DIVERGED), WORD(_ESCAPED))
                    b.ret(b.add(after, end))
        b.ret(b.mul(self.steps, WORD(_ENDS)))

    def _multiply_layers(self) -> None:
        if len(self.layers_at) > 1:
            self.numbers.store(product([self.numbers.load(at) for at in self.layers_at]), self.numbers.at(self.P, 0))

    def _move_output(self, mode: ir.Value) -> None:
        f, z, P = (self._of(pointer, place) for pointer, place in ((self.f, mode), (self.z, mode), (self.P, 0)))
        self.numbers.operation("sub", f, self._of(self.rates, mode) * z * P, into=self.numbers.at(self.f, mode))

    def _find_residual(self, mode: ir.Value, row: ir.Value | None = None) -> None:
        """Find one `z_i`, and record the `f_i` if told where."""
        f, z_at = self._of(self.f, mode), self.numbers.at(self.z, mode)
        self.numbers.operation("sub", self._of(self.P, 0) * f, self._of(self.labels, mode), into=z_at)
        if row is not None:
            self._record(self.weights, self.builder.add(row, mode), f)

    def _of(self, pointer: ir.Value, place: ir.Value | int) -> Single:
        return self.numbers.load(self.numbers.at(pointer, place))

    def _record(self, pointer: ir.Value, place: ir.Value, number: Single) -> None:
        self.builder.store(self.numbers.to_double(number), self._float_at(pointer, place))

    def _float_at(self, pointer: ir.Value, place: ir.Value) -> ir.Value:
        return self.builder.gep(pointer, [place], source_etype=DOUBLE)

    def _total(self, first: ir.Value, second: ir.Value) -> Single:
        """Sum the products of two rows of numbers over all modes, in the order of `Arithmetic.total_of`."""
        b, numbers = self.builder, self.numbers

        def add(mode: ir.Value) -> None:
            x, y = self._of(first, mode), self._of(second, mode)
            at = numbers.at(self.sums, b.and_(mode, WORD(LANES - 1)))
            with b.if_else(b.icmp_signed("<", mode, WORD(self.lanes))) as (begun, added):
                with begun:
                    numbers.operation("mul", x, y, into=at)
                with added:
                    numbers.operation("add", numbers.load(at), x * y, into=at)

        self._each_mode(add)
        total: Single = self.total_of([self._of(self.sums, lane) for lane in range(self.lanes)])
        return total

    def _each_mode(self, write: Callable[[ir.Value], object]) -> None:
        with counted(self.builder, self.rank) as mode:
            write(mode)
