import itertools

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
            assert np.allclose(other.label_coefficients, first.label_coefficients, atol=1e-11)
