"""The Transformer's passes against a slow one of fifty digits, one sentence and one place at a time."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.arithmetic import Float32, Float64, parse_arithmetic
from numerics.networks.transformer.sharpness import TransformerSharpness
from numerics.networks.transformer.transformer import Transformer
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.optimizers.sgd import StochasticGradientDescent
from numerics.trajectory import train
from numerics.trajectory.observers import Loss
from tests.effort import usually
from theory.errors import NotFiniteError, ParameterError, ShapeError

DIGITS, STEP = 50, mpmath.mpf(10) ** -12


def random_model(seed, arithmetic=None, blocks=2):
    """Five sentences of one to four words out of six, vectors of four numbers; weights off their start."""
    random = np.random.default_rng(seed)
    words = random.integers(0, 6, (5, 4))
    words[np.arange(4) >= np.array([4, *random.integers(1, 5, 4)])[:, None]] = -1
    words[0, 0] = 5
    arithmetic = arithmetic or Float64()
    return Transformer(arithmetic, words, arithmetic.vector(random.normal(size=5)), size=4, heads=2, blocks=blocks)


def flat(state):
    return np.concatenate([state.first_layer, np.array(state.layers)])


def gradient(model, state):
    return flat(model.increments(state, model.rates(model.arithmetic.number(1), model.n_samples)))


def slow_loss(model, weights):
    """`||f - y||^2 / (2N)` by the definitions, in mpmath's numbers."""
    matrices = []
    for rows, columns in model.shapes:
        matrices.append([[weights.pop(0) for _ in range(columns)] for _ in range(rows)])
    of_words, of_places, *inner, last = matrices
    total = mpmath.mpf(0)
    for sentence, label in zip(model.words.tolist(), model.labels.tolist(), strict=True):
        rows = [
            [a + b for a, b in zip(of_words[word], of_places[place], strict=True)]
            for place, word in enumerate(word for word in sentence if word >= 0)
        ]
        for k in range(0, len(inner), 4):
            rows = added(rows, slow_attention(list(map(normed, rows)), *inner[k : k + 2], model.heads))
            rows = added(rows, [slow_hidden(normed(row), *inner[k + 2 : k + 4]) for row in rows])
        f = sum(sum(a * b for a, b in zip(row, last[0], strict=True)) for row in rows) / len(rows)
        total += (f - label) ** 2
    return total / (2 * len(model.labels))


def added(some, others):
    return [[a + b for a, b in zip(x, y, strict=True)] for x, y in zip(some, others, strict=True)]


def normed(row):
    mean = sum(row) / len(row)
    variance = sum((a - mean) ** 2 for a in row) / len(row)
    return [(a - mean) / mpmath.sqrt(variance + mpmath.mpf(1e-5)) for a in row]


def times(row, matrix):
    return [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*matrix, strict=True)]


def slow_hidden(row, inward, outward):
    return times([a * mpmath.ncdf(a) for a in times(row, inward)], outward)


def slow_attention(rows, inward, outward, heads):
    size = len(rows[0])
    per_head = size // heads
    of_rows = [times(row, inward) for row in rows]
    found = []
    for here in of_rows:
        taken = []
        for head in range(heads):
            part = slice(head * per_head, (head + 1) * per_head)
            query = here[:size][part]
            powers = []
            for there in of_rows:
                key = there[size : 2 * size][part]
                powers.append(mpmath.exp(sum(a * b for a, b in zip(query, key, strict=True)) / mpmath.sqrt(per_head)))
            for k in range(per_head):
                values = [there[2 * size :][part][k] for there in of_rows]
                taken.append(sum(p * v for p, v in zip(powers, values, strict=True)) / sum(powers))
        found.append(times(taken, outward))
    return found


@pytest.mark.slow
@settings(max_examples=usually(3, thoroughly=30), deadline=None)
@given(seed=st.integers(0, 2**32), scale=st.sampled_from([0.3, 1.0, 3.0]), blocks=st.integers(1, 2))
def test_loss_gradient_and_hessian_are_those_of_the_definitions(seed, scale, blocks):
    model = random_model(seed, blocks=blocks)
    begun = model.start(seed % 1000)
    state = model.state(scale * flat(begun))
    random = np.random.default_rng(seed)
    u, v = (random.normal(size=len(flat(state))) for _ in range(2))
    with mpmath.workdps(DIGITS):

        def at(a, b):
            moves = zip(flat(state).tolist(), u.tolist(), v.tolist(), strict=True)
            return slow_loss(model, [mpmath.mpf(w) + a * STEP * x + b * STEP * y for w, x, y in moves])

        loss, slope = at(0, 0), (at(0, 1) - at(0, -1)) / (2 * STEP)
        curvature = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * STEP**2)
    assert float(model.loss(state)) == pytest.approx(float(loss), rel=1e-12)
    size = np.linalg.norm(gradient(model, state)) * np.linalg.norm(v)
    assert gradient(model, state) @ v == pytest.approx(float(slope), rel=1e-10, abs=1e-12 * size)
    product = model.hessian_product(state, v)
    assert u @ product == pytest.approx(float(curvature), rel=1e-9, abs=1e-11 * np.linalg.norm(product))


def test_the_sharpness_is_the_largest_eigenvalue_of_the_differences_of_gradients():
    model = random_model(3, blocks=1)
    state = model.start(1)
    weights = flat(state)
    sides = [[gradient(model, model.state(weights + h * one)) for h in (1e-5, -1e-5)] for one in np.eye(len(weights))]
    hessian = np.array([(right - left) / 2e-5 for right, left in sides])
    products = np.array([model.hessian_product(state, one) for one in np.eye(len(weights))])
    np.testing.assert_allclose(products, hessian, atol=1e-8)
    np.testing.assert_allclose(products, products.T, atol=1e-13)
    assert TransformerSharpness().observe(model, state) == pytest.approx(np.linalg.eigvalsh(products)[-1], rel=1e-10)


def test_single_precision_is_double_precision_rounded():
    model, double = random_model(5, Float32()), random_model(5)
    state = model.start(2)
    same = double.state(flat(state).astype(np.float64))
    found = gradient(model, state)
    assert found.dtype == model.loss(state).dtype == np.float32
    np.testing.assert_allclose(found, gradient(double, same), atol=2e-6)
    v = np.random.default_rng(0).normal(size=len(found))
    single = Transformer(Float64(), model.words, model.labels.astype(np.float64), 4)
    np.testing.assert_array_equal(
        model.hessian_product(state, v), single.hessian_product(same, v), "the Hessian is float64's in both"
    )


def test_a_batch_is_its_own_sentences():
    model = random_model(8)
    state, batch = model.start(0), np.array([4, 0, 0])
    rates = model.rates(model.arithmetic.number(1), len(batch))
    part = Transformer(Float64(), model.words[batch], model.labels[batch], 4)
    assert part.shapes == model.shapes
    np.testing.assert_allclose(flat(model.increments(state, rates, batch)), gradient(part, state), rtol=1e-12)


def test_optimizers_train_it():
    model = random_model(2)
    state = model.start(0)
    by_hand = flat(state)
    for _ in range(20):
        by_hand = by_hand - 0.05 * gradient(model, model.state(by_hand))
    run = train(model, GradientDescent("0.05"), state, steps=20, record_every=20, observers=(Loss(),))
    assert run.series["loss"][-1] == pytest.approx(float(model.loss(model.state(by_hand))), rel=1e-10)
    assert run.series["loss"][-1] < run.series["loss"][0]
    small = train(model, StochasticGradientDescent("0.05", 2, 0), state, steps=20, observers=(Loss(),))
    assert small.series["loss"][-1] < small.series["loss"][0]


def test_what_does_not_fit_is_refused():
    words, labels = np.array([[0, 1], [2, -1]]), np.array([1.0, -1.0])
    for arithmetic in ("mpfr:100", "ball:100"):
        with pytest.raises(ParameterError, match="computed in float64 or float32"):
            Transformer(parse_arithmetic(arithmetic), words, labels)
    with pytest.raises(ParameterError, match="3 heads do not divide vectors of 32 numbers"):
        Transformer(Float64(), words, labels, heads=3)
    for bad in (labels[:1], labels[:, None]):
        with pytest.raises(ShapeError, match="do not fit labels of shape"):
            Transformer(Float64(), words, bad)
    for none in ([[0], [-1]], [[], []]):
        with pytest.raises(ShapeError, match="no sentence, or one without words"):
            Transformer(Float64(), np.array(none, dtype=int), labels)
    with pytest.raises(ShapeError, match="no sentence, or one without words"):
        Transformer(Float64(), words[:0], labels[:0])
    with pytest.raises(ParameterError, match="by integers; these are float64"):
        Transformer(Float64(), words.astype(float), labels)
    for label in (np.nan, np.inf):
        with pytest.raises(NotFiniteError, match="a label is not finite"):
            Transformer(Float64(), words, np.array([1.0, label]))
    for name in ("size", "heads", "blocks"):
        for number in (0, -1, 1.5, "2"):
            with pytest.raises(ParameterError, match=f"{name} is {number!r}; give a whole number"):
                Transformer(Float64(), words, labels, **{name: number})
    model = Transformer(Float64(), words, labels, size=4)
    state = model.start(0)
    with pytest.raises(ShapeError, match="weights"):
        model.state(flat(state)[:-1])
    with pytest.raises(ParameterError, match="use TransformerSharpness"):
        model.sharpness_equation(state, Float64())
    with pytest.raises(ParameterError, match="has no layer imbalance"):
        model.imbalance(state)


def test_weights_beyond_float64_are_infinitely_sharp():
    model = random_model(1)
    with np.errstate(over="ignore", invalid="ignore"):
        assert TransformerSharpness().observe(model, model.state(1e200 * flat(model.start(0)))) == np.inf
