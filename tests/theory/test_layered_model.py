"""Linear networks of any depth and widths against their Jacobian, and Theorem 4.6 where their layers are balanced."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import usually
from theory import Spectrum
from theory.bounds import balanced_minimizer
from theory.formulas.layered_model import layered_kernel, layered_residual

seeds, depths = st.integers(0, 2**32 - 1), st.integers(2, 5)


def data(source):
    samples, features = source.integers(1, 6, size=2)
    return source.normal(size=(samples, features)) * np.exp(source.normal())


def sizes(source, X, depth):
    return [X.shape[1], *source.integers(1, 5, size=depth - 1), 1]


def balanced(source, X, depth):
    """Rank-one layers of one singular value, aligned with their neighbours; the first has a part that the data miss."""
    size, (*hidden, _) = np.exp(source.normal()), sizes(source, X, depth)
    seen = X.T @ source.normal(size=len(X))
    units = [seen / np.linalg.norm(seen)]
    units += [(v := source.normal(size=h)) / np.linalg.norm(v) for h in hidden[1:]]
    layers = [size * np.outer(after, before) for before, after in pairwise(units)]
    layers[0] = layers[0] + source.normal(size=layers[0].shape) @ (np.eye(X.shape[1]) - np.linalg.pinv(X) @ X)
    return [*layers, size * units[-1]]


def jacobian(X, layers):
    """Columns for every weight: the outputs are affine in each of them, so that differences are exact."""
    outputs = layered_residual(X, 0, *layers)
    columns = []
    for layer in layers:
        for place in np.ndindex(layer.shape):
            before = layer[place]
            layer[place] = before + 1.0
            columns.append(layered_residual(X, 0, *layers) - outputs)
            layer[place] = before
    return np.array(columns).T


@settings(max_examples=usually(20, thoroughly=500))
@given(seeds, depths)
def test_the_kernel_is_that_of_the_jacobian(seed, depth):
    source = np.random.default_rng(seed)
    X = data(source)
    shapes = sizes(source, X, depth)
    layers = [source.normal(size=(after, before)) for before, after in pairwise(shapes)]
    layers[-1] = layers[-1][0]
    J = jacobian(X, layers)
    assert layered_kernel(X, *layers) == pytest.approx(J @ J.T, rel=1e-7, abs=1e-9 * (J @ J.T).max())


@settings(max_examples=usually(20, thoroughly=500))
@given(seeds, depths)
def test_a_balanced_minimizer_of_any_widths_has_the_kernel_of_theorem_4_6(seed, depth):
    source = np.random.default_rng(seed)
    X = data(source)
    layers = balanced(source, X, depth)
    y = layered_residual(X, 0, *layers)
    spectrum = Spectrum.from_data(X, y)
    difficulty = float(spectrum.difficulty)
    J = jacobian(X, layers)
    first, second = difficulty ** ((depth - 1) / depth), (depth - 1) * difficulty ** (-1 / depth)
    assert pytest.approx(first * X @ X.T + second * np.outer(y, y), rel=1e-6, abs=1e-8 * (J @ J.T).max()) == J @ J.T
    bounds = balanced_minimizer(spectrum, depth)
    sharpness = np.linalg.eigvalsh(J @ J.T)[-1] / len(X)
    assert bounds.lower * (1 - 1e-7) <= sharpness <= bounds.upper * (1 + 1e-7)
