"""The gradient of the Hessian's form at fixed direction, against an exact derivative of the form itself."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory.formulas.deep_model import reduced_hessian
from theory.formulas.self_stabilization import two_layer_sharpness_gradient
from theory.formulas.sharpness_gradient import Direction, across, progressive_sharpening, sharpness_gradient
from theory.spectrum import Spectrum

rationals = st.fractions(min_value=-3, max_value=3, max_denominator=8)


def draw_vector(draw, size):
    return np.array([draw(rationals) for _ in range(size)], dtype=object)


@st.composite
def states(draw):
    rank, layers = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    positive = st.fractions(min_value=Fraction(1, 8), max_value=3, max_denominator=8)
    s = np.array(sorted((draw(positive) for _ in range(rank)), reverse=True), dtype=object)
    d = draw_vector(draw, rank)
    d[0] = d[0] or Fraction(1)
    sizes = (rank, layers, rank, layers, rank, layers)
    return s, d, draw(st.integers(1, 9)), *(draw_vector(draw, size) for size in sizes)


def form(s, d, n, c, v, a, b):
    """`h^T H h`, from the Hessian's blocks."""
    blocks = reduced_hessian(Spectrum(list(s), list(d), n_samples=n), c, v)
    return (blocks.diagonal * a * a).sum() + 2 * (a @ blocks.border @ b) + b @ blocks.corner @ b


def slope_at_zero(polynomial, degree):
    """Derivative at 0 of a polynomial, exactly, from its values at `degree + 1` points (Lagrange)."""
    points = [Fraction(k - degree // 2) for k in range(degree + 1)]
    total = Fraction(0)
    for at in points:
        others = [p for p in points if p != at]
        weight = Fraction(1)
        for other in others:
            weight /= at - other
        slope = sum((np.prod([-p for p in others if p != left] or [Fraction(1)]) for left in others), Fraction(0))
        total += polynomial(at) * weight * slope
    return total


@pytest.mark.slow
@given(state=states())
def test_the_gradient_is_the_derivative_of_the_form(state):
    s, d, n, c, v, a, b, move_c, move_v = state
    found = sharpness_gradient(s, d, n, c, v, Direction(a, b)).dot(Direction(move_c, move_v))
    degree = 2 * (len(v) + 1)
    assert found == slope_at_zero(lambda t: form(s, d, n, c + move_c * t, v + move_v * t, a, b), degree)


@pytest.mark.slow
@given(state=states())
def test_at_depth_two_it_is_the_gradient_in_the_weights(state):
    s, d, n, c, v, a, b, *_ = state
    v, b = v[:1], b[:1]
    X = np.zeros((n + len(s), len(s)), dtype=object)
    X[: len(s)] = np.diag(s)
    y = np.concatenate([d, np.zeros(n, dtype=object)])
    first, second = two_layer_sharpness_gradient(X, y, c, v[0], (a, b[0]))
    found = sharpness_gradient(s, d, n + len(s), c, v, Direction(a, b))
    assert (list(found.first_layer), list(found.later_layers)) == (list(first), [second])


@pytest.mark.slow
@given(state=states())
def test_parts_across_are_orthogonal_and_alpha_is_the_product(state):
    *_, c, v, _, _, a, b = state
    unit = Direction(np.eye(len(c), dtype=object)[0], v * 0)
    rest = across(Direction(c, v), unit)
    assert rest.dot(unit) == 0
    assert progressive_sharpening(Direction(c, v), Direction(a, b)) == -(c @ a) - (v @ b)
