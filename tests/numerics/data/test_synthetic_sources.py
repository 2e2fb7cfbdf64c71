from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from numerics.data import load
from theory import Spectrum
from theory.errors import ParameterError

POSITIVE = st.decimals("0.001", "1000", places=3)
ANY = st.decimals("-1000", "1000", places=3)


@settings(deadline=None)
@given(n=st.integers(2, 40), values=st.tuples(POSITIVE, POSITIVE), coefficients=st.tuples(ANY, ANY))
@example(n=100, values=("5.477", "0.233"), coefficients=("0.3", "1.414"))
@example(n=2, values=("1", "1"), coefficients=("0", "1"))
def test_minimal_data_have_the_spectrum_that_was_asked_for(n, values, coefficients):
    s = sorted((Fraction(value) for value in values), reverse=True)
    d = [Fraction(value) for value in coefficients]
    data = load(f"minimal:{n},{','.join(str(Fraction(x)) for x in (*s, *d))}")
    assert data.exact_singular_values == tuple(s)
    assert data.exact_label_coefficients == tuple(d)
    assert data.X.shape == (n, 2)
    if d == [0, 0]:
        assert not data.y.any()
        return
    spectrum = Spectrum.from_data(data.X, data.y)
    np.testing.assert_allclose(spectrum.singular_values, [float(x) for x in s], rtol=4e-15)
    assert spectrum.label_residual_share < 1e-28
    size = float(sum(x * x for x in d)) ** 0.5
    if s[0] != s[1]:
        found = np.abs(np.asarray(spectrum.label_coefficients, dtype=float))
        np.testing.assert_allclose(found, [abs(float(x)) for x in d], rtol=4e-15, atol=4e-15 * size)
    assert spectrum.difficulty == pytest.approx(
        float(sum(x * x / (y * y) for x, y in zip(d, s, strict=True))), rel=2e-14
    )


def test_minimal_data_keep_singular_values_that_lie_far_apart():
    data = load("minimal:10,1e6,1e-6,1,1")
    spectrum = Spectrum.from_data(data.X, data.y)
    np.testing.assert_allclose(spectrum.singular_values, [1e6, 1e-6], rtol=4e-15)


def test_minimal_numbers_are_exact_decimals_or_quotients():
    data = load("minimal:100, 5.477, 2.33e-1, 1/3, -1.414")
    assert data.exact_singular_values == (Fraction(5477, 1000), Fraction(233, 1000))
    assert data.exact_label_coefficients == (Fraction(1, 3), Fraction(-1414, 1000))
    assert load("gaussian:3,2").exact_singular_values is None


def test_a_subset_of_minimal_data_would_have_another_spectrum():
    assert load("minimal:10,2,1,1,1", samples=10).n_samples == 10
    with pytest.raises(ParameterError, match=r"write minimal:4,\.\.\."):
        load("minimal:10,2,1,1,1", samples=4)


def test_gaussian_data_come_from_the_seed():
    first, again, other = (load("gaussian:400,30", seed=seed) for seed in (3, 3, 4))
    assert first.X.tolist() == again.X.tolist()
    assert first.y.tolist() == again.y.tolist()
    assert first.X.tolist() != other.X.tolist()
    assert first.X.shape == (400, 30)
    numbers = np.concatenate([first.X.ravel(), first.y])
    assert abs(numbers.mean()) < 5 / np.sqrt(numbers.size)
    assert abs(numbers.var() - 1) < 5 * np.sqrt(2 / numbers.size)


def test_a_subset_of_gaussian_data_is_rows_of_the_whole():
    whole, part = load("gaussian:40,3", seed=5), load("gaussian:40,3", samples=7, seed=5)
    rows = {(*row, label) for row, label in zip(map(tuple, whole.X), whole.y, strict=True)}
    assert len({(*row, label) for row, label in zip(map(tuple, part.X), part.y, strict=True)} & rows) == 7


@pytest.mark.parametrize("labels", ["0.3,1.414", "-0.3,1.414", "0.3,-1.414", "0,-2"])
@pytest.mark.parametrize("values", ["5.477,0.233", "2,2"])
def test_the_exact_spectrum_is_that_of_the_data_signs_included(values, labels):
    data = load(f"minimal:10,{values},{labels}")
    spectrum = data.spectrum()
    right = np.asarray(spectrum.right_singular_vectors)
    left = data.X @ right.T / np.array(spectrum.singular_values, dtype=float)
    assert np.allclose(left.T @ left, np.eye(2))
    assert np.allclose(left.T @ data.y, np.array(spectrum.label_coefficients, dtype=float))


@pytest.mark.parametrize("labels", ["0.3,1.414", "-0.3,1.414", "0.3,-1.414"])
def test_the_rounded_data_have_the_signs_of_the_exact_spectrum(labels):
    data = load(f"minimal:10,5.477,0.233,{labels}")
    found, exact = Spectrum.from_data(data.X, data.y), data.spectrum()
    assert np.allclose(found.label_coefficients, np.array(exact.label_coefficients, dtype=float), rtol=1e-14)
    assert np.allclose(found.right_singular_vectors, exact.right_singular_vectors, atol=1e-14)
