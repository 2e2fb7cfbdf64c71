"""A balanced network of any depth, entry by entry in plain NumPy: what its statement assumes, and what it claims."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import usually
from theory.bounds import balanced_minimizer
from theory.spectrum import Spectrum


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


@st.composite
def networks(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Data, labels in its column space, and the layers of a balanced minimizer of widths that differ."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    samples, features = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    widths = [draw(st.integers(1, 4)) for _ in range(draw(st.integers(2, 6)))]
    X = rng.normal(size=(samples, features))
    y = X @ rng.normal(size=features)
    least = np.linalg.pinv(X) @ y  # the smallest weights of one layer that fit
    size = np.linalg.norm(least) ** (2 / (len(widths) + 1))  # V = Q^(1/D)
    directions = [unit(rng.normal(size=width)) for width in widths]
    first = np.sqrt(size) * np.outer(directions[0], unit(least))
    beside = rng.normal(size=(widths[0], features))
    first = first + beside - beside @ np.linalg.pinv(X) @ X  # what no datum sees
    square = [np.sqrt(size) * np.outer(b, a) for a, b in pairwise(directions)]
    return X, y, [first, *square, np.sqrt(size) * directions[-1][None, :]]


def outputs(X: np.ndarray, layers: list[np.ndarray]) -> np.ndarray:
    for layer in layers:
        X = X @ layer.T
    return X[:, 0]


def sharpness(X: np.ndarray, layers: list[np.ndarray]) -> float:
    """The top eigenvalue of the Hessian at zero residual, from outputs with one weight moved at a time."""
    columns = []
    for place, layer in enumerate(layers):
        for entry in np.ndindex(*layer.shape):  # outputs are linear in one weight
            moved = [one.copy() for one in layers]
            moved[place][entry] += 1
            columns.append(outputs(X, moved) - outputs(X, layers))
    slopes = np.array(columns)
    return float(np.linalg.eigvalsh(slopes.T @ slopes)[-1]) / len(X)


@settings(max_examples=usually(20, thoroughly=500))
@given(networks())
def test_what_is_claimed_of_balanced_networks_holds_for_numbers(network):
    X, y, layers = network
    depth, projection = len(layers), np.linalg.pinv(X) @ X
    given_to = [X]
    for layer in layers[:-1]:
        given_to.append(given_to[-1] @ layer.T)
    later = [np.ones(1)]
    for layer in reversed(layers[1:]):
        later.insert(0, layer.T @ later[0])
    np.testing.assert_allclose(outputs(X, layers), y, rtol=1e-8, atol=1e-9)
    seen = [layers[0] @ projection, *layers[1:]]
    for before, after in pairwise(seen):
        np.testing.assert_allclose(after.T @ after, before @ before.T, rtol=1e-8, atol=1e-9)

    size = float(np.sum(layers[-1] ** 2))
    spectrum = Spectrum.from_data(X, y)
    assert size**depth == pytest.approx(spectrum.difficulty, rel=1e-7)
    for layer, start, end in zip(layers[1:-1], later, later[1:], strict=False):
        np.testing.assert_allclose(layer * (end @ end), np.outer(end, start), rtol=1e-7, atol=1e-9)
    parts = (after @ after * (part @ part.T) for part, after in zip(given_to, later, strict=True))
    kernel = sum(parts, start=np.zeros((len(X), len(X))))
    closed = size ** (depth - 1) * (X @ X.T) + (depth - 1) / size * np.outer(y, y)
    np.testing.assert_allclose(kernel, closed, rtol=1e-7, atol=1e-8 * np.abs(closed).max())
    bounds = balanced_minimizer(spectrum, depth)
    found = sharpness(X, layers)
    assert bounds.lower * (1 - 1e-7) <= found <= bounds.upper * (1 + 1e-7)
