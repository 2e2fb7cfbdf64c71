from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from theory.formulas.blow_up import squared_radius, squared_radius_increment, top_mode_step

rationals = st.fractions(min_value=-5, max_value=5, max_denominator=50)
positives = st.fractions(min_value=Fraction(1, 20), max_value=5, max_denominator=20)


@given(first=rationals, second=rationals, singular=positives, label=rationals, size=st.integers(1, 9), root=positives)
def test_the_step_is_gradient_descent_in_scaled_weights(first, second, singular, label, size, root):
    step_size = size * root**2  # so that the scale sqrt(eta / N) is rational
    residual = singular * first * second - label
    after = (
        first - step_size / size * singular * second * residual,
        second - step_size / size * singular * first * residual,
    )
    scale = singular * root
    scaled = top_mode_step(first * scale, second * scale, step_size * singular * label / size)
    assert scaled == (after[0] * scale, after[1] * scale)


@given(x=rationals, y=rationals, label=rationals)
def test_the_increment_is_the_difference_of_squared_radii(x, y, label):
    after = squared_radius(*top_mode_step(x, y, label))
    assert after - squared_radius(x, y) == squared_radius_increment(x, y, label)


@given(x=rationals, y=rationals)
def test_four_separates_growth_from_decay(x, y):
    radius = squared_radius(x, y)
    increment = squared_radius_increment(x, y)
    assert increment == x**2 * y**2 * (radius - 4)
    assert increment * (radius - 4) >= 0


def test_a_radius_of_four_is_kept():
    x, y = Fraction(6, 5), Fraction(8, 5)
    for _ in range(5):
        x, y = top_mode_step(x, y)
        assert squared_radius(x, y) == 4
