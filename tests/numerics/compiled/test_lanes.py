"""The compiled sums and products have MPFR's bits, on operands chosen to make rounding hard."""

import random
from typing import Any

import gmpy2
import numpy as np
import pytest
from llvmlite import ir

from numerics.arithmetic import Mpfr
from numerics.compiled.lanes.binary import BinaryNumbers, unpack_quickly
from numerics.compiled.lanes.emitter import WORD
from numerics.compiled.lanes.instructions import operations
from numerics.compiled.lanes.layout import Layout
from numerics.compiled.lanes.program import Program


def compiled(layout: Layout, name: str, operands: int = 2) -> Any:
    module = ir.Module()
    function = ir.Function(module, ir.FunctionType(WORD, [ir.PointerType()] * (1 + operands)), name)
    builder = ir.IRBuilder(function.append_basic_block())
    ops = operations(layout, builder)
    ops.store(getattr(ops, name)(*(ops.load(place) for place in function.args[1:])), function.args[0])
    builder.ret(WORD(0))
    return Program(module).function(name, 1 + operands)


def hard_operand(rng: random.Random, a: Mpfr, limb_bits: int) -> Any:
    p = a.bits
    mantissa = rng.choice(
        [
            0,
            rng.getrandbits(p),
            rng.getrandbits(p),
            (1 << rng.randint(1, p)) - 1,
            (1 << rng.randint(0, p - 1)) + rng.choice([0, 1, -1]),
            (1 << (p - 1)) | (1 << rng.randint(0, p - 1)),
        ]
    )
    exponents = [0, 0, 1, -1, limb_bits, -limb_bits, rng.randint(-2 * p, 2 * p), -p, p, -p - 1, p + 1]
    return a.from_mantissa_exponent(rng.choice([1, -1]) * (mantissa % (1 << p)), rng.choice(exponents) - p)


@pytest.mark.slow
@pytest.mark.parametrize("limb_bits", [28, 52])
@pytest.mark.parametrize(
    ("bits", "lanes"), [(24, 4), (53, 16), (54, 2), (105, 8), (106, 4), (113, 16), (256, 16), (257, 8)]
)
def test_sums_and_products_are_those_of_mpfr(bits: int, lanes: int, limb_bits: int) -> None:
    if limb_bits == 52 and not _has_52_bit_products():
        limb_bits = 28
    a, layout, rng = Mpfr(bits), Layout(bits, lanes, limb_bits), random.Random(bits * 1000 + limb_bits)
    operations = {name: compiled(layout, name) for name in ("add", "subtract", "multiply")}
    exact = {"add": gmpy2.add, "subtract": gmpy2.sub, "multiply": gmpy2.mul}
    target = layout.empty(1)
    for _ in range(150):
        xs = [hard_operand(rng, a, limb_bits) for _ in range(lanes)]
        ys = [hard_operand(rng, a, limb_bits) for _ in range(lanes)]
        with a.active():
            for k in range(lanes):
                near = rng.random()
                if near < 0.1:
                    ys[k] = -xs[k]
                elif near < 0.2 and xs[k]:
                    ys[k] = -gmpy2.next_above(xs[k])
        left, right = layout.pack(a, xs), layout.pack(a, ys)
        assert layout.unpack(a, left, lanes) == xs
        for name, function in operations.items():
            function(target.ctypes.data, left.ctypes.data, right.ctypes.data)
            with a.active():
                expected = [exact[name](x, y) for x, y in zip(xs, ys, strict=True)]
            assert layout.unpack(a, target, lanes) == expected


@pytest.mark.parametrize("limb_bits", [28, 52])
@pytest.mark.parametrize("bits", [104, 312])
def test_rough_reciprocals_are_good_to_49_bits(bits: int, limb_bits: int) -> None:
    a, layout, rng = Mpfr(bits), Layout(bits, 8, limb_bits), random.Random(bits + limb_bits)
    function = compiled(layout, "rough_reciprocal", operands=1)
    target, worst = layout.empty(1), 0.0
    for _ in range(150):
        xs = [x or a.number(1) for x in (hard_operand(rng, a, limb_bits) for _ in range(8))]
        numbers = layout.pack(a, xs)
        function(target.ctypes.data, numbers.ctypes.data)
        with a.active():
            for x, inverse in zip(xs, layout.unpack(a, target, 8), strict=True):
                worst = max(worst, float(abs(x * inverse - 1)))
    assert 0 < worst < 2.0**-49


@pytest.mark.slow
@pytest.mark.parametrize("bits", [53, 64, 65, 256, 700])
@pytest.mark.parametrize("limb_bits", [28, 52])
def test_the_bytes_of_gmpy2_are_the_same_numbers(bits: int, limb_bits: int) -> None:
    a, layout, rng = Mpfr(bits), Layout(bits + 64, 8, limb_bits), random.Random(bits)
    xs = [x or a.number(-3) for x in (hard_operand(rng, a, limb_bits) for _ in range(99))]
    numbers, memory = BinaryNumbers.of(xs), layout.pack(a, [a.number(0)] * 99)
    assert numbers is not None
    assert numbers.lay_out(layout, memory)
    assert np.array_equal(memory, layout.pack(a, xs))
    assert numbers.floats() == pytest.approx([float(x) for x in xs], rel=1e-15)
    columns = np.ascontiguousarray(layout.pack(a, [*xs, a.number(0)], everywhere=True)[:, :, 0])
    assert unpack_quickly(layout, columns, bits) == [*xs, 0]
    assert {x.precision for x in unpack_quickly(layout, columns, bits)} == {bits}
    assert BinaryNumbers.of([*xs, a.number(0)]) is None  # zero is written shorter
    assert BinaryNumbers.of([*xs, Mpfr(bits + 64).number(1)]) is None


def _has_52_bit_products() -> bool:
    from numerics.compiled.lanes.program import format_of

    chosen = format_of(Mpfr(100), 2)
    assert isinstance(chosen, Layout)
    return chosen.limb_bits == 52
