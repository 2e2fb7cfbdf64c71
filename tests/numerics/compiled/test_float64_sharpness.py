"""Numba compiles the reference into the reference's bits."""

import numpy as np
import pytest

from numerics.arithmetic import Float64
from numerics.compiled.float64_sharpness import Float64Sharpness
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness
from numerics.sharpness.many_states import sharpness_of_states
from tests.numerics.sharpness.cases import N_SAMPLES, random_cases


@pytest.mark.slow
def test_every_state_has_the_reference_s_bits() -> None:
    for s, d, f, v in random_cases(1500, seed=8):
        model, state = ReducedModel(Float64(), len(v) + 1, N_SAMPLES, s, d), State(f, tuple(v))
        assert Float64Sharpness(model)(state) == sharpness(model, state)


def test_many_modes_are_summed_in_the_common_order() -> None:
    rng = np.random.default_rng(9)
    for rank in (15, 16, 17, 333):
        s, d = np.sort(rng.uniform(0.1, 9, rank))[::-1].copy(), rng.normal(size=rank)
        outputs, layers = rng.normal(size=(20, rank)), rng.normal(size=(20, 2))
        found = Float64Sharpness(ReducedModel(Float64(), 3, N_SAMPLES, s, d))
        expected = sharpness_of_states(s, d, outputs, layers, N_SAMPLES)
        assert [found(State(f, tuple(v))) for f, v in zip(outputs, layers, strict=True)] == expected.tolist()


def test_what_float64_cannot_hold_is_left_to_the_reference() -> None:
    model = ReducedModel(Float64(), 2, N_SAMPLES, np.array([1e200]), np.array([1.0]))
    assert Float64Sharpness(model)(State(np.array([1e200]), (np.float64(1e200),))) is None
