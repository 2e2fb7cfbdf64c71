"""The compiled sums and products have MPFR's bits, on operands chosen to make rounding hard."""

import random
from typing import Any

import gmpy2
import pytest
from llvmlite import ir

from numerics.arithmetic import Mpfr
from numerics.arithmetic.lanes.emitter import WORD
from numerics.arithmetic.lanes.layout import Layout
from numerics.arithmetic.lanes.program import Program


def compiled(layout: Layout, name: str) -> Any:
    module = ir.Module()
    function = ir.Function(module, ir.FunctionType(WORD, [ir.PointerType()] * 3), name)
    builder = ir.IRBuilder(function.append_basic_block())
    ops = layout.operations(builder)
    ops.store(getattr(ops, name)(ops.load(function.args[1]), ops.load(function.args[2])), function.args[0])
    builder.ret(WORD(0))
    return Program(module).function(name, 3)


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


def _has_52_bit_products() -> bool:
    from numerics.arithmetic.lanes.program import format_of

    chosen = format_of(Mpfr(100), 2)
    assert isinstance(chosen, Layout)
    return chosen.limb_bits == 52
