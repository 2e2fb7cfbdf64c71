"""The top root of the sharpness equation next to a guess, with its sums over modes, compiled, in any precision.

About a position `lambda_0` the sums of the equation are Taylor series,

    sum w_i / (lambda - alpha_i) = sum_k (lambda_0 - lambda)^k M_{k+1},    M_k = sum w_i / (lambda_0 - alpha_i)^k,

so that the modes are gone through once, and Newton's steps after that are on a few numbers. Every moment is multiplied
by one more power of `lambda_0 - lambda`, so it needs a limb less than the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import ceil, log2
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import POINTER, WORD, counted
from numerics.compiled.lanes.expressions import CutNumbers, Expression
from numerics.compiled.lanes.layout import CutLayout
from numerics.compiled.lanes.program import Program
from numerics.model.products import product
from numerics.model.sharpness_equation import bordered_equation, from_sums

START_BITS = 49
"""To how many bits float64 finds the root, mostly."""
NUMBERS_OF_A_MODE = 3
"""For each mode `s^2`, d and f lie side by side."""


class Results(NamedTuple):
    """What the function finds, in the order in which it stands in memory.

    Attributes:
        root: the root.
        moved: how far it lies from the position.
        step: the last of Newton's steps.
        slope: that of the equation at the position, as are the next three.
        pull: `P (P phi + G)`.
        left: `lambda v_1^2`, which `sharpness_equation.is_below` compares, times `|v_1|`,
        right: with `-G P`.
        offsets: those of the equation.
    """

    root: Any
    moved: Any
    step: Any
    slope: Any
    pull: Any
    left: Any
    right: Any
    offsets: Sequence[Any]

    @classmethod
    def of(cls, numbers: Sequence[Any]) -> Results:
        """Name what was read from memory."""
        alone = len(cls._fields) - 1
        return cls._make([*numbers[:alone], numbers[alone:]])

    @property
    def in_order(self) -> list[Any]:
        """What is written to memory."""
        return [*self[:-1], *self.offsets]


class RootProgram(NamedTuple):
    """The compiled function and the memory it needs.

    Attributes:
        function: takes modes, layers and position (each in all lanes, the least layer first), where to put results,
            scratch memory (zeros at first), and the number of chunks. It returns 0.
        moments: how many moments it takes.
        results: how many `Results`, offsets one by one.
        scratch: how many numbers of scratch memory.
    """

    function: Callable[..., int]
    moments: int
    results: int
    scratch: int


@cache
def root_program(of: CutLayout, moments: int, n_layers: int) -> RootProgram:
    """Compile it."""
    module = ir.Module()
    function = ir.Function(module, ir.FunctionType(WORD, [POINTER] * 4 + [WORD]), "root")
    modes, given, results, scratch, chunks = function.args
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    numbers = CutNumbers(of, builder, scratch)
    at = numbers.ops.at
    layers = [Expression(numbers, "layer", place=at(given, k)) for k in range(n_layers)]
    position = Expression(numbers, "position", place=at(given, n_layers))
    P = product(layers)
    sums = _sums(numbers, modes, chunks, moments, P, position)
    found = _root(numbers, layers, P, sums, position).in_order
    for k, number in enumerate(found):
        numbers.ops.store(numbers.ops.load(number.place), at(results, k))
    builder.ret(WORD(0))
    return RootProgram(Program(module, effort=0).function("root", 5), moments, len(found), numbers.used)


def _sums(
    numbers: CutNumbers, modes: ir.Value, chunks: ir.Value, moments: int, P: Expression, position: Expression
) -> list[Expression]:
    """Write `sum f^2`, `sum f d` and the moments, at a position above all poles."""
    b, ops, do, L = numbers.builder, numbers.ops, numbers.do, numbers.layout.limbs
    sizes = [L, L, *(max(2, L - k) for k in range(moments))]
    sums = [numbers.room() for _ in sizes]
    for total in sums:
        ops.store(ops.zero(), total)
    twice, square, at = (P + P).place, (P * P).place, position.place
    weight, distance, inverse, part, label = (numbers.room() for _ in range(5))
    with counted(b, chunks) as chunk:
        first = b.mul(chunk, WORD(NUMBERS_OF_A_MODE))
        squared, d, f = (ops.at(modes, b.add(first, WORD(k))) for k in range(NUMBERS_OF_A_MODE))
        do("multiply", distance, square, squared)
        do("multiply", weight, twice, f)
        do("subtract", distance, at, distance)
        do("subtract", weight, weight, d)
        do("reciprocal", inverse, distance)
        do("multiply", weight, weight, weight)
        do("multiply", part, f, f)
        do("multiply", label, f, d)
        do("multiply", weight, weight, squared)
        do("add", sums[0], sums[0], part)
        do("add", sums[1], sums[1], label)
        for size, total in zip(sizes[2:], sums[2:], strict=True):
            do("multiply", weight, weight, inverse, limbs=size)
            do("add", total, total, weight, limbs=size)
    apart = numbers.layout.lanes // 2
    while apart:
        for total in sums:
            ops.store(ops.rotated(ops.load(total), apart), part)
            do("add", total, total, part)
        apart //= 2
    return [Expression(numbers, "sum", place=total) for total in sums]


def _root(
    numbers: CutNumbers,
    layers: Sequence[Expression],
    P: Expression,
    sums: list[Expression],
    position: Expression,
) -> Results:
    """Write Newton's steps from the position."""
    squares, products, *powers = sums
    arithmetic: Any = numbers
    nothing, ordered = np.empty(0, dtype=object), np.array(layers, dtype=object)
    equation = bordered_equation(arithmetic, nothing, nothing, squares, P * squares - products, ordered)
    first, second = powers[0], powers[1]
    derivatives = [numbers.number(k) * powers[k] for k in range(1, len(powers))]
    value, slope, pull = from_sums(arithmetic, equation, position, first, second)
    pull, v1 = P * pull, equation.least_layer
    left, right = position * v1 * v1, -equation.coupling * equation.total_product
    step = value / slope
    at = position - step
    for _ in range(1, ceil(log2((numbers.layout.bits + 16) / START_BITS))):
        back = position - at
        first, second = _polynomial(powers, back), _polynomial(derivatives, back)
        value, slope_there, _ = from_sums(arithmetic, equation, at, first, second)
        step = value / slope_there
        at = at - step
    return Results(at, at - position, step, slope, pull, left, right, list(equation.offsets))


def _polynomial(coefficients: list[Expression], x: Expression) -> Expression:
    value = coefficients[-1]
    for coefficient in coefficients[-2::-1]:
        value = value * x + coefficient
    return value
