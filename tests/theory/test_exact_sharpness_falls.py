"""The exact sharpness at a minimizer falls with C as long as C <= 0, on random spectra; after that it need not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.spectra import spectra
from theory import Spectrum
from theory.bounds import minimizer_sharpness


@given(spectra(low=-3, high=3), st.floats(0, 1e3), st.floats(0, 1e3))
def test_it_falls_as_long_as_the_imbalance_is_not_positive(spectrum, first, second):
    smaller, larger = -max(first, second), -min(first, second)
    before = minimizer_sharpness(spectrum, imbalance=smaller)
    assert minimizer_sharpness(spectrum, imbalance=larger) <= before * (1 + 1e-9)


def test_it_can_rise_after_that():
    spectrum = Spectrum([5.0, 4.0], [0.0, 15.0], n_samples=2)
    assert minimizer_sharpness(spectrum, imbalance=1.0) > minimizer_sharpness(spectrum, imbalance=0.0)
    assert minimizer_sharpness(spectrum, imbalance=0.0) == pytest.approx(60.0)
