"""Every printed digit is true: against an oracle of 200 digits, for exact data of any rank and condition."""

import random
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from mpmath import mp, mpf

from numerics.arithmetic import Ball
from numerics.data import Dataset, load
from numerics.data import enclosures as enclosures_of
from numerics.data.enclosures import enclosures
from numerics.prediction.bounds_report import Question, at_depth, bounds_report
from numerics.spectrum import decomposition
from numerics.spectrum.ball_spectrum import ball_spectrum
from numerics.spectrum.exact_reading import ExactReading, rounding_distance
from numerics.spectrum.float64_decomposition import Decomposition
from numerics.spectrum.float64_enclosure import float64_spectrum
from tests.effort import usually
from tests.numerics.spectrum.oracle import exact_bounds
from theory.errors import DegenerateDataError, NotFiniteError, NoZeroLossError

TEN = Fraction(10)


def dataset(X, y):
    """Rationals as a source gives them: rounded to float64, and written where that loses something."""
    rounded = np.array([[float(x) for x in row] for row in X]), np.array([float(x) for x in y])
    exact = all(Fraction(float(x)) == x for row in (*X, y) for x in row)
    reading = None if exact else ExactReading(lambda: (X, y), rounding_distance(rounded[0]))
    return Dataset("data", *rounded, exact_reading=reading)


def random_data(choose):
    """A product of thin matrices: its rank is known, its condition up to 1e30, its units up to 2^480."""
    n, d = choose.randint(1, 7), choose.randint(1, 6)
    rank = choose.randint(1, min(n, d))
    size, grade = choose.choice([1, 3, 9, 50, 10**6, 10**15]), choose.choice([0, 0, 0, 3, 8, 15, 30])

    def entry():
        return Fraction(choose.randint(-size, size), choose.choice([1, 1, 2, 3, 7, 10]))

    left = [[entry() for _ in range(rank)] for _ in range(n)]
    right = [[entry() / TEN ** (grade * k // max(1, rank - 1)) for _ in range(d)] for k in range(rank)]
    X = [[sum(left[i][k] * right[k][j] for k in range(rank)) for j in range(d)] for i in range(n)]
    y = [Fraction(choose.randint(-9, 9), choose.choice([1, 1, 3])) for _ in range(n)]
    if choose.random() < 0.3:
        weights = [entry() for _ in range(d)]
        y = [sum((x * w for x, w in zip(row, weights, strict=True)), Fraction(0)) for row in X]
    unit = Fraction(2) ** choose.choice([0, 0, choose.randint(-480, 480)])
    return [[x * unit for x in row] for row in X], [x * unit for x in y]


def rank_of(X):
    """Gauss's elimination."""
    rows, rank = [list(row) for row in X], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in range(rank, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for row in range(rank + 1, len(rows)):
            factor = rows[row][column] / rows[rank][column]
            rows[row] = [x - factor * p for x, p in zip(rows[row], rows[rank], strict=True)]
        rank += 1
    return rank


def shown(report):
    """Each number of a report as it is printed, under the oracle's names."""
    row = report.depths[0]
    balls = {
        "label_residual_share": report.spectrum.label_residual_share,
        "difficulty": report.spectrum.difficulty,
        "imbalance_threshold": report.spectrum.imbalance_threshold,
        **{name: getattr(row, name) for name in ("predicted", "lower", "exact", "upper")},
    }
    for place, bounds in report.expected.items():
        balls |= {f"{place} lower": bounds.lower, f"{place} upper": bounds.upper}
    return {name: report.digits(ball) for name, ball in balls.items()}


def is_true(digits, value):
    """Whether a printed number is the value, correctly rounded, or 0 where the value is 0."""
    with mp.workdps(250):
        text = str(digits)
        if not digits.digits:
            return abs(value) <= mpf(text.split()[-1])
        if text == "0":
            return abs(value) < mpf(10) ** -100
        unit = mpf(10) ** Decimal(text).as_tuple().exponent
        return abs(mpf(text) - value) <= unit / 2 * (1 + mpf(10) ** -50)


@pytest.mark.parametrize("seed", [*range(usually(150, thoroughly=10_000)), 1737])
def test_no_printed_digit_is_wrong(seed):
    """Nor does one depend on the order of the samples and features. In case 1737 d_1 is 0."""
    choose = random.Random(seed)
    X, y = random_data(choose)
    alpha, beta, depth = Fraction(choose.randint(1, 20), 10), Fraction(choose.randint(1, 20), 10), choose.choice([2, 3])
    imbalance = Fraction(choose.randint(-5, 5)) if depth == 2 else None
    digits = choose.choice([5, 10, 16, 30])
    question = Question((depth,), imbalance, alpha, beta, digits)
    try:
        report = bounds_report(dataset(X, y), question)
    except DegenerateDataError:
        correlations = [sum(row[j] * label for row, label in zip(X, y, strict=True)) for j in range(len(X[0]))]
        assert not any(correlations)
        return
    except NotFiniteError:
        return
    assert report.spectrum.rank == rank_of(X)
    expected = exact_bounds(X, y, rank_of(X), depth, imbalance or Fraction(0), alpha, beta)
    for name, found in shown(report).items():
        assert is_true(found, expected[name]), (name, str(found), expected[name])
        assert len(found.digits) >= digits or found.digits in ("", "0")
    rows, columns = choose.sample(range(len(X)), len(X)), choose.sample(range(len(X[0])), len(X[0]))
    other = bounds_report(dataset([[X[i][j] for j in columns] for i in rows], [y[i] for i in rows]), question)
    for name, found in shown(other).items():
        assert is_true(found, expected[name]), (name, str(found), expected[name])
        assert len(found.digits) >= digits or found.digits in ("", "0")


@pytest.mark.parametrize("seed", range(usually(40, thoroughly=1000)))
def test_scaled_by_a_power_of_two(seed):
    """S grows with the square of the unit, Q and T_1 do not; where float64 has no such S, that is said."""
    choose = random.Random(seed)
    X, y = random_data(choose)
    exponent = choose.randint(-1000, 1000)
    largest = max(abs(x) for x in (*(x for row in X for x in row), *y))
    if (
        largest == 0
        or not any(y)
        or not any(sum(row[j] * z for row, z in zip(X, y, strict=True)) for j in range(len(X[0])))
    ):
        return
    unit = Fraction(2) ** exponent / Fraction(2) ** int(
        mp.floor(mp.log(mpf(largest.numerator) / largest.denominator, 2))
    )
    X, y = [[x * unit for x in row] for row in X], [x * unit for x in y]
    expected = exact_bounds(X, y, rank_of(X))
    sizes = [
        abs(expected[name]) for name in ("predicted", "lower", "exact", "upper", "difficulty", "imbalance_threshold")
    ]
    if not any(float(label) for label in y) or any(1e-308 < size < 1e-306 or 1e307 < size < 1e309 for size in sizes):
        return  # at the ends of float64 either is right
    if any(not 1e-307 < size < 1e308 for size in sizes if size):
        with pytest.raises(NotFiniteError, match="out of the range of float64"):
            bounds_report(dataset(X, y), Question())
        return
    report = bounds_report(dataset(X, y), Question())
    for name, found in shown(report).items():
        assert is_true(found, expected[name]), (name, str(found), expected[name])


@pytest.mark.parametrize("shape", [(30, 8), (8, 30), (20, 20), (60, 12)])
@pytest.mark.parametrize("kind", ["random", "graded", "deficient"])
def test_float64_and_many_bits_enclose_the_same(shape, kind):
    generator = np.random.default_rng(len(kind))
    X, y = generator.normal(size=shape), generator.normal(size=shape[0])
    if kind == "graded":
        X *= 10.0 ** -np.linspace(0, 7, shape[1])
    if kind == "deficient":
        X[:, 1], X[1] = X[:, 0], X[0]
    data = Dataset("data", X, y)
    found = Decomposition.of(X, y)
    assert data.numbers.has_rank(found.visible_rank)
    coarse, fine = float64_spectrum(data.numbers, found, True), ball_spectrum(data.numbers.exact, 512)
    pairs = [
        (coarse.difficulty, fine.difficulty),
        (coarse.label_norm_squared, fine.label_norm_squared),
        (coarse.label_residual_share, fine.label_residual_share),
        (coarse.imbalance_threshold, fine.imbalance_threshold),
        *zip(coarse.singular_values, fine.singular_values, strict=True),
        *((abs(a), abs(b)) for a, b in zip(coarse.label_coefficients, fine.label_coefficients, strict=True)),
    ]
    for depth, imbalance in ((2, 0), (2, 3), (5, 0)):
        with Ball(512).active():
            pairs.append((at_depth(coarse, depth, imbalance).exact, at_depth(fine, depth, imbalance).exact))
    for rough, exact in pairs:
        assert rough.overlaps(exact)
        assert exact.rad() <= rough.rad() or exact.rad() < 1e-60
    assert coarse.difficulty.rel_accuracy_bits() > (35 if kind == "random" else 10)


@pytest.mark.parametrize("seed", range(30))
def test_balls_of_few_bits_hold_what_many_bits_find(seed):
    choose = random.Random(seed)
    n, d = choose.randint(2, 9), choose.randint(2, 9)
    X = [[Fraction(choose.randint(-99, 99), 10 ** (choose.randint(0, 1) * k)) for k in range(d)] for _ in range(n)]
    data = dataset(X, [Fraction(choose.randint(-9, 9)) for _ in range(n)]).numbers.exact
    fine = ball_spectrum(data, 1024)
    seen = 0
    for bits in (40, 56, 80, 120, 200):
        coarse = ball_spectrum(data, bits)
        if coarse is None or coarse.rank != len({value.mid().str(50) for value in coarse.singular_values}):
            continue
        seen += 1
        for rough, exact in zip(coarse.singular_values, fine.singular_values, strict=True):
            assert rough.contains(exact)
        for rough, exact in zip(coarse.label_coefficients, fine.label_coefficients, strict=True):
            assert abs(rough).contains(abs(exact))
        assert coarse.difficulty.contains(fine.difficulty)
        assert coarse.label_residual_share.contains(fine.label_residual_share)
    assert seen > 0


def test_an_account_that_forgets_an_error_is_seen():
    """The comparison above can fail: float64's own numbers, with no error to them, are not the true ones."""
    generator = np.random.default_rng(3)
    X, y = generator.normal(size=(30, 8)), generator.normal(size=30)
    true = ball_spectrum(Dataset("data", X, y).numbers.exact, 512)
    values = np.linalg.svd(X, compute_uv=False)
    assert not all(ball.contains(float(value)) for ball, value in zip(true.singular_values, values, strict=True))


@pytest.mark.parametrize("exponent", [-1000, -700, -531, -300, -40, 0, 33, 250, 511, 800, 1000])
def test_units_of_any_size(exponent):
    """S grows with the square of the unit: a number, or one line where float64 has none."""
    X = [[Fraction(x) for x in row] for row in ((2, 1), (1, 3), (0, 1))]
    unit = Fraction(2) ** exponent
    data = dataset([[x * unit for x in row] for row in X], [x * unit for x in map(Fraction, (1, 2, 5))])
    if abs(2 * exponent) > 1000:
        with pytest.raises(NotFiniteError, match=r"is \d\.\d+e[-+]\d+, out of the range of float64"):
            bounds_report(data, Question())
        return
    report = bounds_report(data, Question())
    expected = exact_bounds(X, [Fraction(1), Fraction(2), Fraction(5)], 2)
    with mp.workdps(250):
        for name, found in shown(report).items():
            scale = mpf(2) ** (2 * exponent) if name in ("predicted", "lower", "exact", "upper") else 1
            assert is_true(found, expected[name] * scale)


@pytest.mark.parametrize("labels", [(3, 4), (4, 3), (-4, 3)])
def test_tied_singular_values_are_one_space(labels):
    report = bounds_report(
        dataset([[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]], list(map(Fraction, labels))), Question()
    )
    assert [
        str(report.digits(getattr(report.depths[0], name)).shortened()) for name in ("lower", "exact", "upper")
    ] == ["5"] * 3
    assert report.spectrum.tied == 2


@pytest.mark.parametrize("labels", ["3,4", "4,3", "0,5"])
def test_a_source_given_by_tied_singular_values_too(labels):
    report = bounds_report(load(f"minimal:2,1,1,{labels}"), Question())
    assert str(report.digits(report.depths[0].lower).shortened()) == "5"


def test_ties_below_the_largest_and_near_ties_are_told_apart():
    X = np.ones((4, 4)) + np.eye(4)
    spectrum = next(enclosures(Dataset("data", X, np.array([1.0, 2.0, 3.0, 5.0]))))
    assert spectrum.tied == 1
    near = np.diag([1.0, 1.0 - 2.0**-52])
    report = bounds_report(Dataset("data", near, np.array([3.0, 4.0])), Question())
    assert report.spectrum.tied == 1
    expected = exact_bounds([[Fraction(x) for x in row] for row in near.tolist()], [Fraction(3), Fraction(4)], 2)
    assert is_true(report.digits(report.depths[0].lower), expected["lower"])
    assert str(report.digits(report.depths[0].lower)).startswith("3.4")


def test_the_column_space_is_a_fact():
    inside = dataset([[Fraction(1, 10)], [Fraction(2, 10)]], [Fraction(3, 10), Fraction(6, 10)])
    assert next(enclosures(inside)).label_residual_share == 0
    outside = Dataset("data", np.array([[0.1], [0.3]]), np.array([0.3, 0.9]))  # rounded, the same are not
    assert next(enclosures(outside)).label_residual_share > 0
    with pytest.raises(NoZeroLossError, match="e-"):
        bounds_report(outside, Question(), require_zero_loss=True)


def test_orthogonal_labels_are_refused_only_where_they_are_orthogonal():
    X = np.array([[1.0], [1.0], [1.0]])
    with pytest.raises(DegenerateDataError, match="orthogonal"):
        bounds_report(Dataset("data", X, np.array([1.0, -2.0, 1.0])), Question())
    report = bounds_report(Dataset("data", X, np.array([1.0, -2.0, 1.0 + 2.0**-50])), Question())
    assert is_true(report.digits(report.spectrum.difficulty), mpf(2) ** -100 / 9)


@pytest.mark.slow
def test_large_data_in_the_noise_of_float64_are_refused_without_a_tolerance(monkeypatch):
    monkeypatch.setattr(decomposition, "MOST_MODES", 30)  # more than so many modes are not decomposed with many bits
    monkeypatch.setattr(enclosures_of, "MOST_MODES", 30)
    generator = np.random.default_rng(0)
    X = generator.normal(size=(50, 20)) @ generator.normal(size=(20, 40))
    data = Dataset("data", X, generator.normal(size=50))
    with pytest.raises(DegenerateDataError, match="--rank-tolerance"):
        next(enclosures(data))
    with pytest.raises(DegenerateDataError, match="rank_tolerance"):
        data.spectrum()
    assert next(enclosures(data, 1e-10)).rank == 20
    assert data.spectrum(rank_tolerance=1e-10).rank == 20


def test_a_tolerance_cuts_and_keeps_what_is_true_of_the_rest():
    X = [[Fraction(4155915305 + 191 * i), Fraction(1)] for i in range(30)]
    y = [Fraction(3 * i + 1) for i in range(30)]
    report = bounds_report(dataset(X, y), Question(rank_tolerance=1e-10))
    expected = exact_bounds(X, y, 1)
    assert report.spectrum.rank == 1
    for name, found in shown(report).items():
        assert is_true(found, expected[name])


def test_the_precision_of_balls_is_left_as_it_was():
    import flint

    with Ball(77).active():
        for _ in zip(range(2), enclosures(load("minimal:3,2,1,1,1")), strict=False):
            assert flint.ctx.prec == 77
        for _ in zip(range(3), enclosures(load("gaussian:5,3")), strict=False):
            assert flint.ctx.prec == 77


def test_what_a_reduction_has_told_is_not_asked_of_the_whole_matrix(monkeypatch):
    monkeypatch.setattr(enclosures_of, "is_large", lambda numbers: True)
    random = np.random.default_rng(0)
    data = Dataset("data", random.standard_normal((600, 130)), random.standard_normal(600))
    assert [spectrum.rank for spectrum in enclosures(data)] == [130]
