"""Two layers of any width against transcriptions that know no formula of theirs."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import usually
from theory import Spectrum
from theory.bounds import two_layer_minimizer, wide_minimizer
from theory.errors import ParameterError
from theory.formulas.layered_model import layered_kernel, layered_loss, layered_residual
from theory.formulas.wide_model import wide_gradient, wide_imbalance, wide_imbalance_increment

seeds, widths = st.integers(0, 2**32 - 1), st.integers(1, 5)


def minimizer(seed, width):
    """Data, labels and weights at zero residual, on scales of their own."""
    source = np.random.default_rng(seed)
    samples, features = source.integers(1, 7, size=2)
    X = source.normal(size=(samples, features)) * np.exp(source.normal())
    W = source.normal(size=(width, features)) * np.exp(source.normal())
    a = source.normal(size=width) * np.exp(source.normal())
    return X, X @ W.T @ a, W, a


def sharpness_by_differences(X, y, W, a):
    """Top eigenvalue of the Hessian: the loss is a polynomial of degree 4, whose central differences are exact."""
    flat = np.concatenate([W.ravel(), a])

    def loss(point):
        return layered_loss(X, y, point[: W.size].reshape(W.shape), point[W.size :])

    steps = np.eye(len(flat)) * np.abs(flat).max()
    size = len(flat)
    hessian = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            far = [
                sum(sign * loss(flat + h * (steps[i] + other * steps[j])) for h, sign in ((1, 1), (-1, 1)))
                for other in (1, -1)
            ]
            near = [sum(loss(flat + h / 2 * (steps[i] + other * steps[j])) for h in (1, -1)) for other in (1, -1)]
            coarse, fine = (far[0] - far[1]) / 4, (near[0] - near[1])
            hessian[i, j] = (4 * fine - coarse) / 3 / steps[i, i] / steps[j, j]
    return np.linalg.eigvalsh(hessian)[-1]


@settings(max_examples=usually(20, thoroughly=500))
@given(seeds, widths)
def test_the_sharpness_at_a_minimizer_is_the_kernel_s_and_lies_within_the_bounds(seed, width):
    X, y, W, a = minimizer(seed, width)
    sharpness = sharpness_by_differences(X, y, W, a)
    assert sharpness == pytest.approx(np.linalg.eigvalsh(layered_kernel(X, W, a))[-1] / len(y), rel=1e-6)
    spectrum = Spectrum.from_data(X, y)
    eigenvalues = np.linalg.eigvalsh(wide_imbalance(spectrum, W, a))
    if width == 1:
        bounds = two_layer_minimizer(spectrum, float(eigenvalues[0]))
    else:
        bounds = wide_minimizer(spectrum, float(eigenvalues[0]), max(float(eigenvalues[-1]), 0.0))
    assert bounds.lower * (1 - 1e-6) <= sharpness <= bounds.upper * (1 + 1e-6)


def matrix(W, a):
    return W @ W.T - np.array([[one * other for other in a] for one in a])


@given(seeds, widths)
def test_one_step_moves_the_matrix_by_the_increment(seed, width):
    source = np.random.default_rng(seed)
    samples, features = map(int, source.integers(1, 4, size=2))

    def draw(*shape):
        numbers = [
            Fraction(int(p), int(q)) for p, q in zip(source.integers(-9, 9, 99), source.integers(1, 9, 99), strict=True)
        ]
        return np.array(numbers[: int(np.prod(shape))], dtype=object).reshape(shape)

    X, y, W, a, step_size = draw(samples, features), draw(samples), draw(width, features), draw(width), Fraction(1, 7)
    slope = sum(X[n] * (sum(a[b] * (W[b] @ X[n]) for b in range(width)) - y[n]) for n in range(samples)) / samples
    moved_first = np.array([[W[b, k] - step_size * a[b] * slope[k] for k in range(features)] for b in range(width)])
    moved_second = np.array([a[b] - step_size * (W[b] @ slope) for b in range(width)])
    first, second = wide_gradient(X.T @ layered_residual(X, y, W, a) / len(y), W, a)
    assert (W - step_size * first == moved_first).all()
    assert (a - step_size * second == moved_second).all()
    # The step lies in the row space: the rest of W does not move, and the projection can be left out.
    change = matrix(moved_first, moved_second) - matrix(W, a)
    assert (change == wide_imbalance_increment(slope, W, a, step_size)).all()


@pytest.mark.parametrize("seed", range(usually(3, thoroughly=100)))
def test_the_flow_ends_within_the_bounds_of_its_start(seed):
    source = np.random.default_rng(seed)
    X, width = source.normal(size=(4, 3)), 2 + seed % 3
    y, W, a = X @ source.normal(size=3), source.normal(size=(width, 3)), source.normal(size=width)
    spectrum = Spectrum.from_data(X, y)
    start = wide_imbalance(spectrum, W, a)
    eigenvalues = np.linalg.eigvalsh(start)
    bounds = wide_minimizer(spectrum, float(eigenvalues[0]), float(eigenvalues[-1]))
    while layered_loss(X, y, W, a) > 1e-9:
        step_size = 0.02 * len(y) / np.linalg.eigvalsh(layered_kernel(X, W, a))[-1]
        for _ in range(20):
            first, second = wide_gradient(X.T @ layered_residual(X, y, W, a) / len(y), W, a)
            W, a = W - step_size * first, a - step_size * second
    conserved = wide_imbalance(spectrum, W, a)
    assert np.abs(conserved - start).max() < 0.02 * np.abs(start).max()
    sharpness = np.linalg.eigvalsh(layered_kernel(X, W, a))[-1] / len(y)
    assert bounds.lower * 0.98 <= sharpness <= bounds.upper * 1.02


@pytest.mark.parametrize(("least", "greatest", "word"), [(-2.0, -1.0, "two_layer_minimizer"), (2.0, 1.0, "above")])
def test_eigenvalues_that_are_none_are_refused(least, greatest, word):
    with pytest.raises(ParameterError, match=word):
        wide_minimizer(Spectrum([2.0], [6.0], n_samples=1), least, greatest)


@settings(max_examples=usually(3, thoroughly=30))
@given(seeds)
def test_a_wide_network_that_starts_isotropic_is_one_neuron_for_all_time(seed):
    source = np.random.default_rng(seed)
    rank, alpha = int(source.integers(1, 4)), source.uniform(0.3, 1.5)
    X, y = source.normal(size=(rank + 2, rank)), source.normal(size=rank + 2)
    basis = np.linalg.qr(source.normal(size=(rank + 3, rank + 1)))[0]
    W, a = np.sqrt(alpha) * basis[:, :rank], source.uniform(0.2, 1.5) * basis[:, rank]
    u, v = np.zeros(rank), np.sqrt(alpha + a @ a)

    def slope(output):
        return X.T @ (output - y) / len(y)

    def rates(W, a, u, v):
        wide, one = slope(X @ W.T @ a), slope(v * X @ u)
        return -np.outer(a, wide), -W @ wide, -v * one, -u @ one

    for _ in range(400):  # Runge and Kutta's rule
        point = (W, a, u, v)
        first = rates(*point)
        second = rates(*(part + 0.005 * rate for part, rate in zip(point, first, strict=True)))
        third = rates(*(part + 0.005 * rate for part, rate in zip(point, second, strict=True)))
        fourth = rates(*(part + 0.01 * rate for part, rate in zip(point, third, strict=True)))
        slopes = zip(first, second, third, fourth, strict=True)
        W, a, u, v = (
            part + 0.01 / 6 * (p + 2 * q + 2 * r + s) for part, (p, q, r, s) in zip(point, slopes, strict=True)
        )
        assert X @ W.T @ a == pytest.approx(v * X @ u, abs=1e-7)
    assert np.linalg.norm(u) > 1e-3
    assert layered_kernel(X, W, a) == pytest.approx(v**2 * X @ X.T + np.outer(X @ u, X @ u), abs=1e-7)
