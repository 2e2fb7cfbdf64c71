"""The bounds against a slow transcription of the paper, over 24 orders of magnitude and every kind of number."""

from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import arb, ctx
from hypothesis import example, given
from hypothesis import strategies as st

from tests.theory import transcription as slow
from tests.theory.spectra import magnitudes, spectra
from theory import Bounds, Spectrum, bounds
from theory.errors import DegenerateDataError, NotFiniteError, NumberKindError, ParameterError, ShapeError

TOLERANCE = 1e-13
imbalances = st.one_of(st.just(0.0), magnitudes(), magnitudes().map(lambda x: -x))


def close(value, reference, tolerance=TOLERANCE):
    return abs(slow.context.mpf(value) - reference) <= tolerance * abs(reference)


def slow_arguments(spectrum):
    return slow.numbers(spectrum.singular_values), slow.numbers(spectrum.label_coefficients), spectrum.n_samples


@given(spectra(), imbalances)
@example(Spectrum([1.0], [1e-4], n_samples=1), 1e12)
@example(Spectrum([1.0], [1e4], n_samples=1), -1e12)
@example(Spectrum([5.0, 4.0], [0.0, 15.0], n_samples=2), 1e12)
def test_two_layer_minimizer_loses_no_digits(spectrum, imbalance):
    expected = slow.two_layer(*slow_arguments(spectrum), slow.context.mpf(imbalance))
    result = bounds.two_layer_minimizer(spectrum, imbalance)
    assert close(result.lower, expected[0])
    assert close(result.upper, expected[1])
    assert result.lower <= result.upper * (1 + TOLERANCE)


@given(spectra(), st.integers(2, 8))
def test_balanced_minimizer(spectrum, depth):
    expected = slow.balanced(*slow_arguments(spectrum), depth)
    result = bounds.balanced_minimizer(spectrum, depth)
    # The exponent (D-1)/D multiplies the error of log Q by at most 1: 60 times the unit roundoff at Q = 1e26.
    assert close(result.lower, expected[0])
    assert close(result.upper, expected[1])
    assert close(bounds.predicted_sharpness(spectrum, depth), _predicted(spectrum, depth))


def _predicted(spectrum, depth):
    s, d, n = slow_arguments(spectrum)
    return s[0] ** 2 / n * slow.context.power(slow.difficulty(s, d), slow.context.mpf(depth - 1) / depth)


@pytest.mark.slow
@given(spectra(low=-6, high=6), magnitudes(-6, 6), magnitudes(-6, 6))
def test_initialization(spectrum, alpha, beta):
    s, d, n = slow_arguments(spectrum)
    expected = slow.initialization(s, d, n, slow.context.mpf(alpha), slow.context.mpf(beta))
    result = bounds.initialization(spectrum, alpha, beta)
    assert close(result.lower, expected[0])
    assert close(result.upper, expected[1])


@given(spectra(low=-6, high=6), magnitudes(-6, 6), magnitudes(-6, 6))
def test_convergence(spectrum, alpha, beta):
    s, d, n = slow_arguments(spectrum)
    expected = slow.convergence(s, d, n, slow.context.mpf(alpha), slow.context.mpf(beta))
    result = bounds.convergence(spectrum, alpha, beta)
    # E C = r alpha^2 - beta^2 itself can cancel; where it does not, no digit is lost.
    mean = abs(spectrum.rank * alpha**2 - beta**2)
    lost = (spectrum.rank * alpha**2 + beta**2) / mean if mean else float("inf")
    if lost < 10:
        assert close(result.lower, expected[0], 20 * TOLERANCE)
        assert close(result.upper, expected[1], 20 * TOLERANCE)
    assert result.lower <= result.upper * (1 + TOLERANCE)


@given(spectra(max_rank=4), imbalances)
def test_exact_sharpness_at_two_layers(spectrum, imbalance):
    expected = slow.kernel_norm(*slow_arguments(spectrum), slow.context.mpf(imbalance))
    assert close(bounds.minimizer_sharpness(spectrum, imbalance=imbalance), expected)


@given(spectra(max_rank=4), st.integers(3, 8))
def test_exact_sharpness_at_depth(spectrum, depth):
    expected = slow.kernel_norm(*slow_arguments(spectrum), depth=depth)
    assert close(bounds.minimizer_sharpness(spectrum, depth=depth), expected)


@given(spectra(), imbalances, st.integers(2, 8))
def test_exact_sharpness_lies_between_the_bounds(spectrum, imbalance, depth):
    pairs = [
        (bounds.two_layer_minimizer(spectrum, imbalance), bounds.minimizer_sharpness(spectrum, imbalance=imbalance))
    ]
    pairs.append((bounds.balanced_minimizer(spectrum, depth), bounds.minimizer_sharpness(spectrum, depth=depth)))
    for pair, exact in pairs:
        assert pair.lower * (1 - TOLERANCE) <= exact <= pair.upper * (1 + TOLERANCE)


@pytest.mark.slow
@given(spectra())
def test_threshold_and_difficulty(spectrum):
    s, d, _ = slow_arguments(spectrum)
    assert close(spectrum.difficulty, slow.difficulty(s, d))
    expected = slow.threshold(s, d)
    # Where all singular values are equal T_1 is 0, and the paper's difference form cannot say so exactly.
    assert spectrum.imbalance_threshold >= 0
    assert abs(spectrum.imbalance_threshold - expected) <= TOLERANCE * expected + slow.context.mpf(10) ** -90 * (
        expected + slow.difficulty(s, d)
    )


FORMULAS = {
    "predicted": lambda s: [bounds.predicted_sharpness(s, 3)],
    "two layers": lambda s: bounds.two_layer_minimizer(s, 2),
    "two layers, below": lambda s: bounds.two_layer_minimizer(s, Fraction(-7, 3)),
    "balanced": lambda s: bounds.balanced_minimizer(s, 5),
    "initialization": lambda s: bounds.initialization(s, Fraction(1, 3), 2),
    "convergence": lambda s: bounds.convergence(s, Fraction(1, 3), 2),
    "pointwise": lambda s: bounds.pointwise(s, [Fraction(1, 2), 2, -3], Fraction(5, 7)),
    "exact": lambda s: [bounds.minimizer_sharpness(s, imbalance=Fraction(1, 3))],
    "exact, deep": lambda s: [bounds.minimizer_sharpness(s, depth=4)],
    "difficulty": lambda s: [s.difficulty, s.imbalance_threshold, s.label_norm],
}
S, D = [Fraction(5), Fraction(4), Fraction(1, 3)], [Fraction(1, 7), Fraction(15), Fraction(2)]


@pytest.mark.parametrize("name", FORMULAS)
def test_balls_contain_the_200_digit_values(name):
    decimals = mpmath.MPContext()
    decimals.dps = 200
    before = ctx.prec
    ctx.prec = 256
    try:
        balls = FORMULAS[name](Spectrum([arb(x.numerator) / x.denominator for x in S], D, n_samples=3))
        numbers = FORMULAS[name](Spectrum([decimals.mpf(x.numerator) / x.denominator for x in S], D, n_samples=3))
        floats = FORMULAS[name](Spectrum([float(x) for x in S], [float(x) for x in D], n_samples=3))
        for ball, number, float_ in zip(balls, numbers, floats, strict=True):
            assert isinstance(ball, arb)
            assert isinstance(number, decimals.mpf)
            assert type(float_) is float
            mantissa, exponent = number.man_exp
            assert ball.is_finite()
            # The decimal value itself is off by about 1e-199.
            assert ball.overlaps(arb(int(mantissa)) * arb(2) ** int(exponent) + arb(0, "1e-190"))
            assert 2 * ball.rad() < arb("1e-40")
            assert float_ == pytest.approx(float(number), rel=1e-13)
    finally:
        ctx.prec = before


def test_symbols_give_the_papers_formulas():
    s1, s2, d1, d2, N, C = sympy.symbols("s_1 s_2 d_1 d_2 N C", real=True)
    spectrum = Spectrum([s1, s2], [d1, d2], n_samples=N)
    Q = d1**2 / s1**2 + d2**2 / s2**2
    V = (-C + sympy.sqrt(C**2 + 4 * Q)) / 2
    lower, upper = bounds.two_layer_minimizer(spectrum, C)
    assert sympy.simplify(lower - (s1**2 * V + d1**2 / V) / N) == 0
    assert sympy.simplify(upper - (s1**2 * V + (d1**2 + d2**2) / V) / N) == 0
    depth = sympy.Symbol("D", positive=True)
    assert sympy.simplify(bounds.predicted_sharpness(spectrum, depth) - s1**2 / N * Q ** ((depth - 1) / depth)) == 0


def test_rationals_stay_rational_where_roots_are():
    result = bounds.two_layer_minimizer(Spectrum([Fraction(5), Fraction(4)], [0, 15], n_samples=2))
    assert result == Bounds(Fraction(375, 8), Fraction(615, 8))
    assert isinstance(result.lower, Fraction)


@pytest.mark.parametrize(
    "formula",
    [
        lambda ball: bounds.two_layer_minimizer(Spectrum([arb(2), arb(1)], [arb(1), arb(1)], n_samples=1), ball),
        lambda ball: bounds.two_layer_minimizer(Spectrum([arb(2), arb(1)], [ball, arb(1)], n_samples=1)),
        lambda ball: bounds.initialization(Spectrum([arb(2), arb(1)], [ball, arb(1)], n_samples=1), 1, 1),
        lambda ball: bounds.convergence(Spectrum([arb(2), arb(1)], [ball, arb(1)], n_samples=1), 1, 1),
        lambda ball: bounds.pointwise(Spectrum([arb(2), arb(1)], [arb(1), arb(1)], n_samples=1), [arb(1), ball], 1),
        lambda ball: [bounds.minimizer_sharpness(Spectrum([arb(2), arb(1)], [ball, arb(1)], n_samples=1))],
        lambda ball: [Spectrum([arb(2), arb(1)], [ball, arb(1)], n_samples=1).imbalance_threshold],
    ],
)
def test_balls_centred_at_zero_enclose_and_stay_finite(formula):
    """`arb(0, 1) ** 2` is NaN, and NaN contains everything: finiteness is checked first."""
    for enclosure, *sharp in zip(formula(arb(0, "0.9")), *(formula(arb(x)) for x in (-0.9, 0.0, 0.5)), strict=True):
        assert enclosure.is_finite()
        assert enclosure.rad() < 20
        assert all(enclosure.contains(value) for value in sharp)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda s: bounds.balanced_minimizer(s, 1), ParameterError, "depth"),
        (lambda s: bounds.balanced_minimizer(s, 2.5), ParameterError, "depth"),
        (lambda s: bounds.predicted_sharpness(s, True), NumberKindError, "truth value"),
        (lambda s: bounds.initialization(s, 0, 1), ParameterError, "alpha"),
        (lambda s: bounds.initialization(s, 1, -1.0), ParameterError, "beta"),
        (lambda s: bounds.convergence(s, float("nan"), 1), NotFiniteError, "alpha"),
        (lambda s: bounds.two_layer_minimizer(s, float("inf")), NotFiniteError, "imbalance"),
        (lambda s: bounds.two_layer_minimizer(s, 1e200), NotFiniteError, "float64"),
        (lambda s: bounds.two_layer_minimizer(s, -1e200), NotFiniteError, "float64"),
        (lambda s: bounds.initialization(s, 1e200, 1.0), NotFiniteError, "float64"),
        (lambda s: bounds.convergence(s, 1.0, 1e100), NotFiniteError, "float64"),
        (lambda s: bounds.pointwise(s, [1e200, 1.0], 1.0), NotFiniteError, "finite"),
        (lambda s: bounds.two_layer_minimizer(s, "3"), NumberKindError, "str"),
        (lambda s: bounds.pointwise(s, [1.0], 1.0), ShapeError, "rank 2"),
        (lambda s: bounds.minimizer_sharpness(s, depth=3, imbalance=1.0), ParameterError, "depth 2"),
        (lambda _: bounds.two_layer_minimizer(Spectrum([1e-140], [1e140], n_samples=1)), NotFiniteError, "float64"),
        (lambda _: bounds.minimizer_sharpness(Spectrum([2, 1], [1, 1], n_samples=1)), NumberKindError, "rational"),
        (lambda _: Spectrum([1.0, 2.0], [1.0, 1.0], n_samples=1), ParameterError, "sort"),
        (lambda _: Spectrum([1.0, -2.0], [1.0, 1.0], n_samples=1), ParameterError, "positive"),
        (lambda _: Spectrum([1.0], [0.0], n_samples=1), DegenerateDataError, "y = 0"),
        (lambda _: Spectrum([1.0], [float("nan")], n_samples=1), NotFiniteError, "nan"),
        (lambda _: Spectrum([1.0, 1.0], [1.0], n_samples=1), ShapeError, "coefficient"),
        (lambda _: Spectrum([], [], n_samples=1), DegenerateDataError, "rank"),
        (lambda _: Spectrum([1.0], [1.0], n_samples=0), ParameterError, "n_samples"),
        (lambda _: Spectrum([1.0 + 0j], [1.0], n_samples=1), NumberKindError, "complex"),
    ],
)
def test_bad_input_is_refused_in_one_line(call, error, words):
    with pytest.raises(error, match=words) as caught:
        call(Spectrum([2.0, 1.0], [1.0, 1.0], n_samples=1))
    assert "\n" not in str(caught.value)
