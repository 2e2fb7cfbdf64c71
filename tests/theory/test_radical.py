from fractions import Fraction

import mpmath
from hypothesis import given
from hypothesis import strategies as st

from theory.formulas.radical import radical, radical_curvature, radical_slope, radical_tangent

numbers = st.floats(min_value=-50, max_value=50)
difficulties = st.floats(min_value=0.01, max_value=100)


@given(x=numbers, difficulty=difficulties)
def test_slope_and_curvature_are_the_derivatives(x, difficulty):
    with mpmath.workdps(40):
        exact = mpmath.mpf(x), mpmath.mpf(difficulty)
        slope = mpmath.diff(lambda at: radical(at, exact[1]), exact[0])
        curvature = mpmath.diff(lambda at: radical(at, exact[1]), exact[0], 2)
        assert abs(slope - radical_slope(*exact)) < 1e-15
        assert abs(curvature - radical_curvature(*exact)) < 1e-10 * (1 + curvature)


@given(x=numbers, at=numbers, difficulty=difficulties)
def test_no_tangent_lies_above(x, at, difficulty):
    assert radical_tangent(x, at, difficulty) <= radical(x, difficulty) * (1 + 1e-12)


def test_exact_values():
    assert radical(Fraction(3), Fraction(4)) == 5
    assert radical_curvature(Fraction(3), Fraction(4)) == Fraction(16, 125)
