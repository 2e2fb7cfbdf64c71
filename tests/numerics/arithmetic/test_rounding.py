"""Every arithmetic rounds as it says, and leaves every global precision as it found it."""

import threading
from fractions import Fraction

import flint
import gmpy2
import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic import Ball, Float32, Float64, Mpfr, Mpmath, parse_arithmetic
from theory.errors import NotFiniteError, NumberKindError, ParameterError

NAMES = ["float32", "float64", "mpmath:2", "mpmath:200", "mpfr:2", "mpfr:53", "mpfr:200", "ball:64"]


def nearest(value: Fraction, bits: int) -> Fraction:
    """Round to nearest, ties to even, without limits on the exponent."""
    if value == 0:
        return value
    unit = Fraction(1)
    while abs(value) >= unit * 2**bits:
        unit *= 2
    while abs(value) < unit * 2 ** (bits - 1):
        unit /= 2
    return round(value / unit) * unit


@pytest.mark.parametrize("name", NAMES)
def test_the_name_is_read_back(name: str) -> None:
    assert parse_arithmetic(name).name == name


@given(st.fractions(min_value=-10, max_value=10), st.sampled_from(["float32", "float64", "mpmath:40", "mpfr:40"]))
def test_numbers_are_rounded_once_to_nearest(value: Fraction, name: str) -> None:
    a = parse_arithmetic(name)
    if abs(value) > Fraction(1, 10**30) or value == 0:
        assert a.to_fraction(a.number(value)) == nearest(value, a.bits)


@given(st.integers(-(2**200), 2**200) | st.floats(-1e20, 1e20), st.integers(2, 120), st.integers(-(2**90), 2**90))
def test_mpfr_rounds_ints_floats_and_wider_numbers_once(value: float, bits: int, mantissa: int) -> None:
    a = Mpfr(bits)
    rounded = nearest(Fraction(value), bits)
    for found in (a.number(value), a.number(Mpfr(300).number(value))):
        assert (found.precision, a.to_fraction(found)) == (bits, rounded)
    assert a.to_fraction(a.from_mantissa_exponent(mantissa, -50)) == nearest(Fraction(mantissa, 2**50), bits)
    with gmpy2.context(precision=3, round=gmpy2.RoundUp):
        product = a.times(a.number(value), mantissa)
    assert a.to_fraction(product) == nearest(rounded * mantissa, bits)
    assert not gmpy2.is_signed(a.number(-0.0))


def test_float32_does_not_round_twice() -> None:
    # Through float64 this would be rounded to a tie first, and the tie down.
    value = 1 + Fraction(1, 2**24) + Fraction(1, 2**60)
    assert Float32().number(value) == np.float32(1 + 2.0**-23)


def test_float32_reaches_its_subnormal_numbers_and_refuses_what_overflows() -> None:
    assert float(Float32().number(Fraction(1, 2**149))) == 2.0**-149
    with pytest.raises(NotFiniteError, match="range of float32"):
        Float32().number(Fraction(2) ** 200)
    with pytest.raises(NotFiniteError, match="range of float32"):
        Float32().vector(np.array([1e39]))


@given(
    st.lists(st.tuples(st.integers(-(2**70), 2**70), st.integers(-90, 20)), min_size=2, max_size=2),
    st.sampled_from([2, 24, 53, 61, 200]),
)
def test_mpmath_and_mpfr_agree_bit_for_bit(pairs: list[tuple[int, int]], bits: int) -> None:
    values = [mantissa * Fraction(2) ** exponent for mantissa, exponent in pairs]
    results = []
    for a in (Mpmath(bits), Mpfr(bits)):
        with a.active():
            x, y = (a.number(value) for value in values)
            found = [x + y, x - y, x * y, a.sqrt(abs(x)), a.exp(x / a.number(2**75))]
            if values[1]:
                found.append(x / y)
            results.append([a.to_fraction(value) for value in found])
    assert results[0] == results[1]


@pytest.mark.parametrize("name", NAMES)
@given(st.integers(-(2**40), 2**40), st.integers(-60, 60))
def test_text_is_exact(name: str, mantissa: int, exponent: int) -> None:
    a = parse_arithmetic(name)
    value = a.number(mantissa * Fraction(2) ** exponent)
    again = a.from_text(a.to_text(value))
    assert a.to_fraction(again) == a.to_fraction(value)
    assert a.to_text(again) == a.to_text(value)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(-400, 400))
def test_a_ball_keeps_its_radius_in_text(numerator: int, denominator: int, exponent: int) -> None:
    b = Ball(60)
    with b.active():
        value = b.number(Fraction(numerator, denominator)) * b.number(Fraction(2) ** exponent / 3)
    again = b.from_text(b.to_text(value))
    assert (b.to_fraction(again), b.radius(again)) == (b.to_fraction(value), b.radius(value))


@pytest.mark.parametrize("radius", [2**29, 2**29 + 1, 2**30 - 1, 1, 3])
def test_every_radius_that_arb_holds_is_read_back(radius: int) -> None:
    text = f"3p0+-{radius:x}p-70"
    assert Ball(60).radius(Ball(60).from_text(text)) == Fraction(radius, 2**70)


@given(st.fractions(-100, 100), st.fractions(-100, 100))
def test_balls_hold_the_exact_results_and_stay_narrow(x: Fraction, y: Fraction) -> None:
    b = Ball(80)
    with b.active():
        p, q = b.number(x), b.number(y)
        for ball, exact in ((p + q, x + y), (p - q, x - y), (p * q, x * y)):
            assert b.encloses(ball, exact)
            assert b.radius(ball) <= Fraction(20000, 2**78)


def test_a_value_beside_a_tie_is_rounded_as_mpfr_rounds_it() -> None:
    # exp(2^-53) is 1 + 2^-53 + 2^-107 + ...: just above the middle of two neighbours.
    x = Fraction(1, 2**53)
    results = [a.to_fraction(a.exp(a.number(x))) for a in (Mpmath(53), Mpfr(53))]
    assert results == [1 + Fraction(1, 2**52)] * 2


def test_a_nan_ball_encloses_nothing() -> None:
    assert not Ball(53).encloses(flint.arb("nan"), Fraction(0))


def test_global_precisions_are_left_alone() -> None:
    before = (mpmath.mp.prec, flint.ctx.prec, gmpy2.get_context().precision, np.geterr())
    for name in NAMES:
        a = parse_arithmetic(name)
        with a.active():
            a.sqrt(a.number(2)) * a.number("0.1")
    with pytest.raises(RuntimeError), Ball(300).active():
        raise RuntimeError
    with pytest.raises(RuntimeError), Mpfr(300).active():
        raise RuntimeError
    assert (mpmath.mp.prec, flint.ctx.prec, gmpy2.get_context().precision, np.geterr()) == before


@pytest.mark.parametrize("kind", [Mpmath, Mpfr])
def test_two_precisions_run_side_by_side(kind: type[Mpmath] | type[Mpfr]) -> None:
    found: dict[int, Fraction] = {}

    def work(bits: int) -> None:
        a = kind(bits)
        with a.active():
            x = a.number(2)
            for _ in range(300):
                x = a.sqrt(x) + a.number("0.1")
            found[bits] = a.to_fraction(x)

    alone = {}
    for bits in (40, 170):
        work(bits)
        alone[bits] = found[bits]
    threads = [threading.Thread(target=work, args=(bits,)) for bits in (40, 170)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == alone


def test_precisions_nest() -> None:
    low, high = Mpfr(30), Mpfr(90)
    with low.active():
        with high.active():
            fine = high.number(1) / high.number(3)
        coarse = low.number(1) / low.number(3)
    assert low.to_fraction(coarse) == nearest(Fraction(1, 3), 30)
    assert high.to_fraction(fine) == nearest(Fraction(1, 3), 90)


@given(st.lists(st.floats(-1e6, 1e6), max_size=70))
def test_every_arithmetic_sums_in_one_order(values: list[float]) -> None:
    def slow() -> float:
        lanes = [0.0] * 16
        for i, value in enumerate(values):
            lanes[i % 16] += value
        while len(lanes) > 1:
            half = len(lanes) // 2
            lanes = [lanes[k] + lanes[k + half] for k in range(half)]
        return lanes[0]

    assert Float64().total(np.array(values)) == slow()
    m = Mpfr(53)
    with m.active():
        assert m.total(m.vector(values)) == slow()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("float16", "no arithmetic 'float16'"),
        ("mpfr", "names no precision"),
        ("mpfr:x", "names no precision"),
        ("mpmath:1", "at least 2 bits"),
        ("ball:-5", "at least 2 bits"),
        ("float64:53", "leave ':53' out"),
        ("mpfr:99999999999", "too large"),
    ],
)
def test_a_wrong_name_is_one_clear_line(name: str, part: str) -> None:
    with pytest.raises(ParameterError, match=part) as caught:
        parse_arithmetic(name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), np.float32("inf"), mpmath.mpf("inf"), mpmath.nan])
def test_what_is_not_finite_is_refused(value: object) -> None:
    for name in NAMES:
        with pytest.raises(NotFiniteError):
            parse_arithmetic(name).number(value)


@pytest.mark.parametrize("value", [1j, True, "one", None, [1.0]])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(NumberKindError):
        Float64().number(value)


def test_signs_of_mpmath_numbers_survive() -> None:
    # mpf.man_exp drops the sign in mpmath 1.3.
    assert Mpfr(60).number(mpmath.mpf(-3)) == -3
