"""The parts that enclosures rest on, against plain transcriptions in rationals."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq, fmpz_mat

from numerics.arithmetic.true_digits import certain_digits
from numerics.spectrum.exact_data import ExactData
from numerics.spectrum.exact_rank import ExactRank
from numerics.spectrum.numbers import Numbers
from numerics.spectrum.split_products import Pair, SplitMatrix, distance_to_product, exponent
from theory.errors import DegenerateDataError


@pytest.mark.parametrize("seed", range(12))
def test_the_rank_of_whole_numbers_with_its_proof(seed):
    generator = np.random.default_rng(seed)
    n, d, rank = generator.integers(2, 30), generator.integers(2, 30), 1 + seed
    left, right = generator.integers(-99, 99, (n, rank)), generator.integers(-99, 99, (rank, d))
    product = [[sum(int(a) * int(b) for a, b in zip(row, column, strict=True)) for column in right.T] for row in left]
    found = ExactRank.of(fmpz_mat(product))
    assert (found.rank, found.proved) == (min(n, d, rank), True)
    minor = fmpz_mat([[product[row][column] for column in found.columns] for row in found.rows])
    assert minor.det() != 0
    weights = generator.integers(-9, 9, d)
    inside = fmpz_mat([[int(sum(x * int(w) for x, w in zip(row, weights, strict=True)))] for row in product])
    assert found.spans(fmpz_mat(product), inside)
    outside = inside.tolist()
    outside[0][0] += 1
    assert found.spans(fmpz_mat(product), fmpz_mat(outside)) == (found.rank == n)


def test_a_prime_that_divides_a_minor_is_seen_through():
    """Modulo 2^61 - 1 the rank of this matrix is 1: what is not proved says so."""
    prime = 2**61 - 1
    found = ExactRank.of(fmpz_mat([[1, 0], [0, prime]]))
    assert (found.rank, found.proved) == (1, False)


def test_floats_are_the_rationals_that_they_are():
    X = np.array([[0.1, -5e-324, 1e308], [0.0, 3.0, 2.0**-60]])
    data = ExactData.of_floats(X, np.array([1.0, 0.25]))
    assert [[data.unit * int(x) for x in row] for row in data.matrix.tolist()] == [
        [Fraction(x) for x in row] for row in X.tolist()
    ]


@pytest.mark.parametrize(
    ("X", "distinct"),
    [([[2, 0], [0, 2]], 1), ([[2, 1], [1, 2]], 2), ([[1, 1], [1, 1]], 1), ([[2, 1, 1], [1, 2, 1], [1, 1, 2]], 2)],
)
def test_different_singular_values_are_counted(X, distinct):
    data = ExactData.of_floats(np.array(X, dtype=float), np.ones(len(X)))
    assert data.distinct_singular_values == distinct


@pytest.mark.parametrize("seed", range(6))
def test_residuals_are_as_right_as_they_say(seed):
    generator = np.random.default_rng(seed)
    n, m = 13 + seed, 7
    matrix = generator.normal(size=(n, m)) * 10.0 ** generator.integers(-8, 1, (n, m))
    parts = [generator.normal(size=size) * 10.0**-power for size, power in ((n, 0), (n, 17), (m, 0), (m, 18))]
    start, vector = Pair(parts[0], parts[1]), Pair(parts[2], parts[3])
    found = SplitMatrix(matrix).residual(start, vector)
    squares = Fraction(0)
    for row in range(n):
        exact = Fraction(start.high[row]) + Fraction(start.low[row])
        for entry, high, low in zip(matrix[row], vector.high, vector.low, strict=True):
            exact -= Fraction(entry) * (Fraction(high) + Fraction(low))
        squares += (exact - Fraction(found.high[row]) - Fraction(found.low[row])) ** 2
    assert float(squares) ** 0.5 <= found.error < 1e-19


@pytest.mark.parametrize("seed", range(6))
def test_distances_to_products_are_bounds_and_not_much_more(seed):
    generator = np.random.default_rng(seed)
    left = np.linalg.qr(generator.normal(size=(9, 5)))[0]
    right = generator.normal(size=(5, 6))
    values = left @ right
    bits = exponent(float(np.linalg.norm(right, axis=0).max()))
    squares = Fraction(0)
    for row in range(9):
        for column in range(6):
            product = sum(Fraction(a) * Fraction(b) for a, b in zip(left[row], right[:, column], strict=True))
            squares += (Fraction(values[row, column]) - product) ** 2
    distance = float(squares) ** 0.5
    assert distance <= distance_to_product(values, left, right, bits) <= distance * 1.001 + 1e-20


@pytest.mark.parametrize("seed", range(40))
def test_certain_digits_are_those_of_both_ends(seed):
    generator = np.random.default_rng(seed)
    value = Fraction(int(generator.integers(-(10**9), 10**9)), int(generator.integers(1, 10**6)))
    value *= Fraction(10) ** int(generator.integers(-30, 30))
    width = abs(value) * Fraction(10) ** -int(generator.integers(1, 25))
    found = certain_digits(arb(fmpq(value.numerator, value.denominator), float(width)), 12)
    if not found.digits:
        assert abs(value) + 2 * width <= Fraction(10) ** found.bound * 2
        return
    unit = Fraction(10) ** (found.exponent - len(found.digits))
    printed = Fraction(str(found))
    for end in (value - width, value + width):
        assert abs(printed - end) <= unit / 2 * (1 + Fraction(1, 1000))
    assert len(found.digits) >= min(12, -np.log10(float(width / abs(value)))) - 2


@pytest.mark.slow
def test_columns_of_nothing_and_copies_need_no_arithmetic():
    generator = np.random.default_rng(0)
    X = generator.normal(size=(3000, 60))
    X[:, 7], X[:, 8], X[:, 9] = 0.0, X[:, 0], X[:, 0]
    wide = np.tile(X, (1, 60))  # 10.8 million numbers
    numbers = Numbers(wide, np.ones(3000))
    assert not numbers.decidable
    assert numbers.has_rank(57)
    with pytest.raises(DegenerateDataError, match="--rank-tolerance"):
        numbers.has_rank(56)
