"""The Jacobian of a step, and what rounding adds to it, against the steps themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic import Mpfr
from numerics.finite_precision.linearization import Jacobian, Point, one_step
from numerics.finite_precision.rounding import Rounding, last_place
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from theory import Spectrum
from theory.formulas.deep_model import reduced_hessian

STEP_SIZE = 0.3


def problem(rank, depth, seed):
    random = np.random.default_rng(seed)
    s = np.sort(random.uniform(0.2, 2.0, rank))[::-1]
    spectrum = Spectrum(s, random.normal(size=rank), n_samples=rank)
    return spectrum, random.normal(size=rank), random.uniform(0.5, 1.5, depth - 1)


@given(st.integers(1, 5), st.integers(2, 5), st.integers(0, 1000))
def test_the_jacobian_is_the_derivative_of_a_step(rank, depth, seed):
    spectrum, f, v = problem(rank, depth, seed)
    s = np.asarray(spectrum.singular_values)
    dense = Jacobian.at(Point.at(spectrum, f, v), STEP_SIZE).dense()
    for k, direction in enumerate(np.eye(rank + depth - 1)):
        sides = []
        for sign in (1e-5, -1e-5):
            moved = sign * direction
            outputs, layers, _ = one_step(spectrum, STEP_SIZE, f + s * moved[:rank], v + moved[rank:])
            sides.append(np.concatenate([outputs / s, layers]))
        assert (sides[0] - sides[1]) / 2e-5 == pytest.approx(dense[:, k], abs=1e-7)
    assert dense == pytest.approx(dense.T)


@given(st.integers(1, 5), st.integers(2, 5), st.integers(0, 1000))
def test_of_many_states_each_has_the_hessian_of_the_theory(rank, depth, seed):
    spectrum, f, v = problem(rank, depth, seed)
    many = Jacobian.at(Point.at(spectrum, np.array([f, -2 * f, f]), np.array([v, v, 3 * v])), STEP_SIZE)
    for k, (outputs, layers) in enumerate([(f, v), (-2 * f, v), (f, 3 * v)]):
        blocks, jacobian = reduced_hessian(spectrum, outputs / spectrum.singular_values, layers), many.step(k)
        assert jacobian.diagonal == pytest.approx(1 - STEP_SIZE * blocks.diagonal)
        assert jacobian.border == pytest.approx(-STEP_SIZE * blocks.border)
        assert jacobian.corner == pytest.approx(np.eye(depth - 1) - STEP_SIZE * blocks.corner)


@given(st.integers(1, 5), st.integers(2, 5), st.integers(0, 1000))
def test_the_bordered_product_is_the_dense_one(rank, depth, seed):
    spectrum, f, v = problem(rank, depth, seed)
    jacobian = Jacobian.at(Point.at(spectrum, f, v), STEP_SIZE)
    symmetric = np.cov(np.random.default_rng(seed).normal(size=(rank + depth - 1, 9)))
    dense = jacobian.dense()
    assert jacobian.times(symmetric) == pytest.approx(dense @ symmetric)
    assert jacobian.times(f[:1].repeat(rank + depth - 1)) == pytest.approx(dense @ f[:1].repeat(rank + depth - 1))


def test_a_step_in_float64_is_the_models_step():
    from numerics.arithmetic import Float64

    spectrum, f, v = problem(4, 3, 0)
    model = ReducedModel.from_spectrum(spectrum, 3, Float64())
    after = State(f, tuple(v)).minus(
        model.increments(State(f, tuple(v)), model.rates(np.float64(STEP_SIZE), spectrum.n_samples))
    )
    outputs, layers, loss = one_step(spectrum, STEP_SIZE, f, v)
    assert outputs == pytest.approx(after.first_layer)
    assert layers == pytest.approx(np.array(after.layers))
    assert loss == pytest.approx(model.loss(State(f, tuple(v))))


def test_many_steps_in_float64_are_single_ones():
    spectrum, f, v = problem(3, 4, 1)
    outputs, layers = np.stack([f, 2 * f, -f]), np.stack([v, v[::-1], 3 * v])
    together = one_step(spectrum, STEP_SIZE, outputs, layers)
    for k in range(3):
        for found, alone in zip(together, one_step(spectrum, STEP_SIZE, outputs[k], layers[k]), strict=True):
            assert found[k] == pytest.approx(alone)


def drawn_covariance(rounding, count, random):
    drawn = rounding.draw(random, count)
    return drawn @ drawn.T / count


@pytest.mark.slow
@pytest.mark.parametrize("depth", [2, 3, 4])
def test_the_drawn_rounding_is_the_measured_one(depth):
    """Over many states near a minimizer, where the residual is small: drawn and measured mean squares agree.

    The data and the state are numbers of 20 bits, so that nothing but the step itself is rounded.
    """
    bits, rank, random = 20, 3, np.random.default_rng(depth)
    drawing, few, many = np.random.default_rng(depth), Mpfr(bits), Mpfr(400)

    def short(values):
        return np.array([float(few.number(float(value))) for value in values])

    s, step_size = short([2.0, 1.1, 0.6]), 0.25
    measured, predicted = np.zeros((2, rank + depth - 1, rank + depth - 1))
    for _ in range(600):
        v = short(random.uniform(0.6, 1.9, depth - 1))
        f = short(random.uniform(0.3, 3.0, rank))
        d = short(np.prod(v) * f + 1e-3 * random.normal(size=rank))
        spectrum = Spectrum(s, d, n_samples=1)
        ends = []
        for a in (few, many):
            model = ReducedModel.from_spectrum(spectrum, depth, a)
            state = State(a.vector(f), tuple(a.vector(v)))
            with a.active():
                after = state.minus(model.increments(state, model.rates(a.number(step_size), 1)))
            ends.append([a.to_fraction(x) for x in (*after.first_layer, *after.layers)])
        difference = np.array([float(x - y) for x, y in zip(*ends, strict=True)])
        difference[:rank] /= s
        outputs, layers = (np.array([float(x) for x in part]) for part in (ends[1][:rank], ends[1][rank:]))
        predicted += drawn_covariance(
            Rounding.at(Point.at(spectrum, f, v), step_size, (outputs, layers), range(depth - 1)), 80, drawing
        )
        measured += np.outer(difference, difference) * 4.0**bits
    assert np.diag(measured) == pytest.approx(np.diag(predicted), rel=0.25)
    size = np.sqrt(np.outer(np.diag(predicted), np.diag(predicted)))
    assert np.abs(measured - predicted).max() == pytest.approx(0.0, abs=0.25 * size.max())
    correlations = np.abs(predicted) / size - np.eye(len(size))
    assert correlations.max() > 0.2, "the errors of the residuals move several weights together"


def test_equal_layers_make_the_same_errors():
    """The balanced start's layers stay equal in every arithmetic, so their errors add up instead of averaging out."""
    spectrum, f, _ = problem(3, 4, 2)
    few = Mpfr(15)
    v = np.full(3, float(few.number(0.83)))
    model = ReducedModel.from_spectrum(spectrum, 4, few)
    state = model.state(list(f), list(v))
    with few.active():
        after = state.minus(model.increments(state, model.rates(few.number(STEP_SIZE), 3)))
    assert after.layers[0] == after.layers[1] == after.layers[2]
    together = Rounding.at(Point.at(spectrum, f, v), STEP_SIZE, (f, v * 1.01), [0, 0, 0]).draw(
        np.random.default_rng(0), 5
    )
    apart = Rounding.at(Point.at(spectrum, f, v), STEP_SIZE, (f, v * 1.01), [0, 1, 2]).draw(np.random.default_rng(0), 5)
    assert together[4] == pytest.approx(together[3])
    assert together[5] == pytest.approx(together[3])
    assert apart[3] != pytest.approx(apart[4])


def test_zero_is_never_rounded():
    spectrum = Spectrum([1.0, 0.5], [0.0, 1.0], n_samples=1)
    weights = (np.zeros(2), np.zeros(1))
    nothing = Rounding.at(Point.at(spectrum, *weights), 0.5, weights, [0]).draw(np.random.default_rng(0), 7)
    assert not nothing[[0, 2]].any()


def test_an_error_of_the_last_place_has_the_textbook_variance():
    """`x = 1` has the last place `2^(1-p)`: a stored 1 is off by a variance of `4 / 12`, in units of `2^-2p`."""
    spectrum = Spectrum([1.0], [1.0], n_samples=1)
    weights = (np.ones(1), np.ones(1))
    found = drawn_covariance(
        Rounding.at(Point.at(spectrum, *weights), 0.5, weights, [0]), 200_000, np.random.default_rng(0)
    )
    assert found == pytest.approx(np.array([[4 + 0.25 * 4, 0.25 * 4], [0.25 * 4, 4 + 0.25 * 4]]) / 12, rel=0.02)


@given(st.floats(1e-300, 1e300))
def test_the_last_place_is_float64s(value):
    assert np.ldexp(last_place(np.array([value])), -53)[0] == np.spacing(value)
