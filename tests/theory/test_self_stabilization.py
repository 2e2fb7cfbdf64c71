import numpy as np
import pytest

from theory.formulas.model import two_layer_hessian
from theory.formulas.self_stabilization import (
    local_gradient,
    self_stabilization_step,
    two_layer_quadratic_form,
    two_layer_sharpness_gradient,
)


def data():
    source = np.random.default_rng(3)
    return source.normal(size=(5, 3)), source.normal(size=5), source.normal(size=3), 0.8


def test_the_quadratic_form_is_that_of_the_hessian():
    X, y, u, v = data()
    direction = np.array([0.3, -0.5, 0.2, 0.7])
    expected = direction @ two_layer_hessian(X, y, u, v) @ direction
    assert two_layer_quadratic_form(X, y, u, v, (direction[:3], direction[3])) == pytest.approx(expected, rel=1e-12)


def test_the_sharpness_gradient_is_that_of_the_top_eigenvalue():
    X, y, u, v = data()

    def sharpness(weights):
        return np.linalg.eigvalsh(two_layer_hessian(X, y, weights[:3], weights[3]))[-1]

    _, vectors = np.linalg.eigh(two_layer_hessian(X, y, u, v))
    top = vectors[:, -1]
    first, second = two_layer_sharpness_gradient(X, y, u, v, (top[:3], top[3]))
    step, weights = 1e-6, np.append(u, v)
    for k, expected in enumerate([*first, second]):
        move = step * np.eye(4)[k]
        change = (sharpness(weights + move) - sharpness(weights - move)) / (2 * step)
        assert change == pytest.approx(expected, abs=1e-6)


def test_the_map_is_a_step_with_the_local_gradient():
    e, g, G = np.array([1.0, 0.0, 0.0]), np.array([0.0, 2.0, -1.0]), np.array([0.0, 0.5, 3.0])
    theta, step_size = np.array([0.3, -0.2, 0.1]), 0.4
    x, excess = e @ theta, G @ theta
    after = theta - step_size * local_gradient(g, e, G, x, 2 / step_size + excess)
    expected = self_stabilization_step(x, excess, step_size, alpha=-(g @ G), beta=G @ G)
    assert (e @ after, G @ after) == pytest.approx(expected, rel=1e-12)


def test_the_cycle_of_period_two():
    assert self_stabilization_step(*self_stabilization_step(2.0, 0.0, 0.1, 6.0, 3.0), 0.1, 6.0, 3.0) == (2.0, 0.0)
