"""The sharpness of models in other libraries, where these are installed, and of networks given by their matrices."""

import importlib.util

import numpy as np
import pytest

from numerics import sharpness_of
from theory.errors import NotConvergedError, ParameterError, ShapeError, SharpnessError

RANDOM = np.random.default_rng(0)
X, Y = RANDOM.normal(size=(7, 3)), RANDOM.normal(size=7)
LAYERS = [RANDOM.normal(size=shape) for shape in ((4, 3), (5, 4), (1, 5))]
SIZES = [layer.size for layer in LAYERS]


def dense(layers=LAYERS):
    """The Hessian by differences of the loss's values alone."""

    def loss(flat):
        signal, begin = X.T, 0
        for k, layer in enumerate(layers):
            matrix = flat[begin : begin + layer.size].reshape(layer.shape)
            signal = matrix @ signal if k == len(layers) - 1 else np.tanh(matrix @ signal)
            begin += layer.size
        return float(((signal[0] - Y) ** 2).sum() / (2 * len(Y)))

    flat = np.concatenate([layer.ravel() for layer in layers])
    step, size = 1e-4, len(flat)
    moves = step * np.eye(size)
    found = np.zeros((size, size))
    for i in range(size):
        for j in range(i + 1):
            corners = [loss(flat + a * moves[i] + b * moves[j]) * a * b for a in (1, -1) for b in (1, -1)]
            found[i, j] = found[j, i] = sum(corners) / (4 * step * step)
    return found


def models():
    """Every way to hand over the same network."""
    given = [(LAYERS, {"activation": "tanh"})]
    if importlib.util.find_spec("torch"):
        import torch

        module = torch.nn.Sequential(
            torch.nn.Linear(3, 4, bias=False),
            torch.nn.Tanh(),
            torch.nn.Linear(4, 5, bias=False),
            torch.nn.Tanh(),
            torch.nn.Linear(5, 1, bias=False),
        ).double()
        with torch.no_grad():
            for parameter, layer in zip(module.parameters(), LAYERS, strict=True):
                parameter.copy_(torch.as_tensor(layer))
        given.append((module, {}))
    if importlib.util.find_spec("jax"):
        import jax
        import jax.numpy as jnp

        jax.config.update("jax_enable_x64", True)

        def function(layers, inputs):
            signal = inputs.T
            for layer in layers[:-1]:
                signal = jnp.tanh(layer @ signal)
            return layers[-1] @ signal

        given.append((function, {"parameters": [jnp.asarray(layer) for layer in LAYERS]}))
    return given


@pytest.mark.parametrize("given", models(), ids=lambda given: type(given[0]).__name__)
def test_eigenvalues_are_those_of_the_hessian_of_half_the_mean_square(given):
    model, asked = given
    hessian = dense()
    found = sharpness_of(model, X, Y, count=3, layers=True, **asked)
    assert np.allclose(found.eigenvalues, np.linalg.eigvalsh(hessian)[::-1][:3], rtol=1e-5)
    assert found.residuals.max() < 1e-8 * found.value
    begin = 0
    for size, (value, residual) in zip(SIZES, found.layers.values(), strict=True):
        block = hessian[begin : begin + size, begin : begin + size]
        assert value == pytest.approx(np.linalg.eigvalsh(block)[-1], rel=1e-5)
        assert residual < 1e-8 * found.value
        begin += size
    assert f"in {sum(SIZES)} parameters" in repr(found)


def test_what_is_no_model_is_refused():
    with pytest.raises(ParameterError, match="int is no model"):
        sharpness_of(3, X, Y)
    with pytest.raises(ParameterError, match="a function needs its parameters"):
        sharpness_of(lambda p, x: x, X, Y)
    with pytest.raises(ShapeError, match="do not fit"):
        sharpness_of(LAYERS, X, Y[:3])
    with pytest.raises(ParameterError, match="there are 37"):
        sharpness_of(LAYERS, X, Y, count=57)


@pytest.mark.parametrize("y", [[[6.0]], 6.0, []])
def test_labels_that_are_no_row_are_refused(y):
    with pytest.raises(ShapeError, match="one number for each sample"):
        sharpness_of([[[1.0]], [[3.0]]], [[2.0]], y)


def test_a_tolerance_that_is_not_met_gives_no_number():
    with pytest.raises(NotConvergedError, match="has the residual"):
        sharpness_of(LAYERS, X, Y, tolerance=1e-25)


def chancy():
    """Modules whose loss while they are trained is not that of the model in use, where PyTorch is installed."""
    if not importlib.util.find_spec("torch"):
        return []
    import torch

    class ByHand(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.last = torch.nn.Linear(3, 1, bias=False)

        def forward(self, x):
            return self.last(torch.nn.functional.dropout(x, 0.5, self.training))

    def chain(between):
        return torch.nn.Sequential(torch.nn.Linear(3, 4), between, torch.nn.Linear(4, 1))

    return [chain(torch.nn.Dropout()), chain(torch.nn.BatchNorm1d(4)), ByHand()]


def test_a_module_in_training_is_refused_where_its_loss_is_chance():
    for module in chancy():
        with pytest.raises(ParameterError, match=r"call its eval\(\) first"):
            sharpness_of(module, X, Y)
        assert sharpness_of(module.eval(), X, Y).value > 0


@pytest.mark.parametrize("tolerance", [float("nan"), 0.0, -1.0, 2.0])
def test_a_tolerance_that_is_none_is_refused(tolerance):
    with pytest.raises(SharpnessError, match=r"the tolerance is|is not finite"):
        sharpness_of(LAYERS, X, Y, tolerance=tolerance)


@pytest.mark.parametrize(
    ("model", "more"),
    [
        (LAYERS, {"count": 1.5}),
        (LAYERS, {"count": "2"}),
        (LAYERS, {"count": 0}),
        (LAYERS, {"tolerance": "much"}),
        (["a", "b"], {}),
        ([1j * LAYERS[0], *LAYERS[1:]], {}),
        ([[[1.0, 2.0], [3.0]], *LAYERS[1:]], {}),
        ([LAYERS[0] * np.nan, *LAYERS[1:]], {}),
    ],
)
def test_what_is_no_number_is_refused(model, more):
    with pytest.raises(SharpnessError):
        sharpness_of(model, X, Y, **more)
