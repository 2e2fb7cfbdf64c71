"""The scalar equation's root is the top eigenvalue of the Hessian, as a dense eigensolver at 60 digits finds it."""

from collections.abc import Iterator
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from numerics.arithmetic import Ball, Float64, Mpfr, Mpmath
from numerics.compiled.lanes.layout import Layout
from numerics.compiled.many_bit_sharpness import wide_sharpness
from numerics.compiled.sharpness import many_sharpnesses, reduced_sharpness
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.model.sharpness_equation import SharpnessEquation
from numerics.sharpness import _COMPILATION, _spent, sharpness, top_root
from numerics.sharpness.many_states import sharpnesses_together
from tests.numerics import all_weights
from theory import Spectrum
from theory.errors import NotFiniteError

N_SAMPLES = 3
Case = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # type: ignore[type-arg]


def hessian(case: Case) -> list[list[Fraction]]:
    """Transcribe the Hessian of Section 0 in `(c, v)` coordinates, exactly."""
    s, d, f, v = ([Fraction(float(x)) for x in values] for values in case)
    n_layers, rank = len(v), len(s)

    def others(*skip: int) -> Fraction:
        result = Fraction(1)
        for j in range(n_layers):
            if j not in skip:
                result *= v[j]
        return result

    P = others()
    H = [[Fraction(0)] * (rank + n_layers) for _ in range(rank + n_layers)]
    for i in range(rank):
        H[i][i] = P**2 * s[i] ** 2
        for j in range(n_layers):
            H[i][rank + j] = H[rank + j][i] = others(j) * s[i] * (2 * f[i] * P - d[i])
    for j in range(n_layers):
        for k in range(n_layers):
            H[rank + j][rank + k] = others(j) * others(k) * sum(x**2 for x in f)
            if j != k:
                H[rank + j][rank + k] += others(j, k) * sum(x * (P * x - y) for x, y in zip(f, d, strict=True))
    return [[entry / N_SAMPLES for entry in row] for row in H]


def dense_top(case: Case) -> Fraction:
    # Not flint's approximate eigenvalues: they were 2% off at a repeated one.
    context = mpmath.MPContext()
    context.dps = 55
    rows = [[context.mpf(x.numerator) / x.denominator for x in row] for row in hessian(case)]
    top = max(context.eigsy(context.matrix(rows), eigvals_only=True))
    return Mpmath(250).to_fraction(top)


def random_cases(count: int, seed: int) -> Iterator[Case]:
    rng = np.random.default_rng(seed)
    for number in range(count):
        rank, n_layers = int(rng.integers(1, 5)), 1 + number % 7
        s = 10 ** rng.uniform(-2, 2, rank)
        if rng.random() < 0.4:  # clustered
            s[1:] = s[0] * (1 - 10.0 ** rng.uniform(-17, -3, rank - 1))
        s = np.sort(s)[::-1].copy()
        if rng.random() < 0.1:
            s[:] = s[0]
        d = rng.normal(size=rank) * 10 ** rng.uniform(-3, 3)
        v = rng.normal(size=n_layers) * 10 ** rng.uniform(-1, 1)
        kind = rng.random()
        if kind < 0.2:
            v[:] = v[0]
        elif kind < 0.4:
            v = abs(v[0]) * rng.choice([-1.0, 1.0], n_layers)
        elif kind < 0.6:
            v[rng.integers(n_layers)] = 0
        elif kind < 0.7:
            v[rng.choice(n_layers, min(n_layers, 2), replace=False)] = 0
        elif kind < 0.8:
            v *= 10 ** rng.uniform(-12, 2, n_layers)
        elif kind < 0.83:
            v[:] = 0
        P = float(np.prod(v))
        f = rng.normal(size=rank) * 10 ** rng.uniform(-2, 2)
        place = rng.random()
        if P != 0 and place < 0.3:  # near a minimizer
            f = d / P * (1 + rng.normal(size=rank) * 10 ** rng.uniform(-16, 0))
        elif P != 0 and place < 0.4:  # where the border vanishes
            f = d / P / 2
        elif place < 0.6:
            f[rng.integers(rank)] = 0
        if np.abs(f).max() < 1e60:
            yield s, d, f, v


def at(case: Case, a: Float64 | Mpfr | Mpmath | Ball) -> object:
    s, d, f, v = case
    model = ReducedModel(a, len(v) + 1, N_SAMPLES, a.vector(s), a.vector(d))
    return sharpness(model, State(a.vector(f), tuple(a.vector(v))))


def test_float64_is_right_to_13_digits_on_2000_states() -> None:
    worst = 0.0
    signs = {-1: 0, 1: 0}
    for case in random_cases(2000, seed=1):
        exact = dense_top(case)
        found = Fraction(float(at(case, Float64())))  # type: ignore[arg-type]
        assert abs(found - exact) <= Fraction(1, 10**13) * exact, case
        if exact:
            worst = max(worst, float(abs(found - exact) / exact))
        _, d, f, v = case
        signs[1 if float(np.dot(f, np.prod(v) * f - d)) > 0 else -1] += 1
    assert min(signs.values()) > 300  # a residual of either sign was among them
    assert worst > 0


@pytest.mark.parametrize("kind", [Mpfr, Mpmath])
def test_150_bits_are_right_to_150_bits(kind: type[Mpfr] | type[Mpmath]) -> None:
    for case in random_cases(60, seed=2):
        exact = dense_top(case)
        found = kind(150).to_fraction(at(case, kind(150)))
        assert abs(found - exact) <= Fraction(1, 2**149) * exact, case


def test_balls_hold_the_sharpness_and_are_narrow() -> None:
    b = Ball(120)
    narrow = 0
    for case in random_cases(150, seed=3):
        exact, ball = dense_top(case), at(case, b)
        slack = exact * Fraction(1, 2**190)  # what the dense eigensolver itself may be off
        assert b.encloses(ball, exact) or b.encloses(ball, exact - slack) or b.encloses(ball, exact + slack), case
        narrow += b.radius(ball) <= exact * Fraction(1, 2**110)
    assert narrow >= 145


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


def float_hessian(case: Case) -> np.ndarray:  # type: ignore[type-arg]
    s, d, f, v = case
    P, z = np.prod(v), np.prod(v) * f - d
    border = s * (z + P * f)
    layers = (f @ f) * np.outer(P / v, P / v) + (f @ z) * (P / np.outer(v, v)) * (1 - np.eye(len(v)))
    return np.block([[np.diag((P * s) ** 2), np.outer(border, P / v)], [np.outer(P / v, border), layers]]) / N_SAMPLES


def test_full_and_reduced_coordinates_have_one_sharpness() -> None:
    rng = np.random.default_rng(4)
    X, y, u, v = rng.normal(size=(6, 9)), rng.normal(size=6), rng.normal(size=9), [0.7, -0.4, 1.1]
    spectrum = Spectrum.from_data(X, y)
    model = ReducedModel.from_data(X, y, 4, Float64(), spectrum)
    state = model.state(np.asarray(spectrum.right_singular_vectors) @ u, v)
    assert np.linalg.eigvalsh(all_weights.hessian(X, y, u, v))[-1] == pytest.approx(sharpness(model, state), rel=1e-12)


def test_many_states_in_numpy_have_the_compiled_bits() -> None:
    rng = np.random.default_rng(10)
    for trial in range(150):
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
        mine, theirs = (many(s, d, outputs, layers, N_SAMPLES) for many in (sharpnesses_together, many_sharpnesses))
        assert np.array_equal(mine, theirs, equal_nan=True)
    assert sharpnesses_together(s, d, outputs[:0], layers[:0], N_SAMPLES).shape == (0,)


def test_the_compiled_sharpness_has_the_reference_s_bits() -> None:
    a = Float64()
    for case in random_cases(1500, seed=8):
        s, d, f, v = case
        model, state = ReducedModel(a, len(v) + 1, N_SAMPLES, s, d), State(f, tuple(v))
        with a.active():
            reference = top_root(model.sharpness_equation(state, a)) / a.number(N_SAMPLES)
        assert reduced_sharpness(model, state) == reference, case
    rng = np.random.default_rng(9)
    s, d = np.sort(rng.uniform(0.1, 9, 333))[::-1].copy(), rng.normal(size=333)
    model = ReducedModel(a, 3, N_SAMPLES, s, d)
    outputs, layers = rng.normal(size=(20, 333)), rng.normal(size=(20, 2))
    together = many_sharpnesses(s, d, outputs, layers, N_SAMPLES)
    for k in range(20):
        state = State(outputs[k], tuple(layers[k]))
        with a.active():
            reference = top_root(model.sharpness_equation(state, a)) / a.number(N_SAMPLES)
        assert together[k] == reduced_sharpness(model, state) == reference


@pytest.mark.parametrize("bits", [53, 113, 256, 700])
def test_the_compiled_sums_give_the_careful_way_s_bits(bits: int) -> None:
    a, found, doubtful = Mpfr(bits), 0, 0
    for case in random_cases(150, seed=20):
        s, d, f, v = case
        model = ReducedModel(a, len(v) + 1, N_SAMPLES, a.vector(s), a.vector(d))
        state = State(a.vector(f), tuple(a.vector(v)))
        quick = wide_sharpness(model, state)
        if quick is None:
            doubtful += 1
            continue
        found += 1
        assert quick == careful(model, state), case
        if bits < 150:
            assert abs(a.to_fraction(quick) - dense_top(case)) <= dense_top(case) * Fraction(1, 2**bits)
    assert found > 40
    assert doubtful > 10  # there are states that it must leave alone


def test_the_compiled_sums_without_52_bit_products(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numerics.compiled.many_bit_sharpness._layout", lambda a: Layout(a.bits, 8, 28))
    rng, a = np.random.default_rng(23), Mpfr(256)
    model = ReducedModel(a, 3, N_SAMPLES, a.vector([3.0, 2.0, 0.5]), a.vector([1.0, -1.0, 2.0]))
    for _ in range(10):
        state = State(a.vector(rng.normal(size=3)), tuple(a.vector(rng.normal(size=2))))
        assert wide_sharpness(model, state) in (careful(model, state), None)
    assert wide_sharpness(model, model.state([0.5, -0.25, 1.0], [0.75, -0.5])) is not None


def careful(model: ReducedModel, state: State) -> object:
    wide = model.arithmetic.wider(64)
    with wide.active():
        return model.arithmetic.number(top_root(model.sharpness_equation(state, wide)) / wide.number(model.n_samples))


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
            quick = wide_sharpness(model, State(f, v))
            assert quick is not None
            assert quick == careful(model, State(f, v))


def test_the_compiled_sums_take_over_without_changing_a_bit() -> None:
    rng, a = np.random.default_rng(22), Mpfr(97)
    model = ReducedModel(
        a, 2, N_SAMPLES, a.vector(np.sort(rng.uniform(0.1, 9, 40))[::-1]), a.vector(rng.normal(size=40))
    )
    state = model.state(rng.normal(size=40), [0.7])
    assert len({sharpness(model, state) for _ in range(_COMPILATION // 200)}) == 1
    assert _spent[97] > _COMPILATION


def test_what_float64_cannot_hold_is_an_error() -> None:
    a = Float64()
    state = State(np.array([1e200]), (np.float64(1e200),))
    model = ReducedModel(a, 2, N_SAMPLES, np.array([1e200]), np.array([1.0]))
    for _ in range(60):  # before and after the compiled function takes over
        with pytest.raises(NotFiniteError, match="range of float64"):
            sharpness(model, state)
    wide = Mpfr(53)
    same = ReducedModel(wide, 2, N_SAMPLES, wide.vector([1e200]), wide.vector([1.0]))
    assert wide.is_finite(sharpness(same, State(wide.vector([1e200]), (wide.number(1e200),))))


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
        equation = SharpnessEquation.of(a, s, d, f, tuple(v))
        top = np.linalg.eigvalsh(float_hessian(case))[-1] * N_SAMPLES
        floor, ceiling = float(equation.floor()), float(equation.ceiling())
        for part in rng.uniform(0, 1, 4):
            position = np.float64(floor + (ceiling - floor) * part**3)
            if position > floor and abs(position - top) > 1e-9 * ceiling:
                value, _, pull = equation.evaluate(position)
                assert equation.is_below(position, value, pull) == (position < top), case
                second_rule += not value < 0 and position < top
    assert second_rule > 20  # positions where the sign of g alone would have misled


def test_the_floor_and_the_ceiling_hold_the_root() -> None:
    a = Float64()
    for case in random_cases(200, seed=6):
        s, d, f, v = case
        equation = SharpnessEquation.of(a, s, d, f, tuple(v))
        exact = dense_top(case) * N_SAMPLES
        assert Fraction(float(equation.floor())) <= exact * (1 + Fraction(1, 10**12))
        assert Fraction(float(equation.ceiling())) >= exact * (1 - Fraction(1, 10**12))
