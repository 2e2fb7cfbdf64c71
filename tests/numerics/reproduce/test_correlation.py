"""The interval of a correlation holds the true one as often as it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from numerics.reproduce.correlation import at_spread, errors_apart, interval

R = some.floats(-0.99, 0.99)


@given(R, some.integers(4, 1000))
def test_an_interval_holds_its_correlation_and_narrows(correlation, draws):
    low, high = interval(correlation, draws)
    assert -1 <= low < correlation < high <= 1
    assert interval(correlation, draws + 1)[1] - interval(correlation, draws + 1)[0] < high - low


@pytest.mark.parametrize("correlation", [0.0, 0.9])
def test_it_covers_nineteen_in_twenty(correlation):
    random = np.random.default_rng(0)
    normal = random.normal(size=(2000, 2, 50))
    x, y = normal[:, 0], correlation * normal[:, 0] + (1 - correlation**2) ** 0.5 * normal[:, 1]
    seen = [float(np.corrcoef(one, other)[0, 1]) for one, other in zip(x, y, strict=True)]
    inside = np.mean([low <= correlation <= high for low, high in (interval(r, 50) for r in seen)])
    assert inside == pytest.approx(0.95, abs=0.015)
    apart = [errors_apart(one, 50, other, 50) for one, other in zip(seen[::2], seen[1::2], strict=True)]
    assert np.mean([value is not None and value > 1.96 for value in apart]) == pytest.approx(0.05, abs=0.02)


def test_few_draws_and_no_spread():
    assert interval(1.0, 50)[0] > 0.999
    assert interval(0.5, 2) == (-1.0, 1.0)
    assert errors_apart(0.5, 3, 0.5, 50) is None
    assert errors_apart(0.5, 10, 0.5, 10) == 0


def test_a_wider_spread_about_the_same_line_correlates_more():
    random = np.random.default_rng(1)
    x, noise = random.normal(size=(2, 100_000))
    narrow, wide = (np.corrcoef(k * x, 0.7 * k * x + noise)[0, 1] for k in (1.0, 1.5))
    assert at_spread(narrow, 1.0, 1.5) == pytest.approx(wide, abs=1e-2)
    assert at_spread(wide, 1.5, 1.0) == pytest.approx(narrow, abs=1e-2)
