"""The scalar equation's root is the top eigenvalue of the Hessian, as a dense eigensolver at 60 digits finds it."""

from fractions import Fraction

import numpy as np
import pytest

from numerics.arithmetic import Ball, Float64, Mpfr, Mpmath, parse_arithmetic
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.model.sharpness_equation import bounds, equation_at, evaluate, is_below
from numerics.sharpness import many_states, sharpness, sharpness_along_a_run
from numerics.sharpness.many_states import sharpness_exceeds, sharpness_of_states
from tests.effort import usually
from tests.numerics import all_weights
from tests.numerics.sharpness.cases import N_SAMPLES, Case, dense_top, exact_cases, float_hessian
from theory import Spectrum
from theory.errors import NotFiniteError


def at(case: Case, a: Float64 | Mpfr | Mpmath | Ball) -> object:
    s, d, f, v = case
    model = ReducedModel(a, len(v) + 1, N_SAMPLES, a.vector(s), a.vector(d))
    return sharpness(model, State(a.vector(f), tuple(a.vector(v))))


@pytest.mark.slow
def test_float64_is_right_to_13_digits_on_many_states() -> None:
    worst = 0.0
    signs = {-1: 0, 1: 0}
    for case, exact in exact_cases():
        found = Fraction(float(at(case, Float64())))  # type: ignore[arg-type]
        assert abs(found - exact) <= Fraction(1, 10**13) * exact, case
        if exact:
            worst = max(worst, float(abs(found - exact) / exact))
        _, d, f, v = case
        signs[1 if float(np.dot(f, np.prod(v) * f - d)) > 0 else -1] += 1
    assert min(signs.values()) > 15  # a residual of either sign was among them
    assert worst > 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Mpfr, Mpmath])
def test_150_bits_are_right_to_150_bits(kind: type[Mpfr] | type[Mpmath]) -> None:
    for case, exact in exact_cases()[:60]:
        found = kind(150).to_fraction(at(case, kind(150)))
        assert abs(found - exact) <= Fraction(1, 2**149) * exact, case


@pytest.mark.parametrize("bits", [300, 700, 1400])
def test_one_mode_and_one_layer_are_right_to_many_bits(bits: int) -> None:
    """There the model of the equation is exact, so that a step can leave the bracket by a rounding alone."""
    a, wide, rng = Mpfr(bits), Mpfr(2 * bits), np.random.default_rng(13)
    for s, d, f, v in rng.uniform(0.5, 30, size=(100, 4)):
        found = wide.number(at((np.array([s]), np.array([d]), np.array([f]), np.array([v])), a))
        with wide.active():
            s, d, f, v = wide.vector([s, d, f, v])
            alpha, beta, corner = (s * v) ** 2, s * (2 * f * v - d), f * f
            apart = (alpha - corner) / 2
            exact = ((alpha + corner) / 2 + wide.sqrt(apart * apart + beta * beta)) / N_SAMPLES
            assert abs(found - exact) <= exact * wide.from_mantissa_exponent(1, 1 - bits)


@pytest.mark.parametrize("v", [(-1.0, 0.7, 0.6), (-1.0, 0.2)])
def test_many_bits_need_no_start_from_float64(v: tuple[float, ...]) -> None:
    """A search that fell on a pole of the layers left it by doublings alone, and was given up far from the root."""
    a, b, unit = Mpfr(900), Ball(900), 2.0**600
    case = tuple(map(np.array, ([1.0], [90.0], [-3.0], v)))
    large = tuple(map(np.array, ([unit], [90 * unit], [-3 * unit], v)))  # beyond float64
    found, exact = a.to_fraction(at(case, a)), dense_top(case)  # type: ignore[arg-type]
    assert abs(found - exact) <= exact * Fraction(1, 2**170)
    assert abs(a.to_fraction(at(large, a)) / 2**1200 - found) <= found * Fraction(1, 2**898)  # type: ignore[arg-type]
    ball = at(case, b)  # type: ignore[arg-type]
    assert abs(b.to_fraction(ball) - found) <= found * Fraction(1, 2**890)
    assert b.radius(ball) <= found * Fraction(1, 2**890)


@pytest.mark.slow
def test_balls_hold_the_sharpness_and_are_narrow() -> None:
    b = Ball(120)
    narrow = 0
    for case, exact in exact_cases():
        ball = at(case, b)
        slack = exact * Fraction(1, 2**190)  # what the dense eigensolver itself may be off
        assert b.encloses(ball, exact) or b.encloses(ball, exact - slack) or b.encloses(ball, exact + slack), case
        narrow += b.radius(ball) <= exact * Fraction(1, 2**110)
    assert narrow >= 0.96 * len(exact_cases())


def test_a_wide_state_gives_a_wide_ball_that_holds_both_ends() -> None:
    b = Ball(80)
    s, d = b.vector([2.0, 1.0]), b.vector([1.0, -0.5])
    model = ReducedModel(b, 3, N_SAMPLES, s, d)
    wide = b.hull(Fraction("0.7"), Fraction("0.8"))
    ball = sharpness(model, State(b.vector([0.3, 0.4]), (wide, b.number(-0.6))))
    for v in (0.7, 0.75, 0.8):
        case = tuple(map(np.array, ([2.0, 1.0], [1.0, -0.5], [0.3, 0.4], [v, -0.6])))
        assert b.encloses(ball, dense_top(case))  # type: ignore[arg-type]
    assert b.radius(ball) < 2


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_no_dense_eigensolver_is_needed_at_rank_500(depth: int) -> None:
    rng = np.random.default_rng(0)
    s, d, f = np.sort(rng.uniform(0.1, 9, 500))[::-1], rng.normal(size=500), rng.normal(size=500)
    v = rng.uniform(-1, 1, depth - 1)
    case = (s, d, f, v)
    assert at(case, Float64()) == pytest.approx(np.linalg.eigvalsh(float_hessian(case))[-1], rel=1e-12)


def test_full_and_reduced_coordinates_have_one_sharpness() -> None:
    rng = np.random.default_rng(4)
    X, y, u, v = rng.normal(size=(6, 9)), rng.normal(size=6), rng.normal(size=9), [0.7, -0.4, 1.1]
    spectrum = Spectrum.from_data(X, y)
    model = ReducedModel.from_data(X, y, 4, Float64(), spectrum)
    state = model.state(np.asarray(spectrum.right_singular_vectors) @ u, v)
    assert np.linalg.eigvalsh(all_weights.hessian(X, y, u, v))[-1] == pytest.approx(sharpness(model, state), rel=1e-12)


def test_many_states_at_once_have_the_bits_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    a, rng = Float64(), np.random.default_rng(10)
    for trial in range(60):
        monkeypatch.setattr(many_states, "_NUMBERS_AT_ONCE", (1 << 16, 1, 100)[trial % 3])
        rank, n_layers, count = (
            int(rng.choice([1, 2, 15, 16, 17, 40])),
            int(rng.integers(1, 5)),
            int(rng.integers(1, 60)),
        )
        s, d = np.sort(np.exp(2 * rng.normal(size=rank)))[::-1].copy(), rng.normal(size=rank)
        outputs = rng.normal(size=(count, rank)) * 10 ** rng.uniform(-8, 8, size=(count, 1))
        layers = rng.normal(size=(count, n_layers)) * 10 ** rng.uniform(-6, 6, size=(count, 1))
        layers[:, trial % 2 :] = layers[:, :1] if trial % 3 == 0 else layers[:, trial % 2 :]  # equal layers
        layers[rng.random(layers.shape) < 0.1] = 0.0
        outputs[rng.random(outputs.shape) < 0.1] *= 1e200
        found = sharpness_of_states(s, d, outputs, layers, N_SAMPLES)
        of_each = (np.tile(part, (count, 1)) for part in (s, d))
        assert np.array_equal(sharpness_of_states(*of_each, outputs, layers, N_SAMPLES), found, equal_nan=True)
        usual = float(np.max([1.0, *found[(found > 0) & (found < 1e100)]]))
        for level in usual * np.array([1e-30, 0.3, 1 - 1e-13, 1 + 1e-13, 3, 1e30]):
            told = sharpness_exceeds(s, d, outputs, layers, N_SAMPLES, level)
            assert np.array_equal(told, ~(found <= level))
        model = ReducedModel(a, n_layers + 1, N_SAMPLES, s, d)
        for one, f, v in zip(found, outputs, layers, strict=True):
            if np.isfinite(one):
                assert one == sharpness(model, State(f, tuple(v)))
            else:
                with pytest.raises(NotFiniteError):
                    sharpness(model, State(f, tuple(v)))
    assert sharpness_of_states(s, d, outputs[:0], layers[:0], N_SAMPLES).shape == (0,)


def test_what_float64_cannot_hold_is_an_error() -> None:
    a = Float64()
    state = State(np.array([1e200]), (np.float64(1e200),))
    model = ReducedModel(a, 2, N_SAMPLES, np.array([1e200]), np.array([1.0]))
    with pytest.raises(NotFiniteError, match="range of float64"):
        sharpness(model, state)
    wide = Mpfr(53)
    same = ReducedModel(wide, 2, N_SAMPLES, wide.vector([1e200]), wide.vector([1.0]))
    assert wide.is_finite(sharpness(same, State(wide.vector([1e200]), (wide.number(1e200),))))


@pytest.mark.slow
def test_the_side_of_the_root_is_told_at_every_position() -> None:
    a, rng, second_rule = Float64(), np.random.default_rng(12), 0
    for _ in range(3000):
        n_layers = int(rng.integers(2, 5))
        s, d, f = (
            10 ** rng.uniform(-2, 0.5, 1),
            rng.normal(size=1) * 10,
            rng.normal(size=1) * 10 ** rng.uniform(-1, 1),
        )
        v = rng.uniform(0.2, 2, n_layers) * rng.choice([-1.0, 1.0], n_layers)
        case = (s, d, f, v)
        equation = equation_at(a, s, d, f, v)
        top = np.linalg.eigvalsh(float_hessian(case))[-1] * N_SAMPLES
        _, floor, ceiling = bounds(a, equation)
        for part in rng.uniform(0, 1, 4):
            position = np.float64(floor + (ceiling - floor) * part**3)
            if position > floor and abs(position - top) > 1e-9 * ceiling:
                value, _, pull = evaluate(a, equation, position)
                assert is_below(equation, position, value, pull) == (position < top), case
                second_rule += not value < 0 and position < top
    assert second_rule > 20  # positions where the sign of g alone would have misled


@pytest.mark.slow
def test_the_floor_and_the_ceiling_hold_the_root() -> None:
    a = Float64()
    for case, top in exact_cases():
        s, d, f, v = case
        equation = equation_at(a, s, d, f, v)
        exact = top * N_SAMPLES
        _, floor, ceiling = bounds(a, equation)
        assert Fraction(float(floor)) <= exact * (1 + Fraction(1, 10**12))
        assert Fraction(float(ceiling)) >= exact * (1 - Fraction(1, 10**12))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["float32", "float64"])
@pytest.mark.parametrize("depth", [2, 4])
def test_units_of_any_size_change_the_sharpness_by_their_square(kind, depth):
    a = parse_arithmetic(kind)
    s, d, c = np.array([3.75, 1.5]), np.array([3.25, -1.75]), np.array([0.5, -0.25])
    layers = [0.75, 1.25, -0.5][: depth - 1]

    def at(exponent):
        unit = 2.0**exponent
        model = ReducedModel.from_spectrum(Spectrum(s * unit, d * unit, n_samples=3), depth, a)
        state = model.state(c, layers)
        return float(sharpness(model, state)), float(sharpness_along_a_run(model, 10_000)(state))

    usual = at(0)
    for exponent in (-60, -29, 5, 29, 60) if kind == "float32" else (-400, -298, -100, 31, 262, 480):
        assert at(exponent) == tuple(np.ldexp(usual, 2 * exponent))


def test_what_float64_cannot_tell_apart_is_refused_and_never_wrong():
    """Layers and outputs down to numbers whose squares are 0: one state, many states, compiled, against many bits."""
    source, many = np.random.default_rng(5), parse_arithmetic("mpfr:53")
    held = 0
    for _ in range(usually(120, thoroughly=3000)):
        rank, depth = int(source.integers(1, 4)), int(source.integers(2, 6))
        s = np.sort(source.uniform(0.3, 2, rank))[::-1].tolist()
        d = (source.normal(size=rank) * 10.0 ** source.uniform(-140, 0)).tolist()
        c = (source.normal(size=rank) * 10.0 ** source.uniform(-170, 0)).tolist()
        v = source.normal(size=depth - 1) * 10.0 ** (source.uniform(-300, 0) / depth)
        v[0] *= source.random() < 0.7
        few, exact = (
            ReducedModel.from_spectrum(Spectrum(s, d, n_samples=rank + 1), depth, a) for a in (Float64(), many)
        )
        state = few.state(c, v.tolist())
        together = sharpness_of_states(np.array(s), np.array(d), state.first_layer[None], v[None], rank + 1)[0]
        try:
            alone = sharpness(few, state)
        except NotFiniteError:
            assert not np.isfinite(together)
            with pytest.raises(NotFiniteError):
                sharpness_along_a_run(few, 10**6)(state)
            continue
        held += 1
        assert together == pytest.approx(alone, rel=1e-14)
        assert sharpness_along_a_run(few, 10**6)(state) == pytest.approx(alone, rel=1e-14)
        assert alone == pytest.approx(float(sharpness(exact, exact.state(c, v.tolist()))), rel=1e-12, abs=0)
    assert held > 60


def test_at_zero_layers_the_sharpness_is_0():
    model = ReducedModel.from_spectrum(Spectrum([1.0], [2.0], n_samples=1), 3, Float64())
    assert sharpness(model, model.state([0.0], [0.0, 0.0])) == 0
    with pytest.raises(NotFiniteError):
        sharpness(model, model.state([1e-200], [1e-200, 1e-200]))
