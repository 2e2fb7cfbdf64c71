"""The largest eigenvalues by Lanczos' iteration, and numbers that are refused."""

import numpy as np
import pytest

from numerics.networks.lanczos import largest_eigenvalues
from theory.errors import NotConvergedError, NotFiniteError, ParameterError


def test_values_and_residuals_are_those_of_the_matrix():
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(200, 200))
    matrix = matrix + matrix.T
    found = largest_eigenvalues(lambda v: matrix @ v, 200, 4)
    assert np.allclose(found.values, np.linalg.eigvalsh(matrix)[::-1][:4], rtol=1e-10)
    rest = matrix @ found.vectors.T - found.vectors.T * found.values
    assert np.allclose(found.residuals, np.linalg.norm(rest, axis=0), atol=1e-12)
    assert found.residuals.max() < 1e-5


def test_an_operator_that_is_not_symmetric_has_no_number():
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(200, 200))
    with pytest.raises(NotConvergedError, match=r"residual|did not converge"):
        largest_eigenvalues(lambda v: matrix @ v, 200)


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(ParameterError, match="there are 3"):
        largest_eigenvalues(lambda v: v, 3, 4)
    with pytest.raises(NotFiniteError, match="leaves the range"):
        largest_eigenvalues(lambda v: v * np.inf, 3)


@pytest.mark.parametrize("tolerance", [float("nan"), 0.0, -1e-3, 1.0, float("inf")])
def test_a_tolerance_that_is_none_is_refused(tolerance):
    with pytest.raises(ParameterError, match="the tolerance is"):
        largest_eigenvalues(lambda v: v, 3, 1, tolerance)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("noise", [1e-7, 1e-5])
def test_no_residual_is_larger_than_asked(count, noise):
    """Products with noise, as in single precision: what the iteration says of itself is not what is true."""
    values, random = np.linspace(-1.0, 4.0, 400), np.random.default_rng(0)

    def product(v):
        return values * v + noise * random.normal(size=400) / 20 * np.linalg.norm(v)

    try:
        found = largest_eigenvalues(product, 400, count, 1e-6)
    except NotConvergedError:
        assert noise == 1e-5
    else:
        assert noise == 1e-7
        assert found.residuals.max() <= 1e-6 * 4.0


def test_a_start_near_another_eigenvector_finds_the_largest_eigenvalue():
    values, near = np.zeros(200_000), np.zeros(200_000)
    values[:2], near[1] = (2.0, 1.0), 1.0
    found = largest_eigenvalues(lambda v: values * v, 200_000, 1, 1e-4, near)
    assert found.values[0] == pytest.approx(2.0, abs=1e-6)


def test_a_long_vector_of_single_precision_is_a_unit_vector():
    """So that no Rayleigh quotient is above the greatest eigenvalue: BLAS adds millions of squares to 1e-4."""
    top = np.sin(np.arange(3e6))
    top /= np.linalg.norm(top)
    single = top.astype(np.float32)
    found = largest_eigenvalues(lambda v: single * np.float32(2 * top @ v), len(top), 1, 1e-4, single)
    assert np.linalg.norm(found.vectors[0].astype(np.float64)) == pytest.approx(1.0, abs=5e-7)
    assert found.values[0] == pytest.approx(2.0, abs=1e-6)
