"""The loop over the steps of a run of few bits and the draws about it, or about a given trajectory, written for LLVM.

Step by step these are the operations of `numerics.finite_precision`: of `mean_descent`, `staircase`, `linearization`,
`rounding` and `noise`. Sums have another order there, so that the last bits differ. The draws lie side by side, padded
to a whole number of the processor's vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, reduce
from itertools import combinations

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import WORD, counted
from numerics.compiled.lanes.program import Program
from numerics.compiled.reals import (
    EIGHT,
    EIGHT_WORDS,
    SINGLE,
    WIDTH,
    Real,
    Sum,
    Table,
    across,
    everywhere,
    lanes_of,
    total,
)
from numerics.compiled.staircase import rounding_errors
from numerics.finite_precision.staircase import SHAKEN
from numerics.finite_precision.stretch import DRAWS, LIFT_BITS, MOST_BITS, RESCALE_BITS
from numerics.model.products import product, products_of_others

WIDE = -(-DRAWS // WIDTH) * WIDTH
"""How many places the draws have."""

_S, _D, _RATE = range(3)
_LAYER_RATE, _PER_SAMPLE, _SAMPLES, _HIGHEST_LOSS, _UNIT = range(5)
_RANK, _BITS, _LIMIT, _TOP, _SCALE, _STANDING, _GIVEN, _EQUAL = range(8)
_NOW, _TURNING, _FOLLOWED, _TURNED = range(4)
_F, _MOVE, _PLACE, _NEXT, _DIAGONAL, _BORDER, _RESIDUAL, _ALONG, _BEFORE, _ALONE, _STORED, ROWS = range(12)


@cache
def few_bit_loop(n_layers: int, has_free: bool, *, optimized: bool) -> Callable[..., int]:
    """Compile the loop over steps.

    Args:
        n_layers: `D - 1`.
        has_free: whether some label is 0, so that its output may fall below any float64.
        optimized: compile it with more effort, so that it takes half the time; the bits are the same.

    Returns:
        A function of addresses: of what a run holds, the errors, and where to put what it went through;
        then of the number of steps, the first one, and whether the run has crossed. It gives twice the number of
        steps gone through, plus 1 where the run ends at the last of them.
    """
    module = ir.Module()
    function = ir.Function(module, ir.FunctionType(WORD, [ir.PointerType()] * 15 + [WORD] * 3), "descend")
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    begin = builder.append_basic_block("begin")  # what stands on the stack is made before
    builder.branch(begin)
    builder.position_at_end(begin)
    _Loop(builder, n_layers, has_free).write()
    return Program(module, effort=1 if optimized else 0).function("descend", 18)


class _Loop:
    """Writes the loop."""

    def __init__(self, builder: ir.IRBuilder, n_layers: int, has_free: bool) -> None:
        self.builder, self.n_layers, self.has_free = builder, n_layers, has_free
        data, numbers, self.whole, lifted, self.lifts, displaced, self.stuck, scratch, path, errors, *self.seen = (
            builder.function.args[:15]
        )
        self.count, self.first_step, self.crossed = builder.function.args[15:]
        self.rank = self.word(self.whole, _RANK)
        self.size = builder.add(self.rank, WORD(n_layers))
        self.data = Table(builder, data, self.rank)
        self.numbers, self.lifted = Table(builder, numbers), Table(builder, lifted)
        self.scratch, self.path = Table(builder, scratch, self.size), Table(builder, path, self.size)
        all_draws = builder.mul(self.size, WORD(WIDE))
        table = Table(builder, displaced, all_draws)
        self.now, self.turning, self.followed, self.turned = (
            Table(builder, table.row(number), WIDE) for number in range(4)
        )
        self.errors = Table(builder, errors, WIDE, SINGLE)
        self.n_errors = builder.add(builder.mul(self.rank, WORD(2)), WORD(n_layers + 2))
        self.layer_rate, self.per_sample, self.samples, self.highest_loss, self.unit = (
            self.numbers[place] for place in range(5)
        )
        self.bits = self.word(self.whole, _BITS)
        self.sums = {name: Sum(builder) for name in ("squares", "pull", "loss", "terms", "over")}
        self.wide_sums = [Sum(builder, EIGHT) for _ in range(2)]
        self.given = builder.icmp_signed("!=", self.word(self.whole, _GIVEN), WORD(0))
        self.free_to_go = builder.not_(self.given)

    # Memory of words

    def word(self, pointer: ir.Value, place: int | ir.Value) -> ir.Value:
        return self.builder.load(self._word_at(pointer, place), typ=WORD)

    def put_word(self, pointer: ir.Value, place: int | ir.Value, value: ir.Value) -> None:
        self.builder.store(value, self._word_at(pointer, place))

    def _word_at(self, pointer: ir.Value, place: int | ir.Value) -> ir.Value:
        return self.builder.gep(pointer, [WORD(place) if isinstance(place, int) else place], source_etype=WORD)

    # What a step needs

    def layer_place(self, j: int) -> ir.Value:
        return self.builder.add(self.rank, WORD(j))

    def lowered(self, i: ir.Value, number: Real) -> Real:
        if not self.has_free:
            return number
        return number.times_power_of_two(self.builder.neg(self.word(self.lifts, i)))

    def raised(self, i: ir.Value, number: Real) -> Real:
        return number.times_power_of_two(self.word(self.lifts, i)) if self.has_free else number

    def power_of_two(self, exponent: ir.Value) -> Real:
        """Give 2 to a word from -1022 to 1023."""
        b = self.builder
        return Real(b, b.bitcast(b.shl(b.add(exponent, WORD(1023)), WORD(52)), ir.DoubleType()))

    def not_beyond(self, value: ir.Value, highest: int) -> ir.Value:
        return self.builder.select(self.builder.icmp_signed("<", value, WORD(highest)), value, WORD(highest))

    def write(self) -> None:
        """Write all of it."""
        b = self.builder
        with counted(b, self.count) as self.place:
            self.step = b.add(self.first_step, self.place)
            with b.if_then(self.given), counted(b, self.size) as i:
                self.lifted[i] = self.path[self.step, i]
            self._look()
            self._keep()
            with b.if_then(self._ends(), likely=False):
                b.ret(b.add(b.mul(self.place, WORD(2)), WORD(3)))
            size_bits = b.sub(self.not_beyond(self.scale_bits, MOST_BITS), self.bits)
            self.size_factor = self.power_of_two(size_bits)
            self._follow()
            with b.if_then(self.free_to_go):
                self._watch_standing()
            self._go_on()
            self._find_rounding()
            self._climb()
            self._displace()
            with b.if_then(self.free_to_go):
                self._move()
        b.ret(b.mul(self.count, WORD(2)))

    def _look(self) -> None:
        """Find the point, its increments, their units in the last place, and the Jacobian."""
        b, sums = self.builder, self.sums
        self.layers = [self.lifted[self.layer_place(j)] for j in range(self.n_layers)]
        self.P: Real = product(self.layers)
        one = Real(b, ir.Constant(ir.DoubleType(), 1.0))
        self.others = [one if others is None else others for others in products_of_others(self.layers)]
        for name in ("squares", "pull", "loss"):
            sums[name].start()
        with counted(b, self.rank) as i:
            s, lifted = self.data[_S, i], self.lifted[i]
            f = self.lowered(i, lifted)
            scaled = self.P * f
            z = scaled - self.data[_D, i]
            lifted_z = self.P * lifted - self.data[_D, i] if self.has_free else z
            self.scratch[_F, i] = f
            self.scratch[_MOVE, i] = -self.data[_RATE, i] * lifted_z * self.P
            self.scratch[_PLACE, i] = lifted.last_place() * self.unit
            scale = self.P * s
            self.scratch[_DIAGONAL, i] = 1.0 - self.per_sample * (scale * scale)
            self.scratch[_BORDER, i] = -self.per_sample * s * (scaled + z)
            sums["squares"].add(f * f)
            sums["pull"].add(z * f)
            sums["loss"].add(z * z)
        self.pull, self.squares = sums["pull"].now, sums["squares"].now
        self.loss = sums["loss"].now / (self.samples * 2.0)
        slope = self.layer_rate * self.pull
        for j, (layer, others) in enumerate(zip(self.layers, self.others, strict=True)):
            at = self.layer_place(j)
            self.scratch[_F, at] = layer
            self.scratch[_MOVE, at] = -slope * others
            self.scratch[_PLACE, at] = layer.last_place() * self.unit
        corner = {(j, k): self.others[j] * self.others[k] * self.squares for j in self._each() for k in self._each()}
        for j, k in combinations(self._each(), 2):
            rest = [self.layers[m] for m in self._each() if m not in (j, k)]
            between = self.pull * product(rest) if rest else self.pull
            corner[j, k] = corner[k, j] = corner[j, k] + between
        self.corner = {(j, k): (1.0 if j == k else 0.0) - self.per_sample * entry for (j, k), entry in corner.items()}

    def _each(self) -> range:
        return range(self.n_layers)

    def _keep(self) -> None:
        b = self.builder
        weights, displacements, squares, scales, smallest = self.seen
        row = b.mul(self.place, self.size)
        self.scale_bits = self.word(self.whole, _SCALE)
        self.put_word(scales, self.place, self.scale_bits)
        self.least = reduce(lambda least, size: _least(size, least), [layer.size() for layer in self.layers])
        Table(b, smallest)[self.place] = self.least
        with counted(b, self.size) as i:
            Table(b, weights, self.size)[self.place, i] = self.scratch[_F, i]
        square, lowest, squares_at = self.wide_sums[0], self.wide_sums[1], Table(b, squares, WIDE)
        lowest.start(np.inf)
        with self._eights() as k:
            square.start()
            with counted(b, self.size) as i:
                Table(b, displacements, WIDE, SINGLE).put_eight(b.add(row, i), k, self.now.eight(i, k))
                turning = self.turning.eight(i, k)
                square.add(turning * turning)
            squares_at.put_eight(self.place, k, square.now)
            counting = square.now.where(self._is_draw(k), np.inf)
            lowest.put(_least(counting, lowest.now))
        self.lowest = across(lowest.now, _least)

    @contextmanager
    def _eights(self) -> Iterator[ir.Value]:
        with counted(self.builder, WORD(WIDE // WIDTH)) as number:
            yield self.builder.mul(number, WORD(WIDTH))

    def _is_draw(self, first: ir.Value) -> ir.Value:
        """Tell which of eight places hold a draw."""
        b = self.builder
        spread = Real(b, b.sitofp(first, ir.DoubleType())).everywhere()
        lanes = Real(b, ir.Constant(EIGHT, [float(lane) for lane in range(WIDTH)]))
        return (spread + lanes).compare("<", float(DRAWS))

    def _ends(self) -> ir.Value:
        b = self.builder
        lost = b.not_(self.loss.compare("<=", self.highest_loss))
        over = b.icmp_signed("==", self.step, self.word(self.whole, _LIMIT))
        stuck = b.icmp_signed("==", self.word(self.whole, _STANDING), WORD(DRAWS))
        ratio = (self.lowest.square_root() / self.least).of_library("log2")
        size = ratio + Real(b, b.sitofp(b.sub(self.scale_bits, self.bits), ir.DoubleType()))
        large = b.and_(b.icmp_signed("!=", self.crossed, WORD(0)), size.compare(">=", -2.0))
        return b.or_(b.or_(lost, over), b.or_(stuck, large))

    def _follow(self) -> None:
        """Multiply the displacements by the Jacobian, and their turning where the staircase asks how far it goes."""
        with self._eights() as k:
            self._multiply(k, self.now, self.followed)
            with self.builder.if_then(self.free_to_go):
                self._multiply(k, self.turning, self.turned, change=True)

    def _multiply(self, k: ir.Value, source: Table, target: Table, *, change: bool = False) -> None:
        """Multiply by the Jacobian, or give what that changes."""
        lower = [source.eight(self.layer_place(j), k) for j in self._each()]
        pulled = total([x * others for x, others in zip(lower, self.others, strict=True)])
        shared = self.wide_sums[0]
        shared.start()
        with counted(self.builder, self.rank) as i:
            upper, border = source.eight(i, k), self.scratch[_BORDER, i]
            moved = pulled * border + upper * self.scratch[_DIAGONAL, i]
            target.put_eight(i, k, moved - upper if change else moved)
            shared.add(upper * border)
        for j in self._each():
            moved = shared.now * self.others[j] + total([lower[m] * self.corner[j, m] for m in self._each()])
            target.put_eight(self.layer_place(j), k, moved - lower[j] if change else moved)

    def _watch_standing(self) -> None:
        """Note the draws none of whose increments reaches half a unit, and those that lose their top mode."""
        b = self.builder
        with self._eights() as k:
            all_draws, before = lanes_of(self._is_draw(k), b), b.block
            head, out = b.append_basic_block("weight"), b.append_basic_block("asked")
            b.branch(head)
            b.position_at_end(head)
            left, standing = b.phi(WORD), b.phi(ir.IntType(WIDTH))
            i = b.sub(left, WORD(1))
            moved = (self.followed.eight(i, k) - self.now.eight(i, k)) * self._lifting(i) + self.scratch[_MOVE, i]
            still = moved.size().compare("<", self.scratch[_PLACE, i] * 0.5)
            these = b.and_(standing, lanes_of(still, b))
            for node, at_first, later in ((left, self.size, i), (standing, all_draws, these)):
                node.add_incoming(at_first, before)
                node.add_incoming(later, b.block)
            more = b.and_(b.icmp_unsigned("!=", these, ir.IntType(WIDTH)(0)), b.icmp_signed(">", i, WORD(0)))
            b.cbranch(more, head, out)
            b.position_at_end(out)
            over = b.bitcast(these, ir.VectorType(ir.IntType(1), WIDTH))
            if self.has_free:
                over = b.or_(over, self._extinct(k))
            with b.if_then(b.icmp_unsigned("!=", lanes_of(over, b), ir.IntType(WIDTH)(0)), likely=False):
                self._note(over, k)

    def _note(self, over: ir.Value, k: ir.Value) -> None:
        b = self.builder
        at = b.gep(self.stuck, [k], source_etype=WORD)
        before = b.load(at, align=8, typ=EIGHT_WORDS)
        steps = everywhere(b, self.step)
        newly = b.and_(over, b.icmp_signed(">", before, steps))
        b.store(b.select(newly, steps, before), at, align=8)
        counting = self.builder.module.declare_intrinsic("llvm.ctpop", [ir.IntType(WIDTH)])
        many = b.zext(b.call(counting, [lanes_of(newly, b)]), WORD)
        self.put_word(self.whole, _STANDING, b.add(self.word(self.whole, _STANDING), many))

    def _lifting(self, i: ir.Value) -> Real:
        """Give what makes an increment of `(f, v)` of a displacement of `(c, v)`, lifted."""
        return self.raised(i, self.coordinate(i) * self.size_factor)

    def coordinate(self, i: ir.Value) -> Real:
        """Give the `s_i` of a mode, 1 for a layer."""
        b = self.builder
        is_mode = b.icmp_signed("<", i, self.rank)
        return self.data[_S, b.select(is_mode, i, WORD(0))].where(is_mode, 1.0)

    def _extinct(self, k: ir.Value) -> ir.Value:
        b = self.builder
        top = self.word(self.whole, _TOP)
        there = b.icmp_signed(">=", top, WORD(0))
        place = b.select(there, top, WORD(0))
        moved = [self.now.eight(self.layer_place(j), k) * self.size_factor + self.layers[j] for j in self._each()]
        P: Real = product(moved)
        left = (1.0 - P * P * self.data[_RATE, place]).size() * self.lifted[place].size()
        lost = left.compare("<", self.scratch[_PLACE, place] * 0.5)
        return b.select(there, b.and_(lost, self._is_draw(k)), ir.Constant(lost.type, [0] * WIDTH))

    def _go_on(self) -> None:
        """Find where the step ends, without what storing adds to it: along a given trajectory at its next place."""
        b = self.builder
        with counted(b, self.size) as i, b.if_else(self.given) as (given, found):
            with given:
                self.scratch[_NEXT, i] = self.path[b.add(self.step, WORD(1)), i]
            with found:
                self.scratch[_NEXT, i] = self.lowered(i, self.lifted[i] + self.scratch[_MOVE, i])

    def _find_rounding(self) -> None:
        """Find the deviations of what the step rounds off, as `Rounding.at` does."""
        b, sums = self.builder, self.sums

        def variance(number: Real) -> Real:
            place = number.last_place()
            return place * place / 12.0

        sums["terms"].start()
        sums["over"].start()
        with counted(b, self.rank) as i:
            s, f = self.data[_S, i], self.scratch[_F, i]
            scaled = self.P * f
            z = scaled - self.data[_D, i]
            pulled = s * s * self.per_sample * z
            residual = (variance(scaled) + variance(z)).square_root()
            along = self.per_sample * s * self.P
            self.scratch[_RESIDUAL, i] = residual
            self.scratch[_BEFORE, i] = (along * residual).size()
            self.scratch[_ALONG, i] = along
            alone = self.P * self.P * variance(pulled) + variance(pulled * self.P)
            self.scratch[_ALONE, i] = alone.square_root() / s
            self.scratch[_STORED, i] = self.scratch[_NEXT, i].last_place() / s
            sums["terms"].add(variance(z * f))
            at_layer = self.per_sample * f * residual
            sums["over"].add(at_layer * at_layer)
        self.total = self.per_sample * sums["terms"].now.square_root()
        of_layers = sums["over"].now.square_root()
        for j in self._each():
            at = self.layer_place(j)
            self.scratch[_BEFORE, at] = of_layers * self.others[j].size()
            after = self.scratch[_NEXT, at]
            self.scratch[_ALONE, at] = variance(after - self.layers[j]).square_root()
            self.scratch[_STORED, at] = after.last_place()
        self.product = (variance(self.P) * float(self.n_layers - 1)).square_root()

    def _climb(self) -> None:
        """Add the mean errors of storing to the increments, and the rest of them to what moves one weight alone."""
        b, error = self.builder, Sum(self.builder)
        with counted(b, self.size) as i:
            error.start(1 / 12)
            with b.if_then(self.free_to_go):
                spread = self._spread(i)
                units, move = self.scratch[_PLACE, i], self.scratch[_MOVE, i]
                small = move.size().compare("<", self.lifted[i].size() * 0.5)
                with b.if_then(b.and_(spread.compare("<", units * SHAKEN), small)):
                    mean_error, variance = rounding_errors(move / units, spread / units)
                    self.scratch[_MOVE, i] = move + units * mean_error
                    error.put(variance)
            stored = self.scratch[_STORED, i] * error.now.square_root()
            self.scratch[_ALONE, i] = self.scratch[_ALONE, i].of_library("hypot", stored.value)

    def _spread(self, i: ir.Value) -> Real:
        """Give the deviation of a weight's increments about the mean trajectory."""
        plain, apart = self.wide_sums
        plain.start()
        with self._eights() as k:
            plain.add(self.turned.eight(i, k))
        mean = across(plain.now, Real.__add__) / float(DRAWS)
        apart.start()
        with self._eights() as k:
            off = self.turned.eight(i, k) - mean
            apart.add((off * off).where(self._is_draw(k), 0.0))
        deviation = (across(apart.now, Real.__add__) / float(DRAWS)).square_root()
        spread = (deviation * self.size_factor).of_library("hypot", (self.scratch[_BEFORE, i] * self.unit).value)
        return self.raised(i, spread * self.coordinate(i))

    def _displace(self) -> None:
        """Move the displacements, and scale them down where they have grown."""
        b, n = self.builder, self.n_layers
        base = b.mul(self.place, self.n_errors)
        factor = self.power_of_two(b.neg(self.not_beyond(self.scale_bits, 1000)))
        largest = self.wide_sums[0]
        largest.start()

        def error(place: ir.Value, k: ir.Value) -> Real:
            return self.errors.eight(b.add(base, place), k)

        def arrive(i: ir.Value, k: ir.Value, drawn: Real) -> None:
            before = self.now.eight(i, k)
            after = self.followed.eight(i, k) + drawn * factor
            self.turning.put_eight(i, k, (after - before) * 0.5)
            self.now.put_eight(i, k, after)
            size = after.size()
            largest.put(_largest(size, largest.now))

        twice, last = b.mul(self.rank, WORD(2)), b.sub(self.n_errors, WORD(1))
        shared = self.wide_sums[1]
        with self._eights() as k:
            of_total = error(b.sub(last, WORD(1)), k) * self.total
            of_product = error(last, k) * self.product
            shared.start()
            with counted(b, self.rank) as i:
                of_residual = error(i, k) * self.scratch[_RESIDUAL, i]
                drawn = error(b.add(self.rank, i), k) * self.scratch[_ALONE, i] + of_residual * self.scratch[_ALONG, i]
                shared.add(of_residual * (self.per_sample * self.scratch[_F, i]))
                if n > 1:
                    drawn = drawn + of_product * (self.scratch[_ALONG, i] * self.scratch[_F, i])
                arrive(i, k, drawn)
            for j, others in enumerate(self.others):
                equal = b.add(twice, self.word(self.whole, _EQUAL + j))
                drawn = error(equal, k) * self.scratch[_ALONE, self.layer_place(j)] + (shared.now + of_total) * others
                if n > 1:
                    drawn = drawn + of_product * (self.per_sample * others * self.squares)
                arrive(self.layer_place(j), k, drawn)
        bits = RESCALE_BITS
        beyond = across(largest.now, _largest).compare(">", 2.0**bits)
        with b.if_then(beyond, likely=False):
            with counted(b, b.mul(self.size, WORD(2 * WIDE))) as place:  # now and turning lie one after the other
                self.now[place] = self.now[place] * 2.0**-bits
            self.put_word(self.whole, _SCALE, b.add(self.scale_bits, WORD(bits)))

    def _move(self) -> None:
        b, most = self.builder, LIFT_BITS
        with counted(b, self.size) as i:
            self.lifted[i] = self.lifted[i] + self.scratch[_MOVE, i]
        if not self.has_free:
            return
        with counted(b, self.rank) as i, b.if_then(self.data[_D, i].compare("==", 0.0)):
            size, lift = self.lifted[i].size(), self.word(self.lifts, i)
            down = b.select(size.compare(">", 1.0), WORD(-most), WORD(0))
            by = b.select(size.compare("<", 2.0**-most), WORD(most), down)
            least = b.neg(lift)
            by = b.select(b.icmp_signed("<", by, least), least, by)
            self.lifted[i] = self.lifted[i].times_power_of_two(by)
            self.put_word(self.lifts, i, b.add(lift, by))


def _least(x: Real, y: Real) -> Real:
    return x.where(x.compare("<", y), y)


def _largest(x: Real, y: Real) -> Real:
    return x.where(x.compare(">", y), y)
