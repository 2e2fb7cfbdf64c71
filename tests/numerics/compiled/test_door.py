"""The door gives a fast path where it repays being loaded, and a run has the same bits with it and without."""

import numpy as np
import pytest

from numerics.arithmetic import Arithmetic, Float32, Float64, Mpfr, Mpmath
from numerics.compiled.float64_sharpness import Float64Sharpness
from numerics.compiled.lanes import MOST_BITS
from numerics.compiled.many_bit_sharpness import ManyBitSharpness
from numerics.fast import fast_descent, fast_sharpness, states_that_repay
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.sharpness import sharpness, sharpness_along_a_run
from theory import Spectrum

MANY = 10**9


def model(arithmetic: Arithmetic) -> ReducedModel:
    return ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [1.0, -0.5], n_samples=3), 3, arithmetic)


@pytest.mark.slow
@pytest.mark.parametrize(("arithmetic", "kind"), [(Float64(), Float64Sharpness), (Mpfr(100), ManyBitSharpness)])
def test_few_states_are_left_to_the_reference(arithmetic: Arithmetic, kind: type) -> None:
    enough = states_that_repay(model(arithmetic))
    assert 1000 < enough < MANY
    assert fast_sharpness(model(arithmetic), enough - 1) is None
    assert isinstance(fast_sharpness(model(arithmetic), enough), kind)


@pytest.mark.parametrize("arithmetic", [Float32(), Mpmath(60), Mpfr(MOST_BITS + 1)])
def test_other_arithmetics_have_no_compiled_sharpness(arithmetic: Arithmetic) -> None:
    assert fast_sharpness(model(arithmetic), MANY) is None


def test_mpmath_has_no_compiled_descent() -> None:
    reference = model(Mpmath(60))
    slow = GradientDescent("0.1").on(reference, fast=False)
    assert fast_descent(reference, reference.arithmetic.number("0.1"), slow) is None


@pytest.mark.slow
@pytest.mark.parametrize("arithmetic", [Float64(), Mpfr(53), Mpfr(200)])
def test_the_sharpness_along_a_run_has_the_bits_of_each_state_alone(arithmetic: Arithmetic) -> None:
    rng, reduced = np.random.default_rng(0), model(arithmetic)
    along = sharpness_along_a_run(reduced, MANY)
    for number in range(40):  # where a layer is zero the compiled sums leave the decision to the reference
        state = reduced.state(rng.normal(size=2), rng.normal(size=2) * (number % 4 > 0))
        assert along(state) == sharpness(reduced, state)
