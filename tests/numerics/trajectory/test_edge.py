"""Crossings and drops by their definition, compared with the exact `2/eta`."""

import math
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from numerics.trajectory import Outcome, Trajectory
from numerics.trajectory.edge import Edge, crossing_and_drop, neighbours

values = st.one_of(st.sampled_from([0.5, 1.0, 1.5, 2.0, math.inf]), st.floats(0, 3))


@given(st.lists(values, max_size=12), st.sampled_from([Fraction(1), Fraction(4, 3), Fraction(10**30 + 1, 10**30)]))
def test_the_first_above_and_the_first_later_one_below(series, threshold):
    above = [place for place, value in enumerate(series) if value == math.inf or Fraction(value) > threshold]
    crossing = min(above, default=None)
    later = [p for p in range(len(series)) if crossing is not None and p > crossing and p not in above]
    drop = min((p for p in later if Fraction(series[p]) < threshold), default=None)
    assert crossing_and_drop(np.array(series), threshold) == (crossing, drop)


@given(st.floats(1e-3, 1e3), st.integers(1, 10**18), st.integers(1, 10**18))
def test_float64_numbers_are_compared_with_the_exact_edge(top, numerator, denominator):
    edge = Fraction(numerator, denominator)
    down, up = neighbours(edge)
    for value in (top, float(edge), math.nextafter(float(edge), 0), math.nextafter(float(edge), math.inf)):
        assert (value > down) == (Fraction(value) > edge)
        assert (value < up) == (Fraction(value) < edge)


def test_the_steps_are_those_that_were_recorded():
    steps, series = np.array([0, 10, 20, 25]), {"sharpness": np.array([1.0, 3.0, np.inf, 1.0])}
    run = Trajectory(Outcome.STEP_LIMIT, 25, steps, series, {}, ((), ()))
    assert Edge.of(run, 2.0) == Edge(10, 25, 3.0)
    assert Edge.of(run, 4.0) == Edge(20, 25, 3.0)
