"""How far weights can grow in a step, on random exact data; and starts that do what tempting sentences rule out."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from theory.formulas.blow_up import (
    drifting_radius_increment,
    next_difference,
    next_product,
    squared_radius,
    top_mode_step,
)
from theory.formulas.growth import margin_loss, squared_size, squared_size_increment, squared_size_increment_bound

rationals = st.fractions(min_value=-4, max_value=4, max_denominator=20)
positives = st.fractions(min_value=Fraction(1, 10), max_value=4, max_denominator=10)


@st.composite
def steps(draw):
    """Diagonal data, whose modes are their own features, with a step of gradient descent written out in numbers."""
    rank, extra = draw(st.integers(1, 3)), draw(st.integers(0, 1))
    values = sorted((draw(positives) for _ in range(rank)), reverse=True)
    size = rank + extra
    X = np.array([[values[i] if i == k else Fraction(0) for k in range(rank)] for i in range(size)], dtype=object)
    y, u = (np.array([draw(rationals) for _ in range(n)], dtype=object) for n in (size, rank))
    v, step_size = draw(rationals), draw(positives)
    after = [0] * rank, v
    for i in range(rank):
        z = v * values[i] * u[i] - y[i]
        after[0][i] = u[i] - step_size / size * v * values[i] * z
        after = after[0], after[1] - step_size / size * values[i] * u[i] * z
    return X, y, u, v, step_size, values[0], np.array(after[0], dtype=object), after[1]


@pytest.mark.slow
@given(case=steps())
def test_the_increment_of_the_size_and_its_bound(case):
    X, y, u, v, step_size, top, next_u, next_v = case
    size, moved = squared_size(u, v), squared_size(next_u, next_v) - squared_size(u, v)
    assert moved == squared_size_increment(X, y, u, v, step_size)
    rate = step_size * top**2 / len(X)
    assert moved <= squared_size_increment_bound(X, y, u, v, step_size, rate, size)
    margin = 4 - rate * size
    if margin > 0:
        left = 4 - rate * (size + moved)
        lost = margin_loss(margin, (y * y).sum(), step_size, len(X), rate)
        assert left >= margin - lost
        assert left**2 >= margin**2 - 2 * margin * lost
        if not any(y):
            assert moved <= 0


@given(x=rationals, y=rationals, label=rationals, drift=rationals)
def test_a_drift_moves_the_second_layer_after_the_step(x, y, label, drift):
    first, second = top_mode_step(x, y, label)
    moved = squared_radius(first, second + drift) - squared_radius(x, y)
    assert moved == drifting_radius_increment(x, y, label, drift)


@given(x=rationals, y=rationals)
def test_difference_and_product_after_a_step(x, y):
    first, second = top_mode_step(x, y)
    assert first**2 - second**2 == next_difference(x, y)
    assert first * second == next_product(x, y)


def test_outside_the_circle_not_every_start_blows_up():
    x, y = Fraction(1), Fraction(2)
    for _ in range(5):
        x, y = top_mode_step(x, y)
    assert (x, y) == (-3, 0)


def test_with_labels_the_ball_is_left():
    """Beside an unstable minimizer with `R` just under 4, the residual grows and takes `R` past 4."""
    label, x, y = Fraction(1, 10), Fraction(49, 1000), Fraction(199, 100)
    assert squared_radius(x, y) < 4
    radii = []
    for _ in range(6):
        x, y = top_mode_step(x, y, label)
        radii.append(squared_radius(x, y))
    assert max(radii) > 4


def test_without_labels_two_modes_blow_up_from_a_sharpness_of_nine_quarters():
    """`s = (1, 1/100)`, `c = (1/1000, 150)`, `v = 1/10`, `N = eta = 1`, in balls: `|v|`, `|c_1|` pass 2^100."""
    hessian = np.array([[0.01, 0, 2e-4], [0, 1e-6, 2 * 0.1 * 1e-4 * 150], [2e-4, 2 * 0.1 * 1e-4 * 150, 2.25 + 1e-6]])
    assert 2.25 < np.linalg.eigvalsh(hessian)[-1] < 2.2501
    before = ctx.prec
    ctx.prec = 4000
    try:
        top, small, v, s = arb(1) / 1000, arb(150), arb(1) / 10, arb(1) / 100
        for _ in range(25):
            output = top**2 + (s * small) ** 2
            top, small, v = top * (1 - v**2), small * (1 - (s * v) ** 2), v * (1 - output)
            if abs(v) > arb(2) ** 100 and abs(top) > arb(2) ** 100:
                break
        else:
            pytest.fail("no blow-up within 25 steps")
    finally:
        ctx.prec = before
