"""A trajectory on a table of numbers, against rationals that are stepped slowly, and against that of its spectrum."""

from fractions import Fraction

import numpy as np
import pytest

from numerics.arithmetic import Ball
from numerics.data import Dataset
from numerics.exact_trajectory import ExactRun, ExactTable, Verdict, decide, parse_claim
from tests.effort import usually
from theory.errors import ParameterError, ShapeError


def random_table(seed, depth):
    random = np.random.default_rng(seed)
    n, d = random.integers(1, 5, 2)

    def some(*shape):
        return [Fraction(int(x), 10) for x in random.integers(-15, 16, shape).ravel()]

    X = tuple(tuple(some(int(d))) for _ in range(n))
    return ExactTable(X, tuple(some(int(n))), tuple(some(int(d))), tuple(some(depth - 1)), Fraction(1, 7))


def slow_loss(run, u, v):
    P = Fraction(1)
    for layer in v:
        P *= layer
    outputs = [P * sum(x * w for x, w in zip(row, u, strict=True)) for row in run.features]
    return sum((f - y) ** 2 for f, y in zip(outputs, run.labels, strict=True)) / (2 * len(run.labels))


def slope(function, weights, place):
    """The derivative of a polynomial of degree at most 2 in each weight, exactly."""
    up, down = list(weights), list(weights)
    up[place] += 1
    down[place] -= 1
    return (function(up) - function(down)) / 2


def slow_steps(run, count):
    rank = len(run.coefficients)
    weights = [*run.coefficients, *run.layers]
    for _ in range(count):
        yield weights
        gradient = [slope(lambda w: slow_loss(run, w[:rank], w[rank:]), weights, k) for k in range(len(weights))]
        weights = [w - run.step_size * g for w, g in zip(weights, gradient, strict=True)]


def slow_hessian(run, weights):
    rank = len(run.coefficients)

    def gradient(place):
        return lambda w: slope(lambda x: slow_loss(run, x[:rank], x[rank:]), w, place)

    size = len(weights)
    return np.array([[float(slope(gradient(i), weights, j)) for j in range(size)] for i in range(size)])


@pytest.mark.parametrize("depth", [2, 3, 4])
@pytest.mark.parametrize("seed", range(usually(6, thoroughly=100)))
def test_every_ball_holds_the_rational(seed, depth):
    run, ball = random_table(seed, depth), Ball(90)
    with ball.active():
        enclosed = run.enclosed(ball)
        state = enclosed.start
        for weights in slow_steps(run, 4):
            for near, exact in zip(enclosed.weights(state), weights, strict=True):
                assert ball.encloses(near, exact)
                assert near.rad() < 1e-12
            loss = slow_loss(run, weights[: len(run.coefficients)], weights[len(run.coefficients) :])
            assert ball.encloses(enclosed.loss(state), loss)
            top = np.linalg.eigvalsh(slow_hessian(run, weights))[-1]
            text = enclosed.sharpness_text(state, 8)
            assert float(text) == pytest.approx(top, rel=1e-6, abs=1e-9)
            state = enclosed.step(state)
        losses = run.quadratic.exact_losses(np.array(run.coefficients, dtype=object), run.layers, run.step_size)
        for weights, loss in zip(slow_steps(run, 3), losses, strict=False):
            assert loss == slow_loss(run, weights[: len(run.coefficients)], weights[len(run.coefficients) :])


@pytest.mark.parametrize("claim", ["loss < 0.1", "sharpness > 1.1", "sharpness < 1.05 at 20", "loss > 1e6"])
def test_a_diagonal_table_is_its_spectrum(claim):
    s, d = (Fraction(2), Fraction(1, 2)), (Fraction(1), Fraction(-1, 3))
    c, v, eta = (Fraction(1, 5), Fraction(1)), (Fraction(3, 5),), Fraction(1, 4)
    spectrum = ExactRun(2, s, d, c, v, eta)
    table = ExactTable(((s[0], Fraction(0)), (Fraction(0), s[1])), d, c, v, eta)
    one, other = (decide(run, parse_claim(claim), 40, digits=12, record_every=5) for run in (spectrum, table))
    assert (one.verdict, one.last_step, one.records) == (other.verdict, other.last_step, other.records)
    assert one.verdict is not Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("labels", "layer", "claim", "verdict"),
    [
        ((1, 2), 1, "loss > 0", "REFUTED"),
        ((1, 2), 1, "loss < 1e-300", "PROVED"),
        ((1, 2), 1, "loss < 1e-300 always", "PROVED"),
        ((1, 2), 1, "loss < 0", "REFUTED"),
        ((1, 1), 0, "loss > 0.5", "REFUTED"),
        ((1, 1), 0, "loss < 0.5", "PROVED"),
        ((1, 1), 0, "loss < 0.5 at 1", "PROVED"),
        ((1, 1), 0, "loss > 0.5 always", "REFUTED"),
    ],
)
def test_a_loss_that_is_at_the_level(labels, layer, claim, verdict):
    """In the first case the weights are at a minimizer and rest; in the second the loss begins at 1/2 and falls."""
    third = Fraction(1, 3)
    y = tuple(map(Fraction, labels))
    runs = (
        ExactTable(((third, Fraction(0)), (Fraction(0), third)), y, (3 * y[0], 3 * y[1]), (Fraction(layer),), third),
        ExactRun(2, (third, third), y, (3 * y[0], 3 * y[1]), (Fraction(layer),), third),
    )
    for run in runs:
        assert decide(run, parse_claim(claim), 30).verdict.value == verdict


def test_what_a_table_starts_from():
    data = Dataset("mine", np.array([[1.0, 2.0], [0.5, 4.0]]), np.array([1.0, -1.0]))
    assert ExactTable.of(data, "u=0.1,1/3,v=2", "1/2", 2, 0).coefficients == (Fraction(1, 10), Fraction(1, 3))
    drawn = ExactTable.of(data, "default", "0.1", 3, 5)
    assert all(abs(u) <= 1 for u in drawn.coefficients)
    assert drawn != ExactTable.of(data, "default", "0.1", 3, 6)
    for form in ("c=1,1,v=1", "balanced", "balanced:2"):
        with pytest.raises(ParameterError, match="in a basis of irrational vectors; say --init u="):
            ExactTable.of(data, form, "0.1", 2, 0)
    with pytest.raises(ShapeError, match="gives 1 u and 1 v; give 2 u for 2 features and 1 v"):
        ExactTable.of(data, "u=1,v=1", "0.1", 2, 0)
    wide = Dataset("wide", np.ones((2, 200)), np.ones(2))
    with pytest.raises(ParameterError, match="at most 100 weights"):
        ExactTable.of(wide, "default", "0.1", 2, 0)


def test_divergence_on_a_table_is_undecided_with_the_reason():
    found = decide(random_table(0, 2), parse_claim("diverges"), 5)
    assert found.verdict is Verdict.UNDECIDED
    assert "only of data given by their spectrum" in found.reason
