"""Eigenvector, alpha and beta against dense eigenvectors and differences of the sharpness at 60 digits."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from numerics.arithmetic import Ball, Float64, Mpfr, Mpmath
from numerics.model.reduced import ReducedModel
from numerics.self_stabilization import local_constants
from numerics.sharpness import sharpness
from theory import Spectrum
from theory.errors import ParameterError
from theory.formulas.deep_model import reduced_hessian

BITS = 200  # 60 digits


def model(depth, arithmetic, seed, first_label=None):
    random = np.random.default_rng(seed)
    labels = [float(x) for x in random.normal(size=3)]
    if first_label is not None:
        labels[0] = first_label
    return ReducedModel.from_spectrum(Spectrum([3.0, 1.5, 0.25], labels, n_samples=5), depth, arithmetic)


def weights(depth, seed):
    random = np.random.default_rng([seed, depth])
    return [Fraction(float(x)) for x in random.normal(size=3)], [
        Fraction(float(x)) for x in random.normal(size=depth - 1)
    ]


def moved(entries, position, by):
    return [entry + by * (k == position) for k, entry in enumerate(entries)]


@pytest.mark.parametrize("depth", [2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(4))
def test_the_sharpness_gradient_is_that_of_the_eigenvalue(depth, seed):
    at, (c, v) = model(depth, Mpmath(BITS), seed), weights(depth, seed)
    found = local_constants(at, at.state(c, v))
    step = Fraction(1, 2**60)

    def top(c, v):
        return sharpness(at, at.state(c, v))

    differences = [top(moved(c, k, step), v) - top(moved(c, k, -step), v) for k in range(3)]
    differences += [top(c, moved(v, k, step)) - top(c, moved(v, k, -step)) for k in range(depth - 1)]
    slopes = [*found.sharpness_gradient.first_layer, *found.sharpness_gradient.later_layers]
    scale = max(abs(slope) for slope in slopes)
    with at.arithmetic.active():
        for difference, slope in zip(differences, slopes, strict=True):
            # The error of a central difference is of the step's square, 2^-120; a wrong factor is of order 1.
            assert abs(difference * 2**59 - slope) < scale * mpmath.mpf(2) ** -100


@pytest.mark.parametrize("depth", [2, 3, 4])
@pytest.mark.parametrize("kind", [Float64, Mpfr, Mpmath])
def test_the_eigenvector_is_the_dense_one(depth, kind):
    a = Float64() if kind is Float64 else kind(BITS)
    at, (c, v) = model(depth, a, 7), weights(depth, 7)
    found = local_constants(at, at.state(c, v))
    spectrum = Spectrum([3.0, 1.5, 0.25], [a.to_float(d) for d in at.label_coefficients], n_samples=5)
    blocks = reduced_hessian(spectrum, np.array(c, dtype=float), np.array(v, dtype=float))
    values, vectors = np.linalg.eigh(
        np.block([[np.diag(blocks.diagonal), blocks.border], [blocks.border.T, blocks.corner]])
    )
    mine = np.array([a.to_float(x) for x in (*found.eigenvector.first_layer, *found.eigenvector.later_layers)])
    assert a.to_float(found.sharpness) == pytest.approx(values[-1], rel=1e-12)
    assert abs(mine @ vectors[:, -1]) == pytest.approx(1, abs=1e-12)
    assert mine @ mine == pytest.approx(1, abs=1e-14)


@pytest.mark.parametrize("depth", [2, 3])
@pytest.mark.parametrize("power", [10, 200, 2000])
def test_a_top_mode_all_but_decoupled_keeps_its_digits(depth, power):
    """No label in the top mode and `c_1 = 2^-power`: `b` is `c_1` times a number that the rest gives."""
    at = model(depth, Mpfr(100), 3, first_label=0.0)
    layers = ["2"] * (depth - 1)
    entries = {}
    for k in (power, power + 1):
        found = local_constants(at, at.state([Fraction(1, 2**k), "0.1", "0.2"], layers))
        entries[k] = found.eigenvector.later_layers[0]
        assert abs(found.eigenvector.first_layer[0] - 1) < 2.0**-15
    assert entries[power + 1] != 0
    assert float(entries[power] / entries[power + 1]) == pytest.approx(2, rel=1e-5)


def test_alpha_is_the_rate_at_which_gradient_flow_sharpens():
    at, (c, v) = model(3, Mpmath(BITS), 5), weights(3, 5)
    found = local_constants(at, at.state(c, v))
    step = Fraction(1, 2**60)
    exact = at.arithmetic.to_fraction

    def along(sign):
        slope = found.gradient
        first = [x - sign * step * exact(g) for x, g in zip(c, slope.first_layer, strict=True)]
        later = [x - sign * step * exact(g) for x, g in zip(v, slope.later_layers, strict=True)]
        return sharpness(at, at.state(first, later))

    rate = (along(1) - along(-1)) * 2**59
    with at.arithmetic.active():
        slope, along_e = found.sharpness_gradient, found.eigenvector.dot(found.sharpness_gradient)
        plain = -found.gradient.dot(slope)
        assert float(plain) == pytest.approx(float(rate), rel=1e-25)
        # What is along e: alpha differs by (e.g)(e.G), beta by (e.G)^2.
        assert float(found.sharpening - plain - found.displacement * found.sharpness * along_e) == pytest.approx(
            0, abs=1e-50
        )
        assert float(slope.dot(slope) - found.stabilizing - along_e**2) == pytest.approx(0, abs=1e-50)


def test_balls_and_multiple_eigenvalues_are_refused():
    at = model(2, Ball(100), 0)
    with pytest.raises(ParameterError, match="balls"):
        local_constants(at, at.state(["1", "1", "1"], ["1"]))
    twins = ReducedModel.from_spectrum(Spectrum([1.0, 1.0], [0.0, 1.0], n_samples=1), 2, Float64())
    with pytest.raises(ParameterError, match="simple"):
        local_constants(twins, twins.state([0.0, 0.5], [1.0]))
    flat = ReducedModel.from_spectrum(Spectrum([1.0], [1.0], n_samples=1), 3, Float64())
    with pytest.raises(ParameterError, match="positive"):
        local_constants(flat, flat.state([0.0], [0.0, 0.0]))
