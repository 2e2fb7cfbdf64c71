"""The compiled sums and products have MPFR's bits, on operands chosen to make rounding hard."""

import random
from typing import Any

import gmpy2
import numpy as np
import pytest
from llvmlite import ir

from numerics.arithmetic import Mpfr
from numerics.compiled.lanes import gmpy2_memory
from numerics.compiled.lanes.emitter import WORD
from numerics.compiled.lanes.gmpy2_memory import NumbersOfObjects, is_understood, to_floats
from numerics.compiled.lanes.instructions import operations
from numerics.compiled.lanes.layout import ZERO_EXPONENT, CutLayout, Layout, LimbFormat
from numerics.compiled.lanes.program import Program


def compiled(layout: LimbFormat, name: str, operands: int = 2) -> Any:
    module = ir.Module()
    function = ir.Function(module, ir.FunctionType(WORD, [ir.PointerType()] * (1 + operands)), name)
    builder = ir.IRBuilder(function.append_basic_block())
    ops = operations(layout, builder)
    numbers = [ops.load(place) for place in function.args[1:]]
    if name == "add_product":
        found = ops.add(ops.rounded_term(ops.product(*numbers[:2])), numbers[2])
    else:
        found = getattr(ops, name)(*numbers)
    ops.store(found, function.args[0])
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


def hard_pair(rng: random.Random, a: Mpfr, limb_bits: int, kind: str) -> tuple[Any, Any]:
    """Two operands: any; whose sum cancels; that lie apart; or whose product lies close to a tie."""
    p = a.bits
    x, y = hard_operand(rng, a, limb_bits), hard_operand(rng, a, limb_bits)
    some = rng.getrandbits(p) | 1
    with a.active():
        if kind == "opposite":
            return x, rng.choice([-x, -gmpy2.next_above(x) if x else y])
        if kind == "apart":
            power = a.from_mantissa_exponent(rng.choice([1, some]), 0)
            return power, -gmpy2.mul_2exp(a.number(some), rng.randint(-3 * limb_bits, 2) - p)
    if kind == "tie":
        distance = rng.choice([-1, 1]) * (1 + rng.getrandbits(rng.randint(0, p)))
        other = ((1 << (p - 1)) + distance) * pow(some, -1, 1 << p) % (1 << p)
        zeros = rng.randint(0, p - 1)
        exact = ((rng.getrandbits(p - zeros) | 1) << zeros, (rng.getrandbits(zeros + 1) | 1) << (p - 1 - zeros))
        m, n = rng.choice([(some, other), (some, other), exact])
        return a.from_mantissa_exponent(m, -p), a.from_mantissa_exponent(-n, 3)
    return x, y


@pytest.mark.slow
@pytest.mark.parametrize("limb_bits", [28, 52])
@pytest.mark.parametrize(
    ("bits", "lanes"),
    [
        (24, 4),
        (49, 8),
        (50, 4),
        (54, 2),
        (104, 8),
        (102, 8),
        (106, 4),
        (113, 8),
        (155, 8),
        (256, 8),
        (257, 8),
        (310, 4),
    ],
)
def test_sums_and_products_are_those_of_mpfr(bits: int, lanes: int, limb_bits: int) -> None:
    if limb_bits == 52 and not _has_52_bit_products():
        limb_bits = 28
    a, layout, rng = Mpfr(bits), Layout(bits, lanes, limb_bits), random.Random(bits * 1000 + limb_bits)
    operations = {name: compiled(layout, name) for name in ("add", "subtract", "multiply")}
    exact = {"add": gmpy2.add, "subtract": gmpy2.sub, "multiply": gmpy2.mul}
    add_product = compiled(layout, "add_product", 3)
    target = layout.empty(1)
    for _ in range(100):
        kind = rng.choice(["any", "any", "opposite", "apart", "tie"])  # in all lanes: what is rare in none
        xs, ys = zip(*(hard_pair(rng, a, limb_bits, kind) for _ in range(lanes)), strict=True)
        left, right = layout.pack(a, xs), layout.pack(a, ys)
        assert layout.unpack(a, left, lanes) == list(xs)
        for name, function in operations.items():
            function(target.ctypes.data, left.ctypes.data, right.ctypes.data)
            with a.active():
                expected = [exact[name](x, y) for x, y in zip(xs, ys, strict=True)]
            assert layout.unpack(a, target, lanes) == expected
        with a.active():
            products = [x * y for x, y in zip(xs, ys, strict=True)]
            zs = [
                rng.choice([-z, -gmpy2.next_below(z or a.number(1)), gmpy2.mul_2exp(x, 9), y])
                for x, y, z in zip(xs, ys, products, strict=True)
            ]
            expected = [x + z for x, z in zip(products, zs, strict=True)]
        add_product(*(memory.ctypes.data for memory in (target, left, right, layout.pack(a, zs))))
        assert layout.unpack(a, target, lanes) == expected


@pytest.mark.slow
@pytest.mark.parametrize("limb_bits", [28, 52])
@pytest.mark.parametrize("limbs", [2, 3, 7, 21])
def test_what_is_cut_off_is_wrong_by_a_few_units(limbs: int, limb_bits: int) -> None:
    if limb_bits == 52 and not _has_52_bit_products():
        limb_bits = 28
    layout = CutLayout(limb_bits * (limbs - 1), 8, limb_bits)
    a, wide, rng = Mpfr(layout.bits), Mpfr(3 * layout.bits + 400), random.Random(limbs)
    exact = {"add": gmpy2.add, "subtract": gmpy2.sub, "multiply": gmpy2.mul, "reciprocal": lambda x, _: 1 / x}
    operations = {name: compiled(layout, name, 1 if name == "reciprocal" else 2) for name in exact}
    target, most = layout.empty(1), {"add": 1, "subtract": 1, "multiply": 1, "reciprocal": 2 * limbs + 32}
    for _ in range(40):
        xs, ys = ([hard_operand(rng, a, limb_bits) or a.number(3) for _ in range(8)] for _ in range(2))
        xs[0] = a.from_mantissa_exponent((1 << a.bits) - rng.choice([1, 2, 1 << (a.bits // 2)]), limb_bits - a.bits)
        left, right = layout.pack(a, xs), layout.pack(a, ys)
        for name, function in operations.items():
            function(*(memory.ctypes.data for memory in (target, left, right)[: 2 if name == "reciprocal" else 3]))
            with wide.active():
                unit = wide.from_mantissa_exponent(1, -layout.bits)
                for x, y, found in zip(xs, ys, layout.unpack(wide, target, 8), strict=True):
                    right_one = exact[name](x, y)
                    size = abs(x) if name in ("add", "subtract") else abs(right_one)  # what cancels was right before
                    assert abs(found - right_one) <= most[name] * unit * max(size, abs(right_one))


@pytest.mark.slow
@pytest.mark.parametrize("bits", [53, 64, 65, 256, 700])
@pytest.mark.parametrize("limb_bits", [28, 52])
def test_objects_of_gmpy2_are_the_same_numbers_in_memory(bits: int, limb_bits: int) -> None:
    assert is_understood()
    a, layout, rng = Mpfr(bits), CutLayout(bits + 64, 8, limb_bits), random.Random(bits)
    xs = [hard_operand(rng, a, limb_bits) for _ in range(99)]
    numbers, memory = NumbersOfObjects(99), layout.pack(a, [a.number(-1)] * 99)
    numbers.objects[:] = xs
    assert numbers.lay_out(layout, memory)
    assert np.array_equal(memory, layout.pack(a, xs))
    in_all_lanes = layout.empty(99)
    assert numbers.lay_out(layout, in_all_lanes, everywhere=True)
    assert np.array_equal(in_all_lanes, layout.pack(a, xs, everywhere=True))
    columns = np.ascontiguousarray(in_all_lanes[:, :, 0])
    for floats in (numbers.floats, to_floats(columns, limb_bits)):
        assert floats == pytest.approx([float(x) for x in xs], rel=1e-15)
    for other in (gmpy2.mpfr("inf"), gmpy2.mpfr("nan"), 0.5, gmpy2.mpfr(2) ** (1 << 32)):
        numbers.objects[7] = other
        assert not numbers.lay_out(layout, memory)


def test_gmpy2_s_numbers_are_left_alone_where_they_lie_in_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numerics.compiled.lanes.gmpy2_memory._OBJECT_BYTES", 72)
    assert not is_understood.__wrapped__()


@pytest.mark.slow
def test_what_was_compiled_for_another_zero_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers, layout = NumbersOfObjects(1), CutLayout(100, 8, 28)
    numbers.objects[:] = [Mpfr(80).number(0)]
    for exponent in (ZERO_EXPONENT, -7):
        monkeypatch.setattr(gmpy2_memory, "_lay_out", gmpy2_memory._laying_out(exponent, gmpy2_memory._PLACES))
        memory = layout.empty(1)
        assert numbers.lay_out(layout, memory)
        assert memory[0, layout.limbs].tolist() == [exponent] + [0] * 7


def test_what_float64_cannot_hold_is_zero_or_infinite() -> None:
    a = Mpfr(80)
    numbers, layout = NumbersOfObjects(4), CutLayout(100, 8, 28)
    numbers.objects[:] = [a.from_mantissa_exponent(sign * 3, power) for power in (2000, -2000) for sign in (1, -1)]
    memory = layout.empty(4)
    assert numbers.lay_out(layout, memory, everywhere=True)
    for floats in (numbers.floats, to_floats(np.ascontiguousarray(memory[:, :, 0]), 28)):
        assert floats.tolist() == [np.inf, -np.inf, 0.0, 0.0]


def _has_52_bit_products() -> bool:
    from numerics.compiled.lanes.program import format_of

    chosen = format_of(Mpfr(100), 2)
    assert isinstance(chosen, Layout)
    return chosen.limb_bits == 52
