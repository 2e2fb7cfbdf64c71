"""The SiLU network: gradient and sharpness against slow transcriptions, its coordinates, its arithmetics."""

import mpmath
import numpy as np
import pytest

from numerics.arithmetic import Float32, Float64, Mpfr, Mpmath
from numerics.model.silu_network import SiluNetwork, default_weights, row_space_coordinates
from numerics.observers import Loss
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.sharpness.network import HessianProduct, NetworkSharpness, top_of_hessian
from numerics.trajectory import train
from theory.errors import ParameterError, ShapeError

DEPTH, WIDTH = 3, 3
X = np.random.default_rng(5).normal(size=(3, 5))
Y = np.array([1.0, -1.0, 0.5])
HIDDEN, LAST = default_weights(5, DEPTH, WIDTH, seed=4)
FLAT = np.concatenate([*(matrix.ravel() for matrix in HIDDEN), LAST])
SIZES = [(WIDTH, 5), (WIDTH, WIDTH)]


def slow_loss(flat):
    """The loss sample by sample in mpmath, straight from its definition."""
    total = mpmath.mpf(0)
    for x, y in zip(X, Y, strict=True):
        signal, start = [mpmath.mpf(value) for value in x], 0
        for rows, columns in SIZES:
            rows_of = [flat[start + i * columns : start + (i + 1) * columns] for i in range(rows)]
            before = [mpmath.fdot(row, signal) for row in rows_of]
            signal = [b / (1 + mpmath.exp(-b)) for b in before]
            start += rows * columns
        total += (mpmath.fdot(flat[start:], signal) - mpmath.mpf(y)) ** 2
    return total / (2 * len(Y))


def network(arithmetic, data=X):
    return SiluNetwork.from_data(data, Y, DEPTH, WIDTH, arithmetic)


def gradient(model, flat):
    state = model.state([flat[:15].reshape(3, 5), flat[15:24].reshape(3, 3)], flat[24:])
    with model.arithmetic.active():
        step = model.increments(state, model.rates(model.arithmetic.number(1), len(Y)))
    return np.concatenate([step.first_layer, np.array(step.layers)])


def test_loss_and_gradient_are_those_of_the_definition():
    with mpmath.workdps(80):
        weights, nudge = [mpmath.mpf(value) for value in FLAT], mpmath.mpf(10) ** -30
        found = gradient(network(Mpmath(240)), FLAT)
        for k, value in enumerate(found):
            ahead, behind = (
                slow_loss([w + sign * nudge * (j == k) for j, w in enumerate(weights)]) for sign in (1, -1)
            )
            assert abs((ahead - behind) / (2 * nudge) - value) < mpmath.mpf(10) ** -45
        model = network(Mpmath(240))
        assert abs(model.loss(model.state(HIDDEN, LAST)) - slow_loss(weights)) < mpmath.mpf(10) ** -68


def dense_hessian():
    """Differences of the gradient at 240 bits, one weight after the other."""
    model, nudge, columns = network(Mpfr(240)), 2.0**-30, []
    for k in range(len(FLAT)):
        unit = nudge * np.eye(len(FLAT))[k]
        pair = gradient(model, FLAT + unit) - gradient(model, FLAT - unit)
        columns.append([model.arithmetic.to_float(value) / (2 * nudge) for value in pair])
    return np.array(columns)


def test_hessian_products_and_sharpness_are_those_of_the_dense_hessian():
    model = network(Float64())
    state, hessian = model.state(HIDDEN, LAST), dense_hessian()
    product = HessianProduct(model, state)
    for seed in range(5):
        direction = np.random.default_rng(seed).normal(size=product.size)
        np.testing.assert_allclose(product(direction), hessian @ direction, rtol=0, atol=1e-8)
    values, vectors = np.linalg.eigh(hessian)
    top, vector = top_of_hessian(model, state)
    assert top == pytest.approx(values[-1], rel=1e-8)
    assert abs(vector @ vectors[:, -1]) == pytest.approx(1.0, abs=1e-7)
    assert top != pytest.approx(values[-2], rel=1e-2)  # the comparison can fail


def run(arithmetic, data=X, first=None, steps=30):
    model = network(arithmetic, data)
    start = model.state([HIDDEN[0] if first is None else first, HIDDEN[1]], LAST)
    trajectory = train(model, GradientDescent("0.1"), start, steps=steps, observers=(Loss(), NetworkSharpness()))
    return trajectory


def test_row_space_coordinates_change_nothing_but_the_rounding():
    inside, basis = row_space_coordinates(X)
    assert inside.shape == (3, 3)
    full, projected = run(Float64()), run(Float64(), inside, HIDDEN[0] @ basis.T)
    for name in ("loss", "sharpness"):
        np.testing.assert_allclose(projected.series[name], full.series[name], rtol=1e-9)
    unrotated = run(Float64(), inside, HIDDEN[0][:, :3])  # weights that are not those of the network
    assert not np.allclose(unrotated.series["loss"], full.series["loss"], rtol=1e-3)


@pytest.mark.parametrize("bits", [24, 113])
def test_mpmath_and_mpfr_agree_bit_for_bit(bits):
    slow, quick = run(Mpmath(bits), steps=8), run(Mpfr(bits), steps=8)
    for name in ("loss", "sharpness"):
        assert slow.series[name].tolist() == quick.series[name].tolist()
    assert slow.final_state == quick.final_state  # all bits of every weight
    assert run(Mpfr(bits + 1), steps=8).final_state != quick.final_state


@pytest.mark.parametrize(("native", "bits", "tolerance"), [(Float32(), 24, 2e-5), (Float64(), 53, 1e-12)])
def test_native_floats_keep_their_type_and_stay_near_the_same_precision(native, bits, tolerance):
    model = network(native)
    state = model.state(HIDDEN, LAST)
    assert state.first_layer.dtype == model.data.dtype == native.dtype
    assert gradient(model, FLAT).dtype == native.dtype
    there, here = run(Mpfr(bits)), run(native)
    np.testing.assert_allclose(here.series["loss"], there.series["loss"], rtol=tolerance)
    assert here.series["loss"].tolist() != run(Mpfr(200)).series["loss"].tolist()


def test_wrong_shapes_and_balls_are_refused():
    from numerics.arithmetic import Ball

    with pytest.raises(ParameterError, match="balls"):
        network(Ball(53))
    with pytest.raises(ShapeError, match="one row for each label"):
        SiluNetwork.from_data(X, Y[:2], DEPTH, WIDTH, Float64())
    with pytest.raises(ShapeError, match="do not fit"):
        network(Float64()).state(HIDDEN[::-1], LAST)
