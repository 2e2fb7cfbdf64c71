"""Products of wide matrices are exact, entry for entry what flint's integer matrices give."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from numerics.model.wide_matrix import (
    WideMatrix,
    _primes,
    gram,
    quotients,
    residual,
    squared_columns,
)


def drawn(rng: np.random.Generator, n: int, m: int, bits: int) -> list[list[int]]:
    """Draw whole numbers of up to some bits, the extreme ones among them."""
    extremes = [0, 1, -1, (1 << bits) - 1, 1 - (1 << bits), 1 << (bits - 1)]
    return [
        [
            extremes[rng.integers(6)]
            if rng.random() < 0.2
            else int.from_bytes(rng.bytes(bits // 8 + 1)) >> 8 - bits % 8
            for _ in range(m)
        ]
        for _ in range(n)
    ]


def wide(rows: list[list[int]], low: int = 0) -> WideMatrix:
    flat = WideMatrix.from_integers([x for row in rows for x in row], low)
    return WideMatrix(flat.digits.reshape(-1, len(rows), len(rows[0])), low)


def exact(matrix: WideMatrix) -> Any:
    unit = Fraction(2) ** (22 * matrix.low)
    return np.array([unit * x for x in matrix.integers()], dtype=object).reshape(matrix.digits.shape[1:])


@pytest.mark.parametrize(
    ("n", "k", "m", "bits", "other_bits"),
    [(3, 4, 5, 100, 200), (7, 1, 1, 3, 1), (20, 30, 10, 700, 53), (1, 2, 2, 1, 1), (5, 3072, 4, 75, 75)],
)
def test_a_product_has_every_bit(n: int, k: int, m: int, bits: int, other_bits: int) -> None:
    rng = np.random.default_rng(bits)
    A, B = drawn(rng, n, k, bits), drawn(rng, k, m, other_bits)
    product = wide(A, 2) @ wide(B, -5)
    assert product.low == -3
    assert product.integers() == [int(x) for x in (fmpz_mat(A) * fmpz_mat(B)).entries()]
    squares = gram(wide(A))
    assert squares.integers() == [int(x) for x in (fmpz_mat(A) * fmpz_mat(A).transpose()).entries()]


def test_the_largest_entries_that_fit_still_come_out() -> None:
    # The bound on the product is met to the last bit: one prime fewer would give another result.
    size = (1 << 109) - 1
    A = [[size] * 500 for _ in range(2)]
    assert (wide(A) @ wide(A).transposed).integers() == [500 * size**2] * 4
    negative = [[-size] * 500 for _ in range(2)]
    assert (wide(A) @ wide(negative).transposed).integers() == [-500 * size**2] * 4


@pytest.mark.parametrize("terms", [1, 2, 500, 3072, 10**6])
def test_sums_of_residues_stay_exact_in_float64(terms: int) -> None:
    primes = _primes(600, terms)
    assert terms * (max(primes) // 2 + 1) ** 2 <= 2**53
    assert len(set(primes)) == len(primes)
    product = 1
    for p in primes:
        product *= p
    assert product >> 600


@given(st.integers(0, 10**6), st.sampled_from([20, 200, 900]))
def test_digits_hold_what_they_were_made_of(seed: int, spread: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(3, 4)) * 2.0 ** rng.integers(-spread // 2, spread // 2, (3, 4))
    held = WideMatrix.from_floats(values)
    assert exact(held).ravel().tolist() == [Fraction(x) for x in values.ravel()]
    assert np.array_equal(held.scaled(0), values)
    assert np.abs(held.digits).max() <= 2**21
    total = held + -WideMatrix.from_floats(values[::-1])
    assert exact(total).ravel().tolist() == [
        Fraction(x) - Fraction(z) for x, z in zip(values.ravel(), values[::-1].ravel(), strict=True)
    ]
    place = int(rng.integers(held.low - 1, held.top + 3))
    for cut in (held.cut(place), held.placed(place)):
        assert max(abs(x) for x in (exact(cut) - exact(held)).ravel()) <= Fraction(2) ** (22 * place) * Fraction(
            5001, 10_000
        )
    assert exact(held.placed(held.low - 3)).tolist() == exact(held).tolist()


def test_the_sums_of_a_refinement_step_are_exact() -> None:
    rng = np.random.default_rng(3)
    G, E = wide(drawn(rng, 6, 6, 150), -7), wide(drawn(rng, 6, 6, 90), -4)
    values = wide(drawn(rng, 1, 6, 170), -7)
    found = residual(G, E, values)
    assert (exact(found) == exact(G) @ exact(E) - exact(E) * exact(values)).all()
    assert (exact(squared_columns(E))[0] == (exact(E) ** 2).sum(axis=0)).all()


@pytest.mark.parametrize("apart", [1, 30, 60, 100])
def test_quotients_are_right_to_the_place_that_is_asked_for(apart: int) -> None:
    rng = np.random.default_rng(apart)
    entries = drawn(rng, 1, 9, 200)
    entries[0][3] = entries[0][4] + (1 << (200 - apart))  # two values that are close
    values = wide(entries, -9)
    least = min(abs(x - z) for i, x in enumerate(entries[0]) for z in entries[0][:i])
    for low in (-2, -5, -8):
        W = wide(drawn(rng, 9, 9, 200 - apart - 25), -9)
        W = W.placed(low - 5 + min(0, (least.bit_length() - 200) // 22))
        found = exact(quotients(W, values, low))
        differences = exact(values) - exact(values).T
        for i in range(9):
            assert found[i, i] == 0
            for j in set(range(9)) - {i}:
                assert abs(found[i, j] - exact(W)[i, j] / differences[i, j]) <= Fraction(2) ** (22 * low)
