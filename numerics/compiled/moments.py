"""The sums over modes in the sharpness equation, compiled, in numbers of any precision."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import ceil, log2

from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import WORD
from numerics.compiled.lanes.instructions import in_memory, operations
from numerics.compiled.lanes.layout import Layout
from numerics.compiled.lanes.program import Program

_POINTER = ir.PointerType()
MODE_NUMBERS = 3
"""For each mode `s^2`, d and f lie side by side."""
GIVEN_NUMBERS = 4
"""`2 P`, `P^2`, the position and 1, each in all lanes."""
SCRATCH_NUMBERS = 5


@cache
def moment_sums(of: Layout, moments: int) -> Callable[..., int]:
    """Compile `sum f^2`, `sum f d` and `sum beta^2 / (lambda - alpha)^k`, k = 1, 2, ..., at a position above all poles.

    The function takes modes, what is given, where to put the sums (they stand in all lanes), scratch memory and the
    number of chunks. It returns 0.
    """
    module = ir.Module()
    helpers = {name: in_memory(module, of, name) for name in ("multiply", "add", "subtract")}
    helpers["rough_reciprocal"] = in_memory(module, of, "rough_reciprocal", operands=1)
    _write(module, of, moments, helpers)
    return Program(module).function("moments", 5)


def _write(module: ir.Module, of: Layout, moments: int, helpers: dict[str, ir.Function]) -> None:
    function = ir.Function(module, ir.FunctionType(WORD, [_POINTER] * 4 + [WORD]), "moments")
    modes, given, results, scratch, chunks = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    ops = operations(of, b)

    def do(name: str, *places: ir.Value) -> None:
        b.call(helpers[name], places)

    sums = [ops.at(results, k) for k in range(2 + moments)]
    twice, square, position, one = (ops.at(given, k) for k in range(GIVEN_NUMBERS))
    weight, distance, inverse, error, part = (ops.at(scratch, k) for k in range(SCRATCH_NUMBERS))
    for total in sums:
        ops.store(ops.zero(), total)
    body, done = function.append_basic_block("modes"), function.append_basic_block("summed")
    entry = b.block
    b.branch(body)
    b.position_at_end(body)
    chunk = b.phi(WORD)
    chunk.add_incoming(WORD(0), entry)
    first = b.mul(chunk, WORD(MODE_NUMBERS))
    squared, d, f = (ops.at(modes, b.add(first, WORD(k))) for k in range(MODE_NUMBERS))

    do("multiply", distance, square, squared)
    do("subtract", distance, position, distance)
    do("rough_reciprocal", inverse, distance)
    for _ in range(ceil(log2((of.bits + 4) / 49))):  # each squares the error, which was 2^-49
        do("multiply", error, distance, inverse)
        do("subtract", error, one, error)
        do("multiply", error, inverse, error)
        do("add", inverse, inverse, error)
    do("multiply", part, f, f)
    do("add", sums[0], sums[0], part)
    do("multiply", part, f, d)
    do("add", sums[1], sums[1], part)
    do("multiply", weight, twice, f)
    do("subtract", weight, weight, d)
    do("multiply", weight, weight, weight)
    do("multiply", weight, weight, squared)
    for total in sums[2:]:
        do("multiply", weight, weight, inverse)
        do("add", total, total, weight)

    following = b.add(chunk, WORD(1))
    chunk.add_incoming(following, b.block)
    b.cbranch(b.icmp_signed("<", following, chunks), body, done)
    b.position_at_end(done)
    apart = of.lanes // 2
    while apart:
        for total in sums:
            ops.store(ops.rotated(ops.load(total), apart), part)
            do("add", total, total, part)
        apart //= 2
    b.ret(WORD(0))
