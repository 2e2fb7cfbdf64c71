"""The bounds against the loss itself: its Hessian by central differences of the definition, in 60-digit numbers.

Nothing of `theory` enters the Hessian: the loss is written out sample by sample, and its second derivatives are exact
because the differences of a polynomial of degree 2 in each pair of coordinates are.
"""

import mpmath
import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.effort import usually
from theory import Spectrum, bounds

context = mpmath.MPContext()
context.dps = 60
SLACK = context.mpf(10) ** -9  # the spectrum is float64, and its condition number enters


def loss(X, y, u, layers):
    product = context.mpf(1)
    for weight in layers:
        product *= weight
    total = context.mpf(0)
    for row, label in zip(X, y, strict=True):
        total += (context.fdot(row, u) * product - label) ** 2
    return total / (2 * len(y))


def sharpness(X, y, u, layers):
    """Top eigenvalue of the matrix of second differences of the loss, by a dense eigensolver."""
    X, y = [[context.mpf(float(x)) for x in row] for row in X], [context.mpf(float(label)) for label in y]
    point = [context.mpf(w) for w in (*u, *layers)]
    size, first = len(point), len(u)
    # In each coordinate the loss is a polynomial of degree 2, for which central differences of any width are exact.
    step = context.mpf(1)
    hessian = context.matrix(size, size)

    def at(*moves):
        moved = list(point)
        for index, sign in moves:
            moved[index] += sign * step
        return loss(X, y, moved[:first], moved[first:])

    for i in range(size):
        for j in range(i, size):
            if i == j:
                second = at((i, 1)) - 2 * at() + at((i, -1))
                hessian[i, i] = second / step**2
            else:
                crossed = at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1)) + at((i, -1), (j, -1))
                hessian[i, j] = hessian[j, i] = crossed / (4 * step**2)
    return max(context.eigsy(hessian, eigvals_only=True))


@st.composite
def data_sets(draw):
    """Few samples of many features and many of few, rank 1, repeated singular values."""
    n, d = draw(st.sampled_from([(1, 1), (1, 3), (3, 1), (4, 2), (2, 4), (3, 3)]))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    if draw(st.booleans()):
        X = generator.normal(size=(n, d))
    else:
        rank = min(n, d)
        left, _ = np.linalg.qr(generator.normal(size=(n, rank)))
        right, _ = np.linalg.qr(generator.normal(size=(d, rank)))
        X = left @ right.T * generator.uniform(0.1, 3.0)  # all singular values equal
    return X, X @ generator.normal(size=d) * 10.0 ** draw(st.integers(-3, 3))


def between(pair, value):
    scale = abs(value) + abs(context.mpf(float(pair.upper)))
    return context.mpf(float(pair.lower)) - SLACK * scale <= value <= context.mpf(float(pair.upper)) + SLACK * scale


def near(value, reference):
    return abs(context.mpf(float(value)) - reference) <= SLACK * abs(reference)


def test_two_layer_minimizers():
    seen = []

    @settings(max_examples=usually(20, thoroughly=1000))
    @given(data_sets(), st.floats(-30, 30))
    def holds(problem, imbalance):
        X, y = problem
        spectrum = Spectrum.from_data(X, y)
        weight = float(bounds.positive_root(imbalance, spectrum.difficulty)) ** 0.5
        u = (spectrum.label_coefficients / (spectrum.singular_values * weight)) @ spectrum.right_singular_vectors
        exact = sharpness(X, y, u, [weight])
        assert between(bounds.two_layer_minimizer(spectrum, imbalance), exact)
        assert near(bounds.minimizer_sharpness(spectrum, imbalance=imbalance), exact)
        seen.append(spectrum.rank)

    holds()
    assert 1 in seen, "no data set of rank 1 was tried"
    assert max(seen) > 1, "no data set of a higher rank was tried"


def test_balanced_minimizers():
    seen = []

    @settings(max_examples=usually(12, thoroughly=500))
    @given(data_sets(), st.integers(2, 6))
    def holds(problem, depth):
        X, y = problem
        spectrum = Spectrum.from_data(X, y)
        weight = float(spectrum.difficulty) ** (1 / (2 * depth))
        product = weight ** (depth - 1)
        u = (spectrum.label_coefficients / (spectrum.singular_values * product)) @ spectrum.right_singular_vectors
        exact = sharpness(X, y, u, [weight] * (depth - 1))
        assert between(bounds.balanced_minimizer(spectrum, depth), exact)
        assert near(bounds.minimizer_sharpness(spectrum, depth=depth), exact)
        seen.append(depth)

    holds()
    assert max(seen) > 2, "no depth above 2 was tried"


def test_any_weights_balanced_or_wildly_not():
    seen = []

    @settings(max_examples=usually(20, thoroughly=1000))
    @given(data_sets(), st.integers(-4, 4), st.integers(-4, 4), st.booleans())
    @example((np.array([[2.0]]), np.array([6.0])), 0, 0, True)
    def holds(problem, first_scale, second_scale, zero):
        X, y = problem
        spectrum = Spectrum.from_data(X, y)
        u = np.linspace(-1.0, 2.0, X.shape[1]) * 10.0**first_scale
        v = 0.0 if zero else 10.0**second_scale
        exact = sharpness(X, y, u, [v])
        assert between(bounds.pointwise(spectrum, spectrum.first_layer_coefficients(u), v), exact)
        seen.append(v)

    holds()
    assert 0.0 in seen
    assert max(seen) > 0
