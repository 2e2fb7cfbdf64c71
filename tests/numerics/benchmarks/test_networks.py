"""The section of wide networks: both ways agree on a small one, or it is said that JAX is not there."""

import importlib.util

import numpy as np
import pytest

from numerics.benchmarks.networks import network_lines
from numerics.data import Dataset


@pytest.mark.slow
def test_both_ways_agree_or_the_other_is_left_out():
    random = np.random.default_rng(0)
    dataset = Dataset("small", random.normal(size=(8, 60)), np.sign(random.normal(size=8)))
    lines = list(network_lines(dataset, (24,)))
    if importlib.util.find_spec("jax") is None:
        assert [line.against for line in lines] == ["JAX: left out, the package jax is not installed"]
        return
    assert len(lines) == 7
    assert all(line.ours is not None and line.ours > 0 for line in lines)
    assert lines[5].what.startswith("difference")
    assert lines[5].ours < 1e-3
