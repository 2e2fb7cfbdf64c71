"""A matrix of many rows, reduced by blocks: its balls hold the true numbers, whoever sums and in whatever blocks."""

import os
import signal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from numerics.arithmetic.true_digits import certain_digits
from numerics.data import Dataset
from numerics.prediction.bounds_report import Question, bounds_report
from numerics.spectrum.exact_reading import ExactReading, rounding_distance
from numerics.spectrum.large_matrices import reduction
from numerics.spectrum.large_matrices.block_work import BlockWork
from numerics.spectrum.large_matrices.gram import ROWS, GramSum, bits_for, gram_of_rows
from numerics.spectrum.large_matrices.reduction import reduced_spectrum
from numerics.spectrum.large_matrices.triangular_factor import triangular_factor
from numerics.spectrum.numbers import Numbers
from numerics.spectrum.split_products import Pair
from numerics.work.cluster import connected
from tests.effort import usually
from tests.numerics.spectrum.oracle import exact_bounds
from tests.numerics.work.conftest import slow_tasks, start  # noqa: F401 - fixtures
from tests.numerics.work.own_processes import wait_until
from tests.numerics.work.test_cluster import _worker, scheduler  # noqa: F401 - fixtures


def rectangle(seed, rows=300, columns=5, condition=1e3, dtype=np.float64, scale=1.0):
    rng = np.random.default_rng(seed)
    turn = np.linalg.qr(rng.standard_normal((columns, columns)))[0]
    X = rng.standard_normal((rows, columns)) * np.geomspace(1, 1 / condition, columns) @ turn
    return (X * scale).astype(dtype), rng.standard_normal(rows)


def rationals(array):
    return [[Fraction(float(x)) for x in row] for row in array]


def holds(ball, value, most=1e-6):
    """Whether a ball holds a number of 200 digits, and is no wider than it may be."""
    with mp.workdps(200):
        middle, radius = (
            mpf(int(mantissa)) * mpf(2) ** int(power)
            for mantissa, power in (ball.mid().man_exp(), ball.rad().man_exp())
        )
        return abs(middle - value) <= radius + abs(value) * mpf(10) ** -100 and radius <= most * abs(value)


@settings(max_examples=usually(12, thoroughly=300))
@given(
    seed=st.integers(0, 10**6),
    condition=st.sampled_from([1.0, 1e2, 1e4, 1e6]),
    dtype=st.sampled_from([np.float32, np.float64]),
    power=st.sampled_from([-900, -3, 0, 5, 900]),
    rows=st.sampled_from([1, 7, ROWS]),
)
def test_balls_hold_the_true_numbers_and_are_narrow(seed, condition, dtype, power, rows):
    scale = 2.0 ** (power if dtype is np.float64 else power % 7)
    X, y = rectangle(seed, 30, 3, condition, dtype, scale)
    exact = exact_bounds(rationals(X), [Fraction(float(v)) for v in y], 3)
    found = reduced_spectrum(Numbers(X.astype(np.float64), y), BlockWork(rows=rows))
    assert found is not None
    wide = 1e-12 * condition**1.5
    assert holds(found.difficulty, exact["difficulty"], wide)
    assert holds(found.label_residual_share, exact["label_residual_share"], wide)
    assert holds(found.imbalance_threshold, exact["imbalance_threshold"], 10 * wide * condition)
    values = true_singular_values(X)
    assert all(holds(ball, value, wide) for ball, value in zip(found.singular_values, values, strict=True))


def true_singular_values(X):
    with mp.workdps(200):
        A = mpmath.matrix([[mpf(float(x)) / mpf(float(np.abs(X).max())) for x in row] for row in X])
        values = mp.eigsy(A.T * A, eigvals_only=True)
        return [mp.sqrt(value) * mpf(float(np.abs(X).max())) for value in sorted(values, reverse=True)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_gram_matrix_is_right_to_its_bound(dtype):
    X, y = rectangle(3, 5000, 4, 1e3, dtype)
    total = GramSum.of_none(4)
    for first in range(0, len(X), 1500):
        rows = slice(first, first + 1500)
        configuration = {"data": 4, "labels": 3, "bits": bits_for(len(X))}
        total.add(gram_of_rows(configuration, {"X": X[rows], "y": y[rows]}))
    gram = total.total(len(X))
    F, z = rationals(X), [Fraction(float(v)) / 8 for v in y]
    off = along = Fraction(0)
    for i in range(4):
        for j in range(4):
            true = sum(row[i] * row[j] for row in F) / 256
            off += (true - Fraction(gram.high[i, j]) - Fraction(gram.low[i, j])) ** 2
        true = sum(row[i] * value for row, value in zip(F, z, strict=True)) / 16
        along += (true - Fraction(gram.correlations.high[i]) - Fraction(gram.correlations.low[i])) ** 2
    assert float(off) ** 0.5 <= gram.error < 1e-17 * np.linalg.norm(gram.high)
    assert float(along) ** 0.5 <= gram.correlations.error < 1e-16 * np.linalg.norm(gram.correlations.high)


@pytest.mark.parametrize("condition", [1.0, 1e3, 1e6])
def test_the_triangular_factor_is_near_a_true_one(condition):
    """The upper triangular factor of 60 digits, up to signs one that the account speaks of nearly."""
    X, y = rectangle(5, 60, 6, condition)
    total = GramSum.of_none(6)
    total.add(gram_of_rows({"data": 4, "labels": 3, "bits": bits_for(len(X))}, {"X": X, "y": y}))
    gram = total.total(len(X))
    found = triangular_factor(gram)
    shift, label_shift = found.distances(float(np.linalg.svd(found.R)[1][-1]) * 0.999)
    with mp.workdps(80):
        A, b = mpmath.matrix(X.tolist()) / 16, mpmath.matrix(y.tolist()) / 8
        R = mp.cholesky(A.T * A).T
        z = mp.lu_solve(R.T, A.T * b)
        off = mp.norm(mpmath.matrix((R - mpmath.matrix(found.R.tolist())).tolist()), 2)
        along = mp.norm(z - mpmath.matrix(found.z.tolist()), 2)
    assert off <= shift * 1.01 <= 1e-14 * condition * np.linalg.norm(found.R)
    assert along <= label_shift * 1.01 <= 1e-12 * condition**2 * np.linalg.norm(found.z)


def test_a_damaged_gram_matrix_is_noticed_by_the_account():
    """R of another matrix, though only a little, is as far away as it says."""
    X, y = rectangle(6, 60, 4, 10.0)
    total = GramSum.of_none(4)
    total.add(gram_of_rows({"data": 4, "labels": 3, "bits": bits_for(len(X))}, {"X": X, "y": y}))
    gram = total.total(len(X))
    found = triangular_factor(gram)
    assert found.residual < 1e-15
    wider = type(gram)(gram.high, gram.low, 1e-6, gram.correlations)
    lowest = float(np.linalg.svd(found.R)[1][-1]) * 0.999
    assert triangular_factor(wider).distances(lowest)[0] > 1e3 * found.distances(lowest)[0]
    hopeless = type(gram)(gram.high, gram.low, 1.0, gram.correlations)
    assert triangular_factor(hopeless).distances(lowest) is None
    assert triangular_factor(type(gram)(np.ones((2, 2)), np.zeros((2, 2)), 0.0, Pair.of(np.ones(2)))) is None


def test_columns_of_zeros_count_for_nothing():
    X, y = rectangle(7)
    wider = np.insert(X, [0, 2, 5], 0.0, axis=1)
    found, plain = (reduced_spectrum(Numbers(one, y), BlockWork()) for one in (wider, X))
    assert found.rank == 5
    assert certain_digits(found.difficulty, 12) == certain_digits(plain.difficulty, 12)


def test_what_float64_rounded_in_the_data_counts():
    X, y = rectangle(8, 60, 3, 10.0)
    tenths = [[Fraction(round(x * 10), 10) for x in row] for row in X.tolist()]
    numbers = np.array([[float(x) for x in row] for row in tenths])
    labels = [Fraction(float(v)) for v in y]
    reading = ExactReading(lambda: (tenths, labels), rounding_distance(numbers))
    found = reduced_spectrum(Numbers(numbers, y, reading), BlockWork())
    assert holds(found.difficulty, exact_bounds(tenths, labels, 3)["difficulty"], 1e-12)
    plain = reduced_spectrum(Numbers(numbers, y), BlockWork())
    assert plain.difficulty.rad() < found.difficulty.rad()


def test_everything_that_bounds_shows_is_the_same_with_and_without_a_reduction(monkeypatch):
    X, y = rectangle(9, 400, 6)
    question = Question((2, 3), None, Fraction(1, 2), Fraction(1, 3), digits=10)
    data = Dataset("mine", X, y)
    whole = bounds_report(data, question)
    monkeypatch.setattr(reduction, "_MANY", 100)
    heard = []
    by_blocks = bounds_report(
        data, question, work=BlockWork(rows=150, heard=lambda what, done, total: heard.append((what, done, total)))
    )
    assert ("reducing", 150, 400) in heard
    assert ("solving", 400, 400) in heard
    numbers = zip(whole.numbers(), by_blocks.numbers(), strict=True)
    for (name, plain), (_, reduced) in numbers:
        assert str(certain_digits(plain, 9)) == str(certain_digits(reduced, 9)), name
        assert plain.overlaps(arb(reduced.mid(), reduced.rad()))


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same(tmp_path, scheduler, start):  # noqa: F811
    X, y = rectangle(10, 3000, 40)
    file, address = scheduler
    workers = [_worker(start, file, tmp_path / name) for name in ("a", "b")]
    numbers = Numbers(X, y)
    with connected(address) as cluster:
        wait_until(lambda: cluster.threads() == 2)
        killed = []

        def perform(tasks):
            for count, pair in enumerate(cluster.performed(tasks)):
                if count == 3 and not killed:
                    os.kill(workers[0].pid, signal.SIGKILL)
                    killed.append(workers[0])
                yield pair

        found = reduced_spectrum(numbers, BlockWork(perform, rows=100))
    assert killed
    here = reduced_spectrum(numbers, BlockWork(rows=100))
    assert certain_digits(found.difficulty, 14) == certain_digits(here.difficulty, 14)
    assert all(a.overlaps(b) for a, b in zip(found.singular_values, here.singular_values, strict=True))
