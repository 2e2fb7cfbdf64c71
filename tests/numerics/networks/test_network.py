"""Networks: gradient, Hessian and row-space coordinates, against slow and independent ways."""

from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.arithmetic import Ball, Float32, Float64, Mpfr, Mpmath
from numerics.arithmetic.base import Arithmetic
from numerics.model.base import State
from numerics.networks.activations import ACTIVATIONS
from numerics.networks.gradient_flow import kernel_sharpness
from numerics.networks.hessian import HessianProduct, NetworkSharpness, top_of_hessian
from numerics.networks.network import Network
from numerics.networks.row_space import row_space_coordinates
from numerics.networks.starts import start
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.trajectory import train
from numerics.trajectory.observers import Loss
from theory.errors import NotFiniteError, ParameterError, ShapeError


def network(a: Arithmetic, widths=(3, 3), activation="silu", samples: int = 4, inputs: int = 2, seed: int = 0):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(samples, inputs)), np.sign(rng.normal(size=samples))
    model = Network.from_data(X, y, widths, activation, a)
    return model, model.state(start("default", np.eye(inputs), widths, seed))


def flat(state: State) -> list:
    return [*state.first_layer, *state.layers]


def by_hand(context: mpmath.MPContext, name: str):
    """The activation of one number, by its textbook formula."""
    return {
        "identity": lambda x: x,
        "tanh": context.tanh,
        "silu": lambda x: x / (1 + context.exp(-x)),
        "elu": lambda x: x if x > 0 else context.expm1(x),
        "relu": lambda x: max(x, 0),
        "sigmoid": lambda x: 1 / (1 + context.exp(-x)),
    }[name]


def loss_by_hand(context: mpmath.MPContext, name: str, X, y, shapes, moved: list):
    """The loss written out sample by sample and neuron by neuron, at weights given as one list."""
    weights, total = iter(moved), context.mpf(0)
    matrices = [[[next(weights) for _ in range(columns)] for _ in range(rows)] for rows, columns in shapes]
    for x, label in zip(X, y, strict=True):
        signal = [context.mpf(float(value)) for value in x]
        for k, matrix in enumerate(matrices):
            signal = [sum(w * s for w, s in zip(row, signal, strict=True)) for row in matrix]
            if k < len(matrices) - 1:
                signal = [by_hand(context, name)(z) for z in signal]
        total += (signal[0] - context.mpf(float(label))) ** 2
    return total / (2 * len(X))


@pytest.mark.parametrize(
    ("name", "widths"),
    [("silu", (3,)), ("silu", (2, 4, 3)), *((name, (3, 2)) for name in ACTIVATIONS)],
)
def test_loss_and_gradient_are_those_of_the_definition(name: str, widths: tuple[int, ...]) -> None:
    a = Mpmath(200)
    model, state = network(a, widths, name)
    context = mpmath.MPContext()
    context.prec = 400
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(4, 2)), np.sign(rng.normal(size=4))
    weights = [context.mpf(value) for value in flat(state)]
    with a.active():
        gradient = flat(model.increments(state, model.rates(a.number(1), 4)))
    assert abs(context.mpf(model.loss(state)) - loss_by_hand(context, name, X, y, model.shapes, weights)) < 1e-55
    step = context.mpf(2) ** -120
    for k, found in enumerate(gradient):
        up, down = ([*weights[:k], weights[k] + side * step, *weights[k + 1 :]] for side in (1, -1))
        losses = [loss_by_hand(context, name, X, y, model.shapes, at) for at in (up, down)]
        assert abs(context.mpf(found) - (losses[0] - losses[1]) / (2 * step)) < 1e-50


@pytest.mark.slow
@settings(max_examples=20)
@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.integers(1, 5),
    st.integers(1, 3),
    st.integers(0, 10**6),
)
def test_the_sharpness_is_the_top_eigenvalue_of_the_dense_hessian(widths, name, samples, inputs, seed) -> None:
    a = Mpmath(160)
    model, state = network(a, tuple(widths), name, samples, inputs, seed)
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
    found = top_of_hessian(model, state)
    value, vector = found.values[0], found.vectors[0]
    assert value == pytest.approx(top, rel=1e-9, abs=1e-11)
    assert np.linalg.norm(product(vector) - value * vector) == pytest.approx(found.residuals[0], abs=1e-12)


def test_coordinates_in_the_row_space_change_nothing_but_rounding() -> None:
    rng = np.random.default_rng(3)
    X, y, a = rng.normal(size=(4, 30)), np.array([1.0, -1.0, 1.0, -1.0]), Mpfr(150)
    inside, basis = row_space_coordinates(X)
    assert inside.shape == (4, 4)
    # Both data sets in many bits, so that the only difference left is that of float64's basis, made exact here.
    projected = inside @ basis
    drawn = start("default", np.eye(30), (5, 5), 1)
    whole, part = (Network.from_data(inputs, y, (5, 5), "silu", a) for inputs in (projected, inside))
    starts = whole.state(drawn), part.state(start("default", basis, (5, 5), 1))
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
    model = Network.from_data(X, y, (4, 4), "silu", Float64())
    begin = model.state(start("default", np.eye(8), (4, 4), 0))
    outside = np.eye(8) - np.linalg.pinv(X) @ X
    moved = GradientDescent(0.1).on(model).advance(begin, 0, 50).state
    before, after = (model.weights(state)[0] for state in (begin, moved))
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
    wide, begin = network(Mpfr(200))
    exact = GradientDescent("0.3").on(wide).advance(begin, 0, 40).state
    apart = max(abs(float(x) - float(z)) for x, z in zip(flat(end), flat(exact), strict=True))
    assert 0 < apart < 100 * 2.0**-a.bits


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ParameterError, match="the widths are"):
        network(Float64(), ())
    with pytest.raises(ParameterError, match="the widths are"):
        network(Float64(), (3, 0))
    with pytest.raises(ParameterError, match="no activation 'tan'"):
        network(Float64(), activation="tan")
    with pytest.raises(ParameterError, match="no start 'torch'"):
        start("torch", np.eye(2), (3,), 0)
    with pytest.raises(ParameterError, match="balls grow too fast"):
        network(Ball(60))
    with pytest.raises(ShapeError, match="do not fit 3 labels"):
        Network.from_data(np.ones((2, 2)), [1.0, 2.0, 3.0], (2,), "silu", Float64())
    model, state = network(Float64())
    with pytest.raises(ShapeError, match="the weights do not fit"):
        model.state([np.ones((3, 2)), np.ones((1, 3))])
    with pytest.raises(ParameterError, match="no layer imbalance"):
        model.imbalance(state)
    huge = State(state.first_layer * 1e200, state.layers)
    with pytest.raises(NotFiniteError, match="leaves the range"), np.errstate(all="ignore"):
        top_of_hessian(model, huge)


def test_dead_neurons_have_no_curvature() -> None:
    """There the Lanczos iteration has nothing to start from."""
    model, state = network(Float64())
    dead = State(np.abs(state.first_layer) * -1e5, state.layers)
    model = Network.from_data(np.ones((4, 2)), model.labels, (3, 3), "silu", Float64())
    assert top_of_hessian(model, dead).values[0] == 0.0


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_at_zero_residual_the_tangent_kernel_gives_the_sharpness(name: str) -> None:
    model, state = network(Float64(), (6, 5), name, samples=5, inputs=4)
    reached = model.forward(model.weights(state)).outputs
    there = Network(Float64(), model.widths, name, model.data, reached)
    assert kernel_sharpness(model.data, model.weights(state), name) == pytest.approx(
        top_of_hessian(there, state).values[0], rel=1e-9
    )


def test_the_starts_are_what_they_are_called() -> None:
    basis = np.linalg.qr(np.random.default_rng(0).normal(size=(400, 3)))[0].T
    drawn = start("default", basis, (500, 300), 0)
    assert [matrix.shape for matrix in drawn] == [(500, 3), (300, 500), (1, 300)]
    assert [round(3 * matrix.var() * inputs, 1) for matrix, inputs in zip(drawn, (400, 500, 300), strict=True)] == [
        1.0,
        1.0,
        1.0,
    ]
    for part, whole in zip(start("small", basis, (500, 300), 0), drawn, strict=True):
        assert np.allclose(part, whole / 10)
    layers = start("balanced", basis, (5, 4), 0)
    for before, after in pairwise(layers):
        assert np.allclose(before @ before.T, after.T @ after)
    assert np.linalg.norm(layers[-1]) == pytest.approx(3**-0.5)
    sizes = [np.linalg.norm(matrix) for matrix in start("mup", basis, (500, 300), 0)]
    assert sizes == pytest.approx([(500 * 3 / 400) ** 0.5, 300**0.5, 300**-0.5], rel=0.1)
