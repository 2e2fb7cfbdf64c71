import itertools

import mpmath
import numpy as np
import pytest

from theory import Spectrum


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("shape", [(4, 2), (3, 3), (2, 4)])
def test_the_decomposition_is_the_same_for_every_order_of_rows_and_columns(seed, shape):
    random = np.random.default_rng(seed)
    X, y = random.integers(-3, 4, shape).astype(float), random.integers(-3, 4, shape[0]).astype(float)
    X[0, 0] = 7  # neither 0 nor of tied singular values
    first = Spectrum.from_data(X, y)
    gaps = np.diff(first.singular_values)
    assert not len(gaps) or np.abs(gaps).min() > 1e-3
    for rows in itertools.permutations(range(shape[0])):
        for columns in itertools.permutations(range(shape[1])):
            other = Spectrum.from_data(X[np.ix_(rows, columns)], y[list(rows)])
            assert np.array_equal(other.singular_values, first.singular_values)
            assert np.array_equal(other.label_coefficients, first.label_coefficients)


def test_tied_singular_values_do_not_depend_on_the_order_of_rows():
    X = np.array([[1.0, 1, 0], [1, -1, 0], [0, 0, 3], [1, 0, 0], [0, 1, 0]])
    y = np.array([2.0, 5, 1, 1, -3])
    first = Spectrum.from_data(X, y)
    assert first.singular_values[1] == first.singular_values[2]
    assert first.label_coefficients[2] == 0
    for rows in itertools.permutations(range(5)):
        other = Spectrum.from_data(X[list(rows)], y[list(rows)])
        assert np.allclose(other.label_coefficients, first.label_coefficients, rtol=0, atol=1e-14)
        right, s = other.right_singular_vectors, other.singular_values
        left = X[list(rows)] @ right.T / s
        assert np.allclose(left.T @ left, np.eye(3))
        assert np.allclose(left.T @ y[list(rows)], other.label_coefficients)


def test_float64_is_not_asked_where_it_cannot_answer():
    X = np.array([[1.0, 1 + 2.0**-50], [1.0, 1.0]])  # the second singular value is about 2^-51
    y = np.array([1.0, 2.0])
    spectrum = Spectrum.from_data(X, y)
    assert float(np.prod(spectrum.singular_values)) == pytest.approx(2.0**-50, rel=1e-15)  # the determinant
    assert spectrum.label_residual_share == 0


def test_the_same_data_in_the_numbers_of_mpmath():
    context = mpmath.MPContext()
    context.prec = 300
    X, y = [[3, 1], [1, 2], [4, 7]], [1, 5, 2]
    exact = Spectrum.from_data([[context.mpf(x) for x in row] for row in X], [context.mpf(x) for x in y])
    rounded = Spectrum.from_data(X, y)
    assert np.allclose(rounded.label_coefficients, exact.label_coefficients.astype(float), rtol=1e-14)
    assert np.allclose(rounded.right_singular_vectors, exact.right_singular_vectors.astype(float), atol=1e-15)
    s1, s2 = exact.singular_values
    assert abs(s1**2 * s2**2 - (26 * 54 - 33**2)) < context.mpf(2) ** -280  # the determinant of X^T X
