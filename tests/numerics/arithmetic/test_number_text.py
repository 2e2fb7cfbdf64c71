"""Numbers as they are typed: exact, and refused where they are none or too large to hold."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic.base import exact_fraction
from theory.errors import NotFiniteError, NumberKindError, ParameterError


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=6),
    st.decimals(allow_nan=False, allow_infinity=False, places=6).filter(bool),
)
def test_a_quotient_of_decimals_is_read_without_rounding(top, bottom) -> None:
    assert exact_fraction(f" {top} / {bottom}") == Fraction(top) / Fraction(bottom)
    assert exact_fraction(f"{top:e}") == Fraction(top)


@pytest.mark.parametrize("text", ["", "x", "1/", "/2", "1/2/3", "1_000", "0x10", "nan", "inf", "1e", "٣", "1 2", "."])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberKindError, match="is not a number"):
        exact_fraction(text)


def test_what_cannot_be_held_is_refused_at_once() -> None:
    for text in ("1e999999999", "1e-2001", "1/1e99999", "1e" + "9" * 100):
        with pytest.raises(ParameterError, match="exponent beyond 2000"):
            exact_fraction(text)
    with pytest.raises(ParameterError, match="too long"):
        exact_fraction("1" * 5000)
    with pytest.raises(NotFiniteError, match="divides by 0"):
        exact_fraction("1/0.0")
