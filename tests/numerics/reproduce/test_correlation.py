"""The interval of a correlation holds the true one as often as it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from numerics.reproduce.correlation import at_spread, errors_apart, interval, of_draws
from theory.errors import ParameterError

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


@pytest.mark.parametrize("correlation", [float("nan"), 1.001, -2.0, float("inf")])
def test_what_is_no_correlation_has_no_interval(correlation):
    for draws in (3, 10):
        with pytest.raises(ParameterError, match="between -1 and 1"):
            interval(correlation, draws)
        for pair in ((correlation, 0.5), (0.5, correlation)):
            with pytest.raises(ParameterError, match="between -1 and 1"):
                errors_apart(pair[0], draws, pair[1], draws)


@given(R, some.floats(-0.005, 0.005))
def test_a_rounded_correlation_stands_for_all_that_it_can(correlation, off):
    assert errors_apart(correlation, 50, correlation + 0.99 * off, 50, rounded_by=0.005) == 0
    farther = errors_apart(correlation, 50, correlation + 0.01, 50, rounded_by=0.005)
    assert farther == pytest.approx(errors_apart(correlation, 50, correlation + 0.005, 50))
    assert farther > 0


@pytest.mark.parametrize("constant", [0.1, 5.0])
def test_without_spread_there_is_no_correlation(constant):
    assert of_draws(np.full(10, constant), np.arange(10.0)) is None
    assert of_draws(np.arange(10.0), np.full(10, constant)) is None
    assert of_draws(np.arange(2.0), np.arange(2.0)) is None
    for size in (1e200, 1.0, 1e-200):
        assert of_draws(size * np.arange(10.0), -np.arange(10.0)) == pytest.approx(-1, abs=1e-15)
