import numpy as np
import pytest
from sklearn.datasets import load_digits

from numerics.data import load
from theory import Spectrum
from theory.bounds import balanced_minimizer, minimizer_sharpness, predicted_sharpness


def test_pixels_are_those_of_the_bundle_standardized_by_one_mean_and_deviation():
    pixels, classes = load_digits(return_X_y=True)
    data = load("digits:3,5")
    chosen = np.isin(classes, (3, 5))
    assert data.X.shape == (365, 64)
    assert data.classes.tolist() == classes[chosen].tolist()
    assert data.y.tolist() == [1.0 if digit == 3 else -1.0 for digit in classes[chosen]]
    mean = sum(map(float, pixels.ravel())) / pixels.size
    deviation = (sum((float(pixel) - mean) ** 2 for pixel in pixels.ravel()) / pixels.size) ** 0.5
    np.testing.assert_allclose(data.X * deviation + mean, pixels[chosen], rtol=0, atol=1e-11)


def test_the_first_class_is_the_positive_one():
    forward, backward = load("digits:3,5"), load("digits:5,3")
    assert forward.y.tolist() == (-backward.y).tolist()
    assert forward.X.tolist() == backward.X.tolist()
    assert "3 (+1) and 5 (-1)" in forward.description


@pytest.mark.parametrize("samples", [1, 2, 31, 364, 365])
def test_a_subset_is_balanced_and_keeps_the_features_of_its_images(samples):
    whole, part = load("digits:3,5"), load("digits:3,5", samples=samples, seed=4)
    assert (part.y == 1).sum() == (samples + 1) // 2
    assert (part.y == -1).sum() == samples // 2
    rows = {(*row, label) for row, label in zip(map(tuple, whole.X), whole.y, strict=True)}
    assert all((*row, label) in rows for row, label in zip(map(tuple, part.X), part.y, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("depth", [2, 3, 4, 5])
def test_bounds_hold_on_real_data_against_a_dense_eigenvalue(depth):
    data = load("digits:3,5")
    spectrum = Spectrum.from_data(data.X, data.y)
    lower, upper = balanced_minimizer(spectrum, depth)
    exact = minimizer_sharpness(spectrum, depth=depth)
    assert predicted_sharpness(spectrum, depth) <= lower <= exact <= upper
    # Equation (21) with dense matrices: the tangent kernel at the balanced minimizer of the projected labels.
    pseudo_inverse = np.linalg.pinv(data.X)
    labels = data.X @ (pseudo_inverse @ data.y)
    difficulty = np.sum((pseudo_inverse @ data.y) ** 2)
    kernel = difficulty ** ((depth - 1) / depth) * data.X @ data.X.T
    kernel += (depth - 1) * difficulty ** (-1 / depth) * np.outer(labels, labels)
    assert exact == pytest.approx(np.linalg.eigvalsh(kernel)[-1] / len(data.y), rel=1e-10)
