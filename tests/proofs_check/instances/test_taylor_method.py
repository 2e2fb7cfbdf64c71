"""Gradient flow in balls: the ball holds the true weights, and is thin."""

import random

import numpy as np
import pytest
from flint import arb, fmpq

from proofs_check.instances.evaluation import at_precision
from proofs_check.instances.taylor_method import flow
from theory.errors import StatementError
from theory.formulas.deep_model import gradient, layer_product, product_of_others


def exact(*values):
    return np.array([fmpq(value) for value in values], dtype=object)


def test_exponential_decay():
    with at_precision():
        (end,) = flow(lambda weights: -weights, exact(3), longest=2)
        assert end.contains(3 * arb("-0.25").exp())
        assert end.rad() < 1e-12


def test_rotation_keeps_its_radius():
    with at_precision():
        end = flow(lambda weights: np.array([-weights[1], weights[0]]), exact(3, 4), longest=4)
        angle = arb(1) / 16
        assert end[0].contains(3 * angle.cos() - 4 * angle.sin())
        assert (end[0] ** 2 + end[1] ** 2).contains(25)
        assert max(entry.rad() for entry in end) < 1e-12


def test_a_field_that_runs_away_is_refused():
    with at_precision(), pytest.raises(StatementError, match="smaller weights"):
        flow(lambda weights: weights * weights * 10**15, exact(1))


@pytest.mark.parametrize("seed", range(4))
def test_against_many_small_steps(seed):
    """Runge-Kutta in float64 from the same start: the ball and the number agree to the number's accuracy."""
    source = random.Random(seed)
    data = [[source.uniform(-1, 1) for _ in range(2)] for _ in range(3)]
    labels, start = [source.uniform(-1, 1) for _ in range(3)], [source.uniform(-1, 1) for _ in range(4)]
    rounded = [np.array(values) for values in (data, labels, start)]
    exactly = [_exactly(values) for values in rounded]
    with at_precision():
        end = flow(descent(exactly[0], exactly[1], 2), exactly[2], longest=4)
    field = descent(rounded[0], rounded[1], 2)
    weights, steps = rounded[2], 64
    for _ in range(steps):
        size = 2.0**-4 / steps
        first = field(weights)
        second = field(weights + size / 2 * first)
        third = field(weights + size / 2 * second)
        fourth = field(weights + size * third)
        weights = weights + size / 6 * (first + 2 * second + 2 * third + fourth)
    assert np.allclose([float(entry) for entry in end], weights, rtol=0, atol=1e-11)
    assert not np.allclose(rounded[2], weights, atol=1e-4)


def descent(data, labels, size):
    """The field of gradient flow: the negative gradient, for the first layer's `size` weights and the later layers."""

    def slope(weights):
        first, later = weights[:size], weights[size:]
        return -np.concatenate(gradient(data, labels, first, layer_product(later), product_of_others(later)))

    return slope


def _exactly(values):
    result = np.empty(values.shape, dtype=object)
    for where, value in np.ndenumerate(values):
        numerator, denominator = float(value).as_integer_ratio()
        result[where] = fmpq(numerator, denominator)
    return result
