"""The ceiling on mini-batches and networks: what the kept results derive, in small."""

import numpy as np
import pytest

from book.records.mini_batch_ceilings import neutral_imbalance, resting_square
from book.records.network_ceilings import _as_one_neuron
from numerics.networks.gradient_flow import FlowEnd
from numerics.oscillation.ceiling import ceiling
from theory import Spectrum
from theory.errors import ParameterError
from theory.formulas.imbalance import noise_increments

RANDOM = np.random.default_rng(5)
X, y = RANDOM.normal(size=(7, 2)), RANDOM.normal(size=7)


def test_at_rest_the_choice_of_the_batch_adds_nothing():
    v = resting_square(X, y) ** 0.5
    u = np.linalg.lstsq(X, y, rcond=None)[0] / v
    at_rest, elsewhere = (noise_increments(X, y, u * v / w, np.array([w]), 0.1, 2)[0] for w in (v, 1.1 * v))
    assert at_rest == pytest.approx(0.0, abs=1e-15)
    assert abs(elsewhere) > 1e-5


def test_where_the_labels_can_be_reached_there_is_no_rest():
    with pytest.raises(ParameterError, match="can be reached"):
        resting_square(X, X @ np.array([1.0, 2.0]))


@pytest.mark.slow
def test_with_whole_batches_residuals_neither_grow_nor_shrink_at_the_edge():
    square, labels = X[:2], y[:2]
    spectrum = Spectrum.from_data(square, labels)
    edge = ceiling(spectrum, [0.3])
    found = neutral_imbalance(square, labels, spectrum, 2 / edge, 2, (-1.0, 2.0))
    assert found == pytest.approx(0.3, abs=2e-3)


def test_of_one_neuron_it_is_the_imbalance():
    end = FlowEnd([np.array([[3.0, 4.0]]), np.array([[2.0]])], 0.0, 0.0, 0)
    assert _as_one_neuron(end) == pytest.approx(25.0 - 4.0)
