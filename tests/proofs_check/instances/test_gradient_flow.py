"""Gradient flow in balls: the ball holds the true weights, and is thin enough to refute what is false."""

import random

import numpy as np
import pytest
from flint import arb, fmpq

from proofs_check.instances.evaluation import Truth, at_precision, truth
from proofs_check.instances.gradient_flow import descent, with_flow
from proofs_check.instances.instance import value_of
from proofs_check.instances.taylor_method import flow
from proofs_check.instances.weights import deep_points
from theory.errors import StatementError
from theory.language.relations import equal
from theory.setting.symbols import X, later_layers, n_features, u, y
from theory.statements import lem_5_2


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


@pytest.mark.slow
def test_the_trajectories_move_and_refute():
    """The squared length of the first layer alone is not conserved, and the balls see it at most instances."""
    moved = 0
    wrong = equal((lem_5_2.END[0] ** 2).total(), (lem_5_2.START[0] ** 2).total())
    with at_precision():
        for instance in deep_points():
            at = with_flow(instance, lem_5_2.START, lem_5_2.END, value_of(instance, later_layers))
            moved += truth(wrong, at) is Truth.VIOLATED
            assert len(value_of(at, u)) == at.scalars[n_features]
            assert value_of(at, X).shape[0] == len(value_of(at, y))
    assert moved >= 12


def _exactly(values):
    result = np.empty(values.shape, dtype=object)
    for where, value in np.ndenumerate(values):
        numerator, denominator = float(value).as_integer_ratio()
        result[where] = fmpq(numerator, denominator)
    return result
