"""The compiled sums over modes give the sharpness that the reference finds, or leave it to the reference."""

from fractions import Fraction

import numpy as np
import pytest

from numerics.arithmetic import Mpfr
from numerics.compiled.many_bit_sharpness import ManyBitSharpness
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness
from tests.effort import usually
from tests.numerics.sharpness.cases import N_SAMPLES, dense_top, random_cases


@pytest.mark.slow
@pytest.mark.parametrize("bits", [53, 113, 256, 700])
def test_the_compiled_sums_give_the_careful_way_s_bits(bits: int) -> None:
    a, found, doubtful = Mpfr(bits), 0, 0
    for case in random_cases(usually(100, thoroughly=600), seed=20):
        s, d, f, v = case
        model = ReducedModel(a, len(v) + 1, N_SAMPLES, a.vector(s), a.vector(d))
        state = State(a.vector(f), tuple(a.vector(v)))
        quick = ManyBitSharpness(model)(state)
        if quick is None:
            doubtful += 1
            continue
        found += 1
        assert quick == sharpness(model, state), case
        if bits < 150:
            assert abs(a.to_fraction(quick) - dense_top(case)) <= dense_top(case) * Fraction(1, 2**bits)
    assert found > 40
    assert doubtful > 10  # there are states that it must leave alone


def test_the_compiled_sums_without_52_bit_products(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numerics.compiled.many_bit_sharpness.limb_bits", lambda: 28)
    rng, a = np.random.default_rng(23), Mpfr(256)
    model = ReducedModel(a, 3, N_SAMPLES, a.vector([3.0, 2.0, 0.5]), a.vector([1.0, -1.0, 2.0]))
    for _ in range(10):
        state = State(a.vector(rng.normal(size=3)), tuple(a.vector(rng.normal(size=2))))
        assert ManyBitSharpness(model)(state) in (sharpness(model, state), None)
    assert ManyBitSharpness(model)(model.state([0.5, -0.25, 1.0], [0.75, -0.5])) is not None


@pytest.mark.slow
def test_the_compiled_sums_at_larger_ranks_and_depths() -> None:
    rng, a = np.random.default_rng(21), Mpfr(256)
    for rank, depth in ((9, 2), (33, 3), (100, 2), (64, 5)):
        model = ReducedModel(
            a, depth, N_SAMPLES, a.vector(np.sort(rng.uniform(0.1, 9, rank))[::-1]), a.vector(rng.normal(size=rank))
        )
        for _ in range(10):
            with a.active():  # numbers with all their bits
                f = a.vector(rng.normal(size=rank)) / a.number(3)
                v = tuple(a.vector(rng.normal(size=depth - 1)) / a.number(7))
            quick = ManyBitSharpness(model)(State(f, v))
            assert quick is not None
            assert quick == sharpness(model, State(f, v))
