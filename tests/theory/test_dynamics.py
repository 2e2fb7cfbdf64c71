"""Gradients and steps of Appendix B.1 against the loss itself, in exact rationals, entry by entry."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.spectra import rationals
from theory import Spectrum
from theory.formulas.dynamics import (
    batch_loss,
    gradient,
    later_layers,
    mode_gradient,
    mode_residual,
    step,
    two_layers,
)
from theory.formulas.model import loss, residual


def exact(values):
    array = np.empty(np.shape(values), dtype=object)
    for where in np.ndindex(array.shape):
        entry = values
        for position in where:
            entry = entry[position]
        array[where] = Fraction(entry)
    return array


@st.composite
def problems(draw):
    n, d, later = draw(st.integers(1, 4)), draw(st.integers(1, 3)), draw(st.integers(1, 4))
    entry = rationals(-5, 5)
    X = exact([[draw(entry) for _ in range(d)] for _ in range(n)])
    y, u = exact([draw(entry) for _ in range(n)]), exact([draw(entry) for _ in range(d)])
    return X, y, u, exact([draw(entry) for _ in range(later)])


def slope(X, y, u, v):
    return X.T @ residual(X, y, u, later_layers(v).product) / len(y)


def slow_loss(X, y, u, v, batch):
    """Mean over a batch of squared errors, halved, one sample at a time."""
    value = Fraction(0)
    for n in batch:
        output = sum((X[n][k] * u[k] for k in range(len(u))), start=Fraction(0))
        for weight in v:
            output *= weight
        value += (output - y[n]) ** 2
    return value / (2 * len(batch))


def slow_derivative(function, values, position):
    """Derivative in one entry of a function that is quadratic in it: a central difference is exact."""
    sides = []
    for sign in (1, -1):
        moved = values.copy()
        moved[position] += sign
        sides.append(function(moved))
    return (sides[0] - sides[1]) / 2


def slow_gradient(X, y, u, v, batch):
    first = [slow_derivative(lambda moved: slow_loss(X, y, moved, v, batch), u, k) for k in range(len(u))]
    later = [slow_derivative(lambda moved: slow_loss(X, y, u, moved, batch), v, j) for j in range(len(v))]
    return first, later


@given(problems())
def test_gradient_is_that_of_the_loss(problem):
    X, y, u, v = problem
    assert loss(X, y, u, later_layers(v).product) == slow_loss(X, y, u, v, range(len(y)))
    found = gradient(slope(X, y, u, v), u, later_layers(v))
    first, later = slow_gradient(X, y, u, v, range(len(y)))
    assert list(found.first_layer) == first
    assert list(found.later_layers) == later


@given(problems(), st.data())
def test_batch_gradient_is_that_of_the_batch_loss(problem, data):
    X, y, u, v = problem
    batch = sorted(data.draw(st.sets(st.integers(0, len(y) - 1), min_size=1)))
    mask = exact([int(n in batch) for n in range(len(y))])
    layers = later_layers(v)
    assert batch_loss(X, y, u, layers.product, mask, len(batch)) == slow_loss(X, y, u, v, batch)
    found = gradient(X.T @ (residual(X, y, u, layers.product) * mask) / len(batch), u, layers)
    first, later = slow_gradient(X, y, u, v, batch)
    assert list(found.first_layer) == first
    assert list(found.later_layers) == later


@given(problems())
def test_the_others_are_the_product_without_one(problem):
    *_, v = problem
    layers = later_layers(v)
    for j in range(len(v)):
        product = Fraction(1)
        for k, weight in enumerate(v):
            product *= weight if k != j else 1
        assert layers.others[j] == product
        assert product * v[j] == layers.product


@given(st.integers(1, 4), st.integers(1, 3), st.data())
def test_steps_in_modes_are_the_steps_in_weights(rank, later, data):
    """On diagonal data the bases are the axes; two steps of both, from the same weights."""
    entry = rationals(-3, 3)
    values = sorted((abs(data.draw(entry)) + 1 for _ in range(rank)), reverse=True)
    labels = [data.draw(entry) for _ in range(rank - 1)] + [Fraction(1)]
    spectrum = Spectrum(values, labels, n_samples=rank)
    X, y = np.diag(exact(values)), exact(labels)
    u, v = exact([data.draw(entry) for _ in range(rank)]), exact([data.draw(entry) for _ in range(later)])
    c, weights = u.copy(), v.copy()
    for _ in range(2):
        u, v = step(u, later_layers(v), gradient(slope(X, y, u, v), u, later_layers(v)), Fraction(1, 8))
        layers = later_layers(weights)
        assert list(mode_residual(spectrum, c, layers.product)) == list((X @ c) * layers.product - y)
        c, weights = step(c, layers, mode_gradient(spectrum, c, layers), Fraction(1, 8))
        assert list(u) == list(c)
        assert list(v) == list(weights)


def test_two_layers_are_one_later_layer():
    X, y, u = exact([[1, 2], [3, 4]]), exact([5, 6]), exact([7, 8])
    along = slope(X, y, u, exact([9]))
    short, long = gradient(along, u, two_layers(Fraction(9))), gradient(along, u, later_layers(exact([9])))
    assert list(short.first_layer) == list(long.first_layer)
    assert short.later_layers == long.later_layers[0]


def test_floats_stay_floats():
    u, v = np.array([2.0]), np.array([1.0])
    found = gradient(slope(np.ones((2, 1)), np.zeros(2), u, v), u, later_layers(v))
    assert found.first_layer.dtype == found.later_layers.dtype == np.float64
