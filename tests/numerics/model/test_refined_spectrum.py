"""The refined spectrum is right to the last bits, as mpmath's singular value decomposition at more digits finds it."""

import mpmath
import numpy as np
import pytest

from numerics.arithmetic import Float64, Mpfr, Mpmath
from numerics.model.reduced import ReducedModel
from numerics.model.refined_spectrum import refined_spectrum
from numerics.optimizers.gradient_descent import GradientDescent
from tests.numerics.all_weights import loss, step
from theory.errors import DegenerateDataError, NotFiniteError, NoZeroLossError, ShapeError


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (4, 1), (8, 5), (5, 8), (9, 9)])
@pytest.mark.parametrize("bits", [53, 256, 700])
def test_every_bit_is_right(shape: tuple[int, int], bits: int) -> None:
    rng = np.random.default_rng(shape[0])
    X, y = rng.normal(size=shape) * 10 ** rng.uniform(-2, 2, shape), rng.normal(size=shape[0])
    _agree_with_mpmath(X, y, bits)


@pytest.mark.parametrize("shape", [(6, 9), (9, 6)])
@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9, 1e-12])
def test_clustered_singular_values_are_told_apart(shape: tuple[int, int], gap: float) -> None:
    rng = np.random.default_rng(7)
    left, right = (np.linalg.qr(rng.normal(size=(n, 6)))[0] for n in shape)
    singular = np.array([3.0, 3 * (1 - gap), 3 * (1 - 3 * gap), 1.0, 1 - gap, 0.1])
    X, y = (left * singular) @ right.T, rng.normal(size=shape[0])
    _agree_with_mpmath(X, y, 256)


@pytest.mark.parametrize("power", [300, -300])
def test_no_scale_of_the_data_matters(power: int) -> None:
    rng = np.random.default_rng(8)
    X, y = rng.normal(size=(4, 6)) * 2.0**power, rng.normal(size=4)
    _agree_with_mpmath(X, y, 128)


def _agree_with_mpmath(X: np.ndarray, y: np.ndarray, bits: int) -> None:  # type: ignore[type-arg]
    s, d = refined_spectrum(X, y, Mpmath(bits))
    wide = mpmath.MPContext()
    wide.prec = 2 * bits + 200
    left, values, _ = wide.svd_r(wide.matrix(X.tolist()))
    largest = max(abs(x) for x in d)
    for i, value in enumerate(values):
        assert abs(wide.mpf(s[i]) - value) <= value * wide.mpf(2) ** (1 - bits)
        exact = sum(left[n, i] * wide.mpf(y[n]) for n in range(len(y)))
        assert abs(abs(wide.mpf(d[i])) - abs(exact)) <= largest * wide.mpf(2) ** (2 - bits)


def test_both_coordinate_systems_agree_at_200_bits() -> None:
    rng = np.random.default_rng(0)
    X, y, a = rng.normal(size=(5, 7)), rng.normal(size=5), Mpfr(200)
    reduced = ReducedModel.from_data_to_all_bits(X, y, 2, a)
    # From u = 0 the first layer needs no singular vectors.
    end = GradientDescent("0.05").on(reduced).advance(reduced.state([0] * 5, ["0.8"]), 0, 200).state
    data, labels, u, v = a.matrix(X), a.vector(y), a.vector([0] * 7), [a.number("0.8")]
    with a.active():
        for _ in range(200):
            u, v = step(data, labels, u, v, a.number("0.05"))
        assert abs(end.layers[0] - v[0]) < 2.0**-180
        assert abs(reduced.loss(end) - loss(data, labels, u, v)) < 2.0**-180
    assert abs(float(end.layers[0]) - 0.8) > 0.01


def test_what_cannot_be_refined_is_refused() -> None:
    with pytest.raises(DegenerateDataError, match="rank-deficient"):
        refined_spectrum([[1.0, 2.0], [2.0, 4.0]], [1.0, 2.0], Mpfr(100))
    with pytest.raises(DegenerateDataError, match="too close"):
        refined_spectrum(np.eye(3) + 1e-17, [1.0, 2.0, 3.0], Mpfr(100))
    with pytest.raises(ShapeError):
        refined_spectrum([[1.0]], [1.0, 2.0], Float64())
    with pytest.raises(NotFiniteError):
        refined_spectrum([[np.nan]], [1.0], Float64())
    with pytest.raises(NoZeroLossError):
        ReducedModel.from_data_to_all_bits([[1.0], [2.0]], [1.0, 2.0], 2, Mpfr(60))
