"""Bounds at any widths and depth: against minimizers that were made, not found, and against the paper's at balance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.networks.layer_bounds import layer_bounds
from theory import Spectrum
from theory.bounds import balanced_minimizer
from theory.errors import ParameterError


def kernel(X, layers):
    """`sum_j ||W_D ... W_(j+1)||^2 X A^T A X^T`, `A = W_(j-1) ... W_1`, written out."""
    found = np.zeros((len(X), len(X)))
    for j in range(len(layers)):
        before = X
        for matrix in layers[:j]:
            before = before @ matrix.T
        after = np.eye(1)
        for matrix in layers[:j:-1]:
            after = after @ matrix
        found += np.sum(after**2) * before @ before.T
    return found


@given(st.integers(2, 5), st.integers(1, 4), st.integers(1, 3), st.floats(0, 1), st.integers(0, 10**6))
def test_every_minimizer_lies_between_its_bounds(depth, width, inputs, spread, seed):
    rng = np.random.default_rng(seed)
    shapes = list(zip([*[width] * (depth - 1), 1], [inputs, *[width] * (depth - 1)], strict=True))
    layers = [rng.normal(size=shape) for shape in shapes]
    if spread < 0.3:  # close to balance, where the bounds are narrow
        units = [v / np.linalg.norm(v) for v in (rng.normal(size=k) for k in (inputs, *[width] * (depth - 1)))]
        units.append(np.ones(1))
        layers = [np.outer(units[j + 1], units[j]) + spread * layers[j] for j in range(depth)]
    X = rng.normal(size=(inputs + 1, inputs))
    solution = layers[0]
    for matrix in layers[1:]:
        solution = matrix @ solution
    conserved = [layers[j] @ layers[j].T - layers[j + 1].T @ layers[j + 1] for j in range(depth - 1)]
    values = [np.linalg.eigvalsh(matrix) for matrix in conserved]
    spectrum = Spectrum.from_data(X, X @ solution[0])
    bounds = layer_bounds(spectrum, [float(v[0]) for v in values], [float(v[-1]) for v in values])
    sharpness = np.linalg.eigvalsh(kernel(X, layers))[-1] / len(X)
    assert bounds.lower <= sharpness * (1 + 1e-9)
    assert sharpness <= bounds.upper * (1 + 1e-9)


@given(st.integers(2, 5), st.floats(0.01, 100))
def test_at_balance_the_lower_bound_is_the_papers(depth, size):
    spectrum = Spectrum([3.0, 1.0], [size, size], n_samples=4)
    bounds = layer_bounds(spectrum, [0.0] * (depth - 1), [0.0] * (depth - 1))
    assert bounds.lower == pytest.approx(balanced_minimizer(spectrum, depth).lower, rel=1e-12)


def test_what_is_no_pair_of_bounds_is_refused():
    spectrum = Spectrum([1.0], [1.0], n_samples=1)
    for least, greatest in (([1.0], [0.0]), ([], []), ([0.0], [1.0, 2.0])):
        with pytest.raises(ParameterError, match="for each pair of neighbours"):
            layer_bounds(spectrum, least, greatest)
