"""Single precision and a start near the answer change how long networks take, and no number beyond what is asked."""

import numpy as np
import pytest

from numerics.arithmetic import Float32, Float64
from numerics.networks.activations import activation
from numerics.networks.gradient_flow import gradient_flow, kernel_sharpness
from numerics.networks.hessian import HessianProduct, top_of_hessian
from numerics.networks.lanczos import largest_eigenvalues
from numerics.networks.network import Network
from numerics.networks.passes import backward, forward, linear_gradient, pull_back
from numerics.networks.starts import start

RANDOM = np.random.default_rng(0)
X, Y = RANDOM.normal(size=(9, 12)), np.sign(RANDOM.normal(size=9))


@pytest.mark.parametrize("name", ["identity", "tanh", "elu"])
def test_flow_in_float32_ends_where_it_ends_in_float64(name):
    weights = start("default", np.eye(12), (12, 10), 0)
    wide = gradient_flow(X, Y, weights, name, loss=1e-3)
    single = gradient_flow(X.astype(np.float32), Y, weights, name, loss=1e-3)
    assert {matrix.dtype for matrix in single.weights} == {np.dtype(np.float32)}
    assert single.sharpness == pytest.approx(wide.sharpness, rel=1e-4)
    assert kernel_sharpness(X.astype(np.float32), single.weights, name) == pytest.approx(single.sharpness, rel=1e-5)


@pytest.mark.parametrize("name", ["identity", "tanh", "silu"])
@pytest.mark.parametrize("samples", [9, 4])
def test_a_start_near_the_answer_saves_products_and_changes_no_answer(name, samples):
    network = Network.from_data(X[:samples], Y[:samples], (12, 10), name, Float64())
    state = network.state([2 * matrix for matrix in start("default", np.eye(12), (12, 10), 0)])
    product = HessianProduct(network, state)
    dense = np.linalg.eigvalsh([product(row) for row in np.eye(product.size)])
    cold = largest_eigenvalues(product, product.size)
    near = top_of_hessian(network, state)
    single = top_of_hessian(network, state, 1, 1e-4, Float32())
    assert near.values[0] == pytest.approx(dense[-1], rel=1e-9)
    assert cold.values[0] == pytest.approx(dense[-1], rel=1e-9)
    assert single.values[0] == pytest.approx(dense[-1], rel=1e-4)
    there = Network.from_data(network.data, network.forward(network.weights(state)).outputs, (12, 10), name, Float64())
    guess = HessianProduct(there, state).near_the_first()
    top = top_of_hessian(there, state).vectors[0]
    assert abs(top @ guess) == pytest.approx(np.linalg.norm(guess), rel=1e-9)


def test_a_wrong_guess_costs_products_alone():
    values = np.linspace(-3.0, 2.0, 300)
    wrong = np.zeros(300)
    wrong[7] = 1.0
    for near in (wrong, np.zeros(300), np.full(300, np.nan)):
        found = largest_eigenvalues(lambda v: values * v, 300, tolerance=1e-6, near=near)
        assert found.values[0] == pytest.approx(2.0, rel=1e-6)


def test_more_samples_than_neurons_have_no_guess():
    network = Network.from_data(X, Y, (4, 3), "tanh", Float64())
    product = HessianProduct(network, network.state(start("default", np.eye(12), (4, 3), 0)))
    assert product.near_the_first() is None


@pytest.mark.parametrize("widths", [(4,), (5, 3), (2, 1, 4)])
def test_the_gradient_of_a_linear_network_is_that_of_both_passes(widths):
    a, weights = Float64(), start("default", np.eye(12), widths, 3)
    passed = forward(a, activation("identity"), weights, X.T)
    expected = pull_back(a, passed, backward(a, weights, passed), passed.outputs - Y)
    found = linear_gradient(a, weights, X.T, lambda outputs: outputs - Y)
    for ours, other in zip(found, expected, strict=True):
        assert ours.shape == other.shape
        assert np.allclose(ours, other, rtol=1e-12, atol=1e-14)
