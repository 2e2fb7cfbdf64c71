"""Probabilities of inclusion against every batch counted, and laws that are not uniform."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.spectra import rationals
from tests.theory.test_imbalance import imbalance, one_step
from theory.formulas.imbalance import sgd_expected_increment
from theory.setting.batches import B
from theory.setting.symbols import N
from theory.statements.thm_5_9 import INCLUSION, JOINT_INCLUSION

FANO = [(0, 1, 2), (0, 3, 4), (0, 5, 6), (1, 3, 5), (1, 4, 6), (2, 3, 6), (2, 4, 5)]


@pytest.mark.parametrize(("size", "batch_size"), [(n, b) for n in range(2, 8) for b in range(1, n + 1)])
def test_inclusion_is_the_share_of_the_batches(size, batch_size):
    batches, sizes = list(combinations(range(size), batch_size)), {N: size, B: batch_size}
    for n in range(size):
        share = Fraction(sum(n in batch for batch in batches), len(batches))
        assert share == INCLUSION.subs(sizes)
    for n, m in combinations(range(size), 2):
        share = Fraction(sum(n in batch and m in batch for batch in batches), len(batches))
        assert share == JOINT_INCLUSION.subs(sizes)


@given(st.data())
def test_seven_batches_that_prefer_no_pair_have_the_uniform_laws_mean(data):
    entry = rationals(-9, 9)
    X = [[data.draw(entry)] for _ in range(7)]
    y, u = [data.draw(entry) for _ in range(7)], [data.draw(entry)]
    v, step_size = data.draw(entry), Fraction(1, 3)
    mean = sum(imbalance(*one_step(X, y, u, v, step_size, batch)) for batch in FANO) / Fraction(7)
    assert sgd_expected_increment(X, y, u, v, step_size, 3) == mean - imbalance(u, v)


def test_a_law_that_prefers_pairs_has_another_mean():
    """Batches of neighbours only: every sample is as likely as any other, but not every pair."""
    X, y, u, v = [[1]] * 4, [0, 0, 9, 9], [Fraction(1)], Fraction(2)
    neighbours = [(0, 1), (2, 3)]
    mean = sum(imbalance(*one_step(X, y, u, v, Fraction(1), batch)) for batch in neighbours) / Fraction(2)
    assert sgd_expected_increment(X, y, u, v, 1, 2) != mean - imbalance(u, v)
