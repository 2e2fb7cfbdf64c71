"""Decomposition of data: what is kept, what is dropped, and what is refused."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from theory import Spectrum
from theory.bounds import pointwise, two_layer_minimizer
from theory.errors import (
    DegenerateDataError,
    NotFiniteError,
    NoZeroLossError,
    NumberKindError,
    ParameterError,
    ShapeError,
    SharpnessError,
)


@st.composite
def data_sets(draw):
    n, d = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rank = draw(st.integers(1, min(n, d)))
    scale = 10.0 ** draw(st.integers(-9, 9))
    X = generator.normal(size=(n, rank)) @ generator.normal(size=(rank, d)) * scale
    return X, generator.normal(size=n)


@given(data_sets())
def test_difficulty_is_the_squared_norm_of_the_least_solution(problem):
    X, y = problem
    spectrum = Spectrum.from_data(X, y, rank_tolerance=1e-13)  # a product of floats is rounded to full rank
    condition = spectrum.singular_values[0] / spectrum.singular_values[-1]
    solution = np.linalg.pinv(X, rcond=1e-13) @ y
    assert spectrum.difficulty == pytest.approx(float(solution @ solution), rel=1e-13 * float(condition) ** 2 + 1e-9)
    inside = spectrum.label_norm**2
    assert inside / (y @ y) + spectrum.label_residual_share == pytest.approx(1.0, abs=1e-12)


@given(data_sets(), st.floats(-3, 3))
def test_first_layer_coefficients_reproduce_the_output(problem, weight):
    X, y = problem
    spectrum = Spectrum.from_data(X, y)
    u = np.linspace(-1, 1, X.shape[1]) + weight
    coefficients = spectrum.first_layer_coefficients(u)
    scale = float(np.abs(X).max()) * np.linalg.norm(u)
    norm = np.linalg.norm(X @ u)
    assert np.linalg.norm(spectrum.singular_values * coefficients) == pytest.approx(norm, rel=1e-9, abs=1e-12 * scale)


def test_the_part_outside_the_columns_is_dropped_and_reported():
    X, y = [[2.0], [0.0]], [6.0, 8.0]
    spectrum = Spectrum.from_data(X, y)
    assert spectrum.label_norm == pytest.approx(6.0)
    assert spectrum.label_residual_share == pytest.approx(0.64)
    with pytest.raises(NoZeroLossError, match="64 %"):
        Spectrum.from_data(X, y, require_zero_loss=True)


def test_labels_inside_the_columns_have_no_residual():
    generator = np.random.default_rng(0)
    X = generator.integers(-9, 9, size=(40, 7)).astype(float)
    y = X @ generator.integers(-9, 9, size=7)
    assert Spectrum.from_data(X, y, require_zero_loss=True).label_residual_share == 0
    y[3] += 2.0**-40
    assert 0 < Spectrum.from_data(X, y).label_residual_share < 1e-20
    with pytest.raises(NoZeroLossError):
        Spectrum.from_data(X, y, require_zero_loss=True)


def test_rank_tolerance_decides_what_counts_as_zero():
    X = np.diag([1.0, 1e-6])
    assert Spectrum.from_data(X, [1.0, 1.0]).rank == 2
    assert Spectrum.from_data(X, [1.0, 1.0], rank_tolerance=1e-3).rank == 1


def test_huge_and_tiny_data_do_not_overflow():
    for scale in (1e-120, 1e120):
        spectrum = Spectrum.from_data(np.diag([4.0, 2.0]) * scale, np.array([0.0, 6.0]) * scale)
        assert spectrum.difficulty == pytest.approx(9.0)


def test_multiprecision_data_are_decomposed_to_their_precision():
    context = mpmath.MPContext()
    context.dps = 60
    X = [[context.mpf(5), context.mpf(1)], [context.mpf(1), context.mpf(4)], [context.mpf(0), context.mpf(1)]]
    y = [context.mpf(1), context.mpf(2), context.mpf(3)]
    spectrum = Spectrum.from_data(X, y)
    gram = context.matrix([[26, 9], [9, 18]])
    solution = context.lu_solve(gram, context.matrix([7, 12]))
    expected = solution[0] ** 2 + solution[1] ** 2
    assert abs(spectrum.difficulty - expected) < context.mpf(10) ** -55
    assert spectrum.label_residual_share > 0


def test_a_spectrum_is_frozen():
    spectrum = Spectrum([2.0, 1.0], [1.0, 1.0], n_samples=1)
    with pytest.raises(AttributeError):
        spectrum.n_samples = 2
    with pytest.raises(ValueError, match="read-only"):
        spectrum.singular_values[0] = 9.0


@pytest.mark.parametrize(
    ("X", "y", "options", "error", "words"),
    [
        ([1.0, 2.0], [1.0, 2.0], {}, ShapeError, "two-dimensional"),
        ([[1.0], [2.0]], [[1.0, 0.0], [2.0, 0.0]], {}, ShapeError, "one-dimensional"),
        ([[1.0], [2.0]], [1.0], {}, ShapeError, "2 rows but y has 1"),
        ([[1.0, 2.0], [3.0]], [1.0, 2.0], {}, ShapeError, "differ"),
        ([[1.0], [float("nan")]], [1.0, 2.0], {}, NotFiniteError, r"X\[1, 0\] is nan"),
        ([[1.0], [2.0]], [1.0, float("inf")], {}, NotFiniteError, r"y\[1\] is inf"),
        (np.zeros((0, 3)), [], {}, DegenerateDataError, "no rows"),
        (np.zeros((3, 0)), [1.0, 2.0, 3.0], {}, DegenerateDataError, "no columns"),
        ([[0.0], [0.0]], [1.0, 2.0], {}, DegenerateDataError, "rank 0"),
        ([[1.0], [2.0]], [0.0, 0.0], {}, DegenerateDataError, "y = 0"),
        ([[1.0], [1.0]], [1.0, -1.0], {}, DegenerateDataError, "orthogonal"),
        ([[1.0], [2.0]], [1.0, 1.0], {"rank_tolerance": 1.0}, ParameterError, "rank_tolerance"),
        ([["a"]], [1.0], {}, NumberKindError, "real numbers"),
        ([[1 + 2j]], [1.0], {}, NumberKindError, "real numbers"),
    ],
)
def test_bad_data_are_refused_in_one_line(X, y, options, error, words):
    with pytest.raises(error, match=words) as caught:
        Spectrum.from_data(X, y, **options)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, SharpnessError)


@pytest.mark.parametrize("labels", [(3.0, 4.0), (4.0, 3.0)])
def test_a_tied_top_singular_value_has_the_projection_on_its_whole_space(labels):
    tied = two_layer_minimizer(Spectrum([1.0, 1.0], labels, n_samples=2))
    assert (tied.lower, tied.upper) == (5.0, 5.0)
    assert two_layer_minimizer(Spectrum([1.0, 1.0 - 2**-52], labels, n_samples=2)).lower < 4.2


@pytest.mark.parametrize("turn", [0.0, 0.3, 1.0, 2.5])
def test_a_tied_top_singular_value_has_one_bound_at_any_weights(turn):
    """Whatever the basis of its space, and never above the sharpness, which is the Hessian's top eigenvalue."""
    basis = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    s, d, c, v = np.array([2.0, 2.0, 1.0]), np.array([3.0, -1.0, 2.0]), np.array([0.5, -1.0, 0.3]), 0.7
    turned = pointwise(Spectrum(s, basis @ d, n_samples=3), basis @ c, v)
    straight = pointwise(Spectrum(s, d, n_samples=3), c, v)
    assert turned.lower == pytest.approx(straight.lower)
    assert turned.upper == pytest.approx(straight.upper)
    z = s * c * v - d
    hessian = np.zeros((4, 4))
    hessian[:3, :3], hessian[3, 3] = np.diag((s * v) ** 2), (s * c) @ (s * c)
    hessian[:3, 3] = hessian[3, :3] = s * (s * c * v + z)
    assert turned.lower <= np.linalg.eigvalsh(hessian)[-1] / 3 <= turned.upper
    first_alone = (4 * (v**2 + c[0] ** 2) + 2 * v * c[0] * 2 * z[0] / (v**2 + c[0] ** 2)) / 3
    assert abs(turned.lower - first_alone) > 0.1


def test_the_top_mode_counts_in_every_kind_of_number():
    for s, d in ((arb(2, 1e-9), arb(3, 1e-9)), (arb(2), arb(3)), (Fraction(2), Fraction(3)), (2.0, 3.0)):
        assert abs(float(Spectrum([s, s / 2], [d, d], n_samples=2).top_label_squared) - 9) < 1e-6
