"""The leading bits of the residuals say of the loss what exact arithmetic says, or that they cannot say it."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from llvmlite import ir  # type: ignore[import-untyped]

from numerics.compiled.lanes.emitter import WORD, counted
from numerics.compiled.lanes.program import Program
from numerics.compiled.leading_loss import LeadingLoss, Pair

Residual = tuple[int, int, int]
LIMBS = st.integers(0, 2**64 - 1)
RESIDUALS = st.lists(st.tuples(st.integers(-90, 90), st.integers(2**63, 2**64 - 1), LIMBS), min_size=1, max_size=20)


@cache
def program() -> Callable[..., int]:
    module, pointer, double = ir.Module(), ir.PointerType(), ir.DoubleType()
    function = ir.Function(module, ir.FunctionType(WORD, [pointer, pointer, WORD]), "loss")
    b = ir.IRBuilder(function.append_basic_block())
    residuals, numbers, count = function.args
    loss = LeadingLoss(b)
    loss.begin()
    with counted(b, count) as place:
        row = b.gep(residuals, [b.mul(place, WORD(3))], source_etype=WORD)
        loss.add(*(b.load(b.gep(row, [WORD(k)], source_etype=WORD), typ=WORD) for k in range(3)))
    divisor, *more = (b.load(b.gep(numbers, [WORD(k)], source_etype=double), typ=double) for k in range(3))
    found, certain = loss.rounded(divisor, Pair(*more))
    b.store(found, numbers)
    b.ret(b.zext(certain, WORD))
    return Program(module, effort=0).function("loss", 3)


def leading(residuals: list[Residual], divisor: float, high: float = 0.0, low: float = 0.0) -> float | None:
    rows = np.array([[exponent % 2**64, first, second] for exponent, first, second in residuals], dtype=np.uint64)
    numbers = np.array([divisor, high, low])
    return float(numbers[0]) if program()(rows.ctypes.data, numbers.ctypes.data, len(rows)) else None


def exact(residuals: list[Residual], divisor: int, more: Fraction = Fraction(0)) -> Fraction:
    sizes = (Fraction(first * 2**64 + second) * Fraction(2) ** (e - 128) for e, first, second in residuals)
    return sum((size * size for size in sizes), Fraction(0)) / divisor + more


@given(RESIDUALS, st.integers(1, 2**53), st.floats(0, 1e9), st.floats(-1, 1))
def test_a_certain_loss_is_the_exact_one_rounded(
    residuals: list[Residual], divisor: int, high: float, part: float
) -> None:
    low = float(np.spacing(high) / 2 * part) if high > 1e-9 else 0.0
    found = leading(residuals, divisor, high, low)
    true = exact(residuals, divisor, Fraction(high) + Fraction(low))
    sides = {float(true * (1 + side * Fraction(1, 2**76))) for side in (-1, 0, 1)}
    assert found is None or sides == {found}
    if len({float(true * (1 + side * Fraction(1, 2**74))) for side in (-1, 0, 1)}) == 1:
        assert found is not None


@given(st.integers(2**52 + 1, 2**53 - 1), st.integers(-30, 30), st.sampled_from([-1, 1]))
def test_near_a_tie_it_is_not_certain(odd: int, exponent: int, side: int) -> None:
    """A small square is added to `(odd + 1/2) 2^k`, of which it is about 2^-82 or about 2^-62."""
    high, low = float(odd) * 2.0**exponent, side * 2.0 ** (exponent - 1)
    small, large = [((exponent - 26) // 2, 2**63, 0)], [((exponent - 6) // 2, 2**63, 0)]
    assert leading(small, 1, high, low) is None
    assert leading(large, 1, high, low) == float(exact(large, 1, Fraction(high) + Fraction(low)))


def test_what_float64_might_not_hold_is_not_certain() -> None:
    inside = (0, 2**63, 0)
    for exponent in (-(1 << 63) + 1, -(1 << 63) + 2, -(1 << 63) + 3, -301, 301, (1 << 62) - 1):
        assert leading([inside, (exponent, 2**63, 0), inside], 2) is None
    for exponent in (-300, 300):
        assert leading([(exponent, 2**63, 0)], 2) == 2.0 ** (2 * exponent - 3)
    assert leading([inside], 2, np.inf) is None
