"""The escape region, with exact rationals and a gradient step written out anew."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from theory.formulas.escape import escape_margin, loss_floor, sharpness_floor

numbers = st.fractions(-6, 6, max_denominator=20)
positive = st.fractions(Fraction(1, 20), 6, max_denominator=20)


def product(values):
    result = Fraction(1)
    for value in values:
        result *= value
    return result


def after_a_step(s, d, c, v, rate):
    """`(c, v)` after a step down the gradient of `sum (s_i c_i P - d_i)^2 / 2`, times the rate."""
    P = product(v)
    z = [si * ci * P - di for si, ci, di in zip(s, c, d, strict=True)]
    pull = sum(si * ci * zi for si, ci, zi in zip(s, c, z, strict=True))
    return (
        [ci - rate * si * P * zi for si, ci, zi in zip(s, c, z, strict=True)],
        [vj - rate * product(v[:j] + v[j + 1 :]) * pull for j, vj in enumerate(v)],
    )


def margins(s, d, c, v, rate):
    output = s[0] * c[0] * product(v)
    return [escape_margin(output, sum(x * x for x in d), weight, rate) for weight in (c[0], *v)]


@st.composite
def in_the_region(draw, n_layers=1):
    """Data of rank 1 to 3 and weights in the region, one of them at its very border as often as not."""
    rank = draw(st.integers(1, 3))
    s = sorted(draw(st.lists(positive, min_size=rank, max_size=rank)), reverse=True)
    d = draw(st.lists(numbers, min_size=rank, max_size=rank))
    c = draw(st.lists(numbers, min_size=rank, max_size=rank))
    v = draw(st.lists(numbers, min_size=n_layers, max_size=n_layers))
    room = (s[0] * c[0] * product(v)) ** 2 - sum(x * x for x in d)
    assume(room > 0)
    least = 6 * max(w * w for w in (c[0], *v)) / room
    return s, d, c, v, least + draw(st.sampled_from([Fraction(0), Fraction(1, 7), Fraction(3)]))


@pytest.mark.slow
@given(in_the_region())
def test_two_layers_double_and_stay(start):
    s, d, c, v, rate = start
    for _ in range(3):
        before = (c[0], *v)
        c, v = after_a_step(s, d, c, v, rate)
        assert all(abs(new) >= 2 * abs(old) for new, old in zip((c[0], *v), before, strict=True))
        assert all(margin >= 0 for margin in margins(s, d, c, v, rate))


@pytest.mark.slow
@given(st.integers(2, 3).flatmap(in_the_region))
def test_more_layers_double_and_stay(start):
    s, d, c, v, rate = start
    before = (c[0], *v)
    c, v = after_a_step(s, d, c, v, rate)
    assert all(abs(new) >= 2 * abs(old) for new, old in zip((c[0], *v), before, strict=True))
    assert all(margin >= 0 for margin in margins(s, d, c, v, rate))


def test_six_cannot_be_five():
    """With `h (b^2 - ||y||^2) = 5 w^2` and the label next to the output, a step does less than double."""
    s, d, c, v = [Fraction(1)], [Fraction(99, 25)], [Fraction(2)], [Fraction(2)]
    rate = 5 * Fraction(4) / (16 - d[0] ** 2)
    assert all(margin == -4 for margin in margins(s, d, c, v, rate))
    (moved,), _ = after_a_step(s, d, c, v, rate)
    assert abs(moved) < 2 * abs(c[0])


@pytest.mark.slow
@given(st.integers(1, 3).flatmap(in_the_region), st.integers(1, 9))
def test_the_floors_are_below_and_grow(start, n_samples):
    s, d, c, v, rate = start
    P, labels = product(v), sum(x * x for x in d)
    loss = sum((si * ci * P - di) ** 2 for si, ci, di in zip(s, c, d, strict=True)) / (2 * n_samples)
    assert loss_floor(s[0] * c[0] * P, labels, n_samples) <= loss
    # The loss along c_1 alone is a parabola: its second difference is the curvature there.
    along = [(s[0] * (c[0] + t) * P - d[0]) ** 2 / (2 * n_samples) for t in (-1, 0, 1)]
    assert sharpness_floor(s[0], P, n_samples) == along[0] - 2 * along[1] + along[2]
    assert rate * n_samples * sharpness_floor(s[0], P, n_samples) >= 6
    c, v = after_a_step(s, d, c, v, rate)
    assert sharpness_floor(s[0], product(v), n_samples) > sharpness_floor(s[0], P, n_samples)
    assert loss_floor(s[0] * c[0] * product(v), labels, n_samples) > loss_floor(s[0] * c[0] * P, labels, n_samples)


def test_the_region_of_the_blow_up_of_the_appendix():
    """On the data of Appendix D.1 with 2/eta = 0.8, |c_1| >= 3 and |v| >= 3 suffice."""
    s, d = [Fraction(5477, 1000), Fraction(233, 1000)], [Fraction(3, 10), Fraction(1414, 1000)]
    rate = Fraction(5, 2) / 100
    for c, v in ((3, 3), (3, 1000), (1000, -3)):
        assert all(margin > 0 for margin in margins(s, d, [Fraction(c), Fraction(0)], [Fraction(v)], rate))
    assert min(margins(s, d, [Fraction(14, 5), Fraction(0)], [Fraction(14, 5)], rate)) < 0
