"""The SiLU network: its gradient, its Hessian and its row-space coordinates, against slow and independent ways."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.arithmetic import Ball, Float32, Float64, Mpfr, Mpmath
from numerics.arithmetic.base import Arithmetic
from numerics.model.base import State
from numerics.model.silu_network import SiluNetwork, default_weights, row_space_coordinates
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.sharpness.network import HessianProduct, NetworkSharpness, top_of_hessian
from numerics.trajectory import train
from numerics.trajectory.observers import Loss
from theory.errors import NotFiniteError, ParameterError, ShapeError


def network(a: Arithmetic, depth: int = 3, width: int = 3, samples: int = 4, inputs: int = 2, seed: int = 0):
    rng = np.random.default_rng(seed)
    model = SiluNetwork.from_data(
        rng.normal(size=(samples, inputs)), np.sign(rng.normal(size=samples)), depth, width, a
    )
    return model, model.state(*default_weights(inputs, depth, width, seed))


def flat(state: State) -> list:
    return [*state.first_layer, *state.layers]


def loss_by_hand(context: mpmath.MPContext, X, y, hidden, last, moved: list):
    """The loss written out sample by sample and neuron by neuron, at weights given as one list."""
    mpf, weights, total = context.mpf, iter(moved), context.mpf(0)
    matrices = [[[next(weights) for _ in row] for row in matrix] for matrix in hidden]
    final = [next(weights) for _ in last]
    for x, label in zip(X, y, strict=True):
        signal = [mpf(float(value)) for value in x]
        for matrix in matrices:
            before = [sum(w * s for w, s in zip(row, signal, strict=True)) for row in matrix]
            signal = [z / (1 + context.exp(-z)) for z in before]
        total += (sum(w * s for w, s in zip(final, signal, strict=True)) - mpf(float(label))) ** 2
    return total / (2 * len(X))


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_loss_and_gradient_are_those_of_the_definition(depth: int) -> None:
    a = Mpmath(200)
    model, state = network(a, depth)
    hidden, last = default_weights(2, depth, 3, 0)
    context = mpmath.MPContext()
    context.prec = 400
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(4, 2)), np.sign(rng.normal(size=4))
    weights = [context.mpf(value) for value in flat(state)]
    with a.active():
        gradient = flat(model.increments(state, model.rates(a.number(1), 4)))
    assert abs(context.mpf(model.loss(state)) - loss_by_hand(context, X, y, hidden, last, weights)) < 1e-55
    step = context.mpf(2) ** -120
    for k, found in enumerate(gradient):
        up, down = ([*weights[:k], weights[k] + side * step, *weights[k + 1 :]] for side in (1, -1))
        slope = loss_by_hand(context, X, y, hidden, last, up) - loss_by_hand(context, X, y, hidden, last, down)
        assert abs(context.mpf(found) - slope / (2 * step)) < 1e-50


@pytest.mark.slow
@settings(max_examples=20)
@given(st.integers(2, 4), st.integers(1, 4), st.integers(1, 5), st.integers(1, 3), st.integers(0, 10**6))
def test_the_sharpness_is_the_top_eigenvalue_of_the_dense_hessian(depth, width, samples, inputs, seed) -> None:
    a = Mpmath(160)
    model, state = network(a, depth, width, samples, inputs, seed)
    product = HessianProduct(model, state)
    dense = np.array([product(row) for row in np.eye(product.size)])
    assert np.allclose(dense, dense.T, rtol=0, atol=1e-12 * max(1.0, np.abs(dense).max()))
    # Differences of the gradient, which know nothing of second derivatives.
    step, split = a.number(2) ** -60, len(state.first_layer)
    with a.active():
        for k in range(product.size):
            moves = []
            for side in (1, -1):
                weights = flat(state)
                weights[k] = weights[k] + side * step
                moved = State(a.vector(weights[:split]), tuple(weights[split:]))
                moves.append(flat(model.increments(moved, model.rates(a.number(1), samples))))
            column = [float((up - down) / (2 * step)) for up, down in zip(*moves, strict=True)]
            assert np.allclose(dense[k], column, rtol=0, atol=1e-12 * max(1.0, np.abs(dense).max()))
    top = np.linalg.eigvalsh(dense)[-1]
    value, vector = top_of_hessian(model, state)
    assert value == pytest.approx(top, rel=1e-9, abs=1e-11)
    assert np.allclose(product(vector), value * vector, atol=1e-6 * max(1.0, abs(value)))


def test_coordinates_in_the_row_space_change_nothing_but_rounding() -> None:
    rng = np.random.default_rng(3)
    X, y, a = rng.normal(size=(4, 30)), np.array([1.0, -1.0, 1.0, -1.0]), Mpfr(150)
    inside, basis = row_space_coordinates(X)
    assert inside.shape == (4, 4)
    # Both data sets in many bits, so that the only difference left is that of float64's basis, made exact here.
    projected = inside @ basis
    hidden, last = default_weights(30, 3, 5, 1)
    whole, part = SiluNetwork.from_data(projected, y, 3, 5, a), SiluNetwork.from_data(inside, y, 3, 5, a)
    starts = whole.state(hidden, last), part.state([hidden[0] @ basis.T, hidden[1]], last)
    runs = [
        train(
            model,
            GradientDescent("0.2"),
            start,
            steps=60,
            record_every=20,
            observers=(Loss(), NetworkSharpness()),
        )
        for model, start in zip((whole, part), starts, strict=True)
    ]
    for name in ("loss", "sharpness"):
        assert np.allclose(runs[0].series[name], runs[1].series[name], rtol=1e-8, atol=0)
    assert runs[0].series["loss"][-1] < 0.5 * runs[0].series["loss"][0]


def test_what_lies_outside_the_row_space_never_moves() -> None:
    rng = np.random.default_rng(4)
    X, y = rng.normal(size=(3, 8)), np.array([1.0, -1.0, 1.0])
    model = SiluNetwork.from_data(X, y, 3, 4, Float64())
    start = model.state(*default_weights(8, 3, 4, 0))
    outside = np.eye(8) - np.linalg.pinv(X) @ X
    moved = GradientDescent(0.1).on(model).advance(start, 0, 50).state
    before, after = (model.matrices(state)[0][0] for state in (start, moved))
    assert np.abs((after - before) @ outside).max() < 1e-13
    assert np.abs(after - before).max() > 0.01


def test_mpmath_and_mpfr_agree_bit_for_bit() -> None:
    ends = []
    for a in (Mpmath(90), Mpfr(90)):
        model, state = network(a)
        end = GradientDescent("0.3").on(model).advance(state, 0, 40).state
        ends.append([a.to_text(value) for value in flat(end)])
    assert ends[0] == ends[1]


@pytest.mark.parametrize("a", [Float32(), Float64()])
def test_native_floats_stay_what_they_are(a: Arithmetic) -> None:
    model, state = network(a)
    end = GradientDescent("0.3").on(model).advance(state, 0, 40).state
    assert {type(value) for value in flat(end)} == {a.dtype}
    wide, start = network(Mpfr(200))
    exact = GradientDescent("0.3").on(wide).advance(start, 0, 40).state
    apart = max(abs(float(x) - float(z)) for x, z in zip(flat(end), flat(exact), strict=True))
    assert 0 < apart < 100 * 2.0**-a.bits


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ParameterError, match="give a whole number of at least 2"):
        network(Float64(), depth=1)
    with pytest.raises(ParameterError, match="the width is 0"):
        network(Float64(), width=0)
    with pytest.raises(ParameterError, match="balls grow too fast"):
        network(Ball(60))
    with pytest.raises(ShapeError, match="do not fit 3 labels"):
        SiluNetwork.from_data(np.ones((2, 2)), [1.0, 2.0, 3.0], 2, 2, Float64())
    model, state = network(Float64())
    with pytest.raises(ShapeError, match="the weights do not fit"):
        model.state([np.ones((3, 2))], np.ones(3))
    with pytest.raises(ParameterError, match="no layer imbalance"):
        model.imbalance(state)
    huge = State(state.first_layer * 1e200, state.layers)
    with pytest.raises(NotFiniteError, match="leaves the range"), np.errstate(all="ignore"):
        top_of_hessian(model, huge)


def test_dead_neurons_have_no_curvature() -> None:
    """There the Lanczos iteration has nothing to start from."""
    model, state = network(Float64())
    dead = State(np.abs(state.first_layer) * -1e5, state.layers)
    model = SiluNetwork.from_data(np.ones((4, 2)), model.labels, 3, 3, Float64())
    assert top_of_hessian(model, dead)[0] == 0.0
