"""Gradient flow of networks: the fast way against the paper's rule, what it conserves, and the law of its end."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.arithmetic import Float64
from numerics.networks.activations import activation
from numerics.networks.gradient_flow import gradient_flow, kernel_sharpness, outputs, runge_kutta_flow
from numerics.networks.law import conserved, law_at_this_start
from numerics.networks.passes import backward, forward, push_forward
from numerics.networks.row_space import row_space_coordinates
from numerics.networks.starts import start
from theory import Spectrum
from theory.bounds import minimizer_sharpness
from theory.errors import NotConvergedError


def data(samples=12, features=30, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(samples, features)) * 0.7 ** np.arange(features)
    inside, basis = row_space_coordinates(X + 0.05 * rng.normal(size=X.shape))
    return inside, basis, np.sign(rng.normal(size=samples))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["identity", "tanh", "silu", "elu"])
@pytest.mark.parametrize("widths", [(24,), (12, 9)])
def test_the_fast_flow_ends_where_short_runge_kutta_steps_end(name, widths):
    X, basis, y = data()
    weights = [1.5 * matrix for matrix in start("default", basis, widths, 1)]
    slow = runge_kutta_flow(X, y, weights, name, loss=1e-3, factor=0.3, interval=1)
    fast = gradient_flow(X, y, weights, name, loss=slow.loss)
    assert fast.loss == pytest.approx(slow.loss, rel=2e-3)
    assert fast.sharpness == pytest.approx(slow.sharpness, rel=1e-3)
    assert fast.steps < slow.steps
    for ours, theirs in zip(fast.weights, slow.weights, strict=True):
        assert np.linalg.norm(ours - theirs) < 3e-3 * np.linalg.norm(theirs)


@pytest.mark.parametrize("name", ["identity", "tanh"])
@pytest.mark.parametrize("samples", [1, 5])
def test_a_direction_in_the_weights_moves_the_outputs_by_their_derivative(name, samples):
    X, basis, _ = data(samples)
    weights, moves = (start("default", basis, (4, 3), seed) for seed in (3, 4))
    a = Float64()
    passed = forward(a, activation(name), weights, X.T)
    moved = push_forward(moves, passed, backward(a, weights, passed))
    h = 1e-6
    ahead, behind = (
        outputs(X, [matrix + sign * h * move for matrix, move in zip(weights, moves, strict=True)], name)
        for sign in (1, -1)
    )
    np.testing.assert_allclose(moved, (ahead - behind) / (2 * h), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("widths", [(1,), (5,), (4, 3)])
def test_the_flow_conserves_the_imbalance_of_neighbours(widths):
    X, basis, y = data()
    weights = start("default", basis, widths, 2)
    end = gradient_flow(X, y, weights, loss=1e-6, tolerance=1e-6)
    for before, after in zip(conserved(weights), conserved(end.weights), strict=True):
        assert np.abs(after - before).max() < 1e-3 * np.abs(after).max()


@settings(max_examples=15)
@given(st.integers(1, 6), st.floats(0, 2), st.floats(0.1, 2), st.integers(0, 10**6))
def test_an_isotropic_start_ends_like_one_neuron_whatever_the_way(rank, alpha, norm, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(rank + 2, rank)) * 0.6 ** np.arange(rank)
    y = X @ rng.normal(size=rank)
    frame = np.linalg.qr(rng.normal(size=(rank + 3, rank + 1)))[0]
    weights = [alpha**0.5 * frame[:, :rank], norm * frame[:, rank:].T]
    one_neuron = minimizer_sharpness(Spectrum.from_data(X, y), imbalance=-(alpha + norm**2))
    assert law_at_this_start(X, y, weights) == pytest.approx(one_neuron, rel=2e-3)
    end = gradient_flow(X, y, weights, loss=1e-9 * float(y @ y))
    assert end.sharpness == pytest.approx(one_neuron, rel=5e-3)


@pytest.mark.parametrize(("widths", "within"), [((60,), 0.002), ((40, 40), 0.03)])
def test_the_law_predicts_the_end_from_the_default_start(widths, within):
    X, basis, y = data(10, 400)
    weights = start("default", basis, widths, 0)
    end = gradient_flow(X, y, weights, loss=1e-8)
    assert law_at_this_start(X, y, weights) == pytest.approx(end.sharpness, rel=within)
    assert kernel_sharpness(X, end.weights) == pytest.approx(end.sharpness)


def test_a_loss_that_is_never_reached_is_no_number():
    X, basis, _ = data(4, 5)
    weights = start("default", basis, (3,), 0)
    with pytest.raises(NotConvergedError, match="still at the loss 0\\.5 "):
        gradient_flow(np.vstack([X, X]), np.array([1.0] * 4 + [-1.0] * 4), weights, loss=1e-6)


def test_a_dead_start_and_steps_without_end_are_no_numbers():
    X, dead = np.ones((3, 2)), [-np.ones((4, 2)), np.ones((1, 4))]
    for flow in (gradient_flow, runge_kutta_flow):
        with pytest.raises(NotConvergedError, match="stands still"):
            flow(X, np.ones(3), dead, "relu")
    with pytest.raises(NotConvergedError, match=r"still at the loss .* after 30 steps"):
        runge_kutta_flow([[1.0], [1.0]], [1.0, -1.0], [np.ones((1, 1))] * 2, loss=1e-3, most_steps=30)


def test_outputs_much_larger_than_the_labels_are_followed_down():
    X, basis, y = data()
    weights = [12 * matrix for matrix in start("default", basis, (24, 20), 1)]
    end = gradient_flow(X, 1e-4 * y, weights, "tanh", loss=1e-6)
    assert end.loss == pytest.approx(1e-6, rel=2e-3)
    assert end.steps < 500
