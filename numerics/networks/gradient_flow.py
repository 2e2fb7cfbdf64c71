"""Gradient flow of a network: by tangent kernels, and by the paper's rule to hold against it.

The flow `theta' = -J^T z / N` is stiff: `z' = -K z / N` with `K = J J^T`, whose eigenvalues are far apart, while K
itself turns slowly. A step takes the network as linear about a point, where the flow is solved exactly by K's
eigenvectors, however long the step. The point is the middle of the step, itself reached in that way, so that the error
of a step is of third order in its length, whatever the stiffness.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic
from numerics.arithmetic.float32 import Float32
from numerics.arithmetic.float64 import Float64
from numerics.networks.activations import activation
from numerics.networks.passes import (
    Forward,
    Weights,
    backward,
    forward,
    pull_back,
    push_forward,
    tangent_kernel,
)
from theory.errors import NotConvergedError, NotFiniteError, ParameterError

Array = NDArray[np.float64]
_MOST_STEPS = 3000
_FOREVER = 1e100
_MOST_GROWTH, _LEAST_GROWTH = 3.0, 0.3
_STOP = 5e-4  # of the residual's norm, a thousandth of the loss
_TOO_LARGE = "the network leaves the range of its numbers at the start; rescale the data"


class FlowEnd(NamedTuple):
    """Where the flow was left.

    Attributes:
        weights: the layers' matrices.
        loss: `||f - y||^2 / (2N)`.
        sharpness: that of the tangent kernel, `lambda_max(K) / N`: the Hessian's at zero residual.
        steps: how many were taken.
    """

    weights: Weights
    loss: float
    sharpness: float
    steps: int


class _Point(NamedTuple):
    """A network at some weights, with the eigenvalues of `K / N`, ascending, and its eigenvectors as columns."""

    weights: Weights
    passed: Forward
    below: list[Array]
    rates: Array
    modes: Array

    def move(self, residual: Array, length: float) -> Weights:
        """The weights' change over a time, of the flow of the network that is linear here, from a residual."""
        spent = _spent(self.rates, length) * (self.modes.T @ residual) / len(residual)
        a = _arithmetic(self.passed.outputs)
        return pull_back(a, self.passed, self.below, -(self.modes @ spent).astype(a.dtype))

    def left(self, residual: Array, length: float) -> Array:
        """What is left of a residual after a time."""
        return np.asarray(self.modes @ (np.exp(-self.rates * length) * (self.modes.T @ residual)))


@np.errstate(all="ignore")
def gradient_flow(
    X: Any,
    y: Any,
    weights: Sequence[Any],
    activation: str = "identity",
    *,
    loss: float = 1e-4,
    tolerance: float = 3e-5,
    watch: Callable[[float, Weights], None] = lambda time, weights: None,
) -> FlowEnd:
    """Follow the gradient flow until the loss `||f - y||^2 / (2N)` is down to a number.

    Args:
        X: data in few coordinates, shape `(N, k)`. Data in float32 are followed in float32, in half the time.
        y: labels, shape `(N,)`.
        weights: the layers' matrices at the start.
        activation: that of the hidden layers.
        loss: where to stop, to within a thousandth.
        tolerance: what a step may leave the linear network's residual by, relative to it or to `||y||`.
        watch: called with the time and the weights, at the start and after every step.

    Raises:
        NotConvergedError: the loss is not reached within 3000 steps; with saturating activations it may never be.
        NotFiniteError: the start is beyond the numbers' range.

    Examples:
        >>> end = gradient_flow([[2.0]], [1.0], [np.array([[0.5]]), np.array([[0.5]])], loss=1e-12)
        >>> round(end.sharpness, 4)
        4.0
    """
    X, y, weights = _in_one_precision(X, y, weights)
    if not loss > 0:
        raise ParameterError(f"the loss is {loss}; give a positive one, which flow reaches in a time")
    scale, length, steps, time = float(np.linalg.norm(y)), 0.0, 0, 0.0
    goal = float((2 * len(y) * loss) ** 0.5)
    here = _point(X, weights, activation)
    if not np.isfinite(here.rates).all():
        raise NotFiniteError(_TOO_LARGE)
    residual = here.passed.outputs - y
    watch(time, here.weights)
    while np.linalg.norm(residual) > goal * (1 + _STOP):
        if steps == _MOST_STEPS:
            raise NotConvergedError(
                f"gradient flow is still at the loss {residual @ residual / (2 * len(y)):.3g} after {steps} steps"
            )
        _refuse_to_stand_still(here)
        length = length or 1 / here.rates[-1]
        length = min(length, _time_until(here, residual, goal))
        half = here.move(residual, length / 2)
        middle = _point(X, _sum(here.weights, half), activation)
        tangent = middle.passed.outputs - y - push_forward(half, middle.passed, middle.below)
        weights = _sum(here.weights, middle.move(tangent, length))
        passed = _forward(X, weights, activation)
        outputs = passed.outputs
        steps += 1
        before, after = float(np.linalg.norm(residual)), float(np.linalg.norm(outputs - y))
        error = float(np.linalg.norm(outputs - y - middle.left(tangent, length))) / max(scale, before)
        if error <= tolerance and after < goal * (1 - _STOP):
            length *= float(np.log(before / goal) / np.log(before / after)) if after > 0 else 0.5
            continue
        if error <= tolerance:
            here = _point(X, weights, activation, passed)
            residual = outputs - y
            time += length
            watch(time, weights)
        factor = 0.9 * (tolerance / error) ** (1 / 3) if error > 0 else _MOST_GROWTH
        length *= min(_MOST_GROWTH, max(_LEAST_GROWTH, factor)) if np.isfinite(error) else _LEAST_GROWTH
    return FlowEnd(here.weights, float(residual @ residual) / (2 * len(y)), float(here.rates[-1]), steps)


def runge_kutta_flow(
    X: Any,
    y: Any,
    weights: Sequence[Any],
    activation: str = "identity",
    *,
    loss: float = 1e-4,
    factor: float = 1.0,
    interval: int = 50,
    most_steps: int = 20_000,
) -> FlowEnd:
    """Follow the flow by the paper's rule: Runge and Kutta's steps of length `factor / S`, S measured every 50 steps.

    `S` is that of the tangent kernel. It is slow, and there to be compared with; see `gradient_flow` for the arguments.

    Raises:
        NotConvergedError: a step is too long, because S has grown since it was measured; or the loss is not reached
            in so many steps, or never, where every neuron is dead.
        NotFiniteError: the start is beyond the numbers' range.
    """
    X, y, weights = _in_one_precision(X, y, weights)
    a, steps, length = _arithmetic(X), 0, 0.0

    @np.errstate(all="ignore")
    def slopes(at: Sequence[Array]) -> tuple[Weights, float]:
        passed = _forward(X, at, activation)
        residual = passed.outputs - y
        found = pull_back(a, passed, backward(a, at, passed), residual / len(y))
        return found, float(residual @ residual) / (2 * len(y))

    while True:
        first, reached = slopes(weights)
        if not np.isfinite(reached) and steps == 0:
            raise NotFiniteError(_TOO_LARGE)
        if not np.isfinite(reached):
            raise NotConvergedError(f"a step of {length:.3g} is too long; take a smaller factor or interval")
        if reached <= loss:
            return FlowEnd(weights, reached, float(_point(X, weights, activation).rates[-1]), steps)
        if steps == most_steps:
            raise NotConvergedError(f"gradient flow is still at the loss {reached:.3g} after {steps} steps")
        if steps % interval == 0:
            here = _point(X, weights, activation)
            _refuse_to_stand_still(here)
            length = factor / float(here.rates[-1])
        second, _ = slopes(_sum(weights, first, -length / 2))
        third, _ = slopes(_sum(weights, second, -length / 2))
        fourth, _ = slopes(_sum(weights, third, -length))
        for part, weight in ((first, 1), (second, 2), (third, 2), (fourth, 1)):
            weights = _sum(weights, part, -length * weight / 6)
        steps += 1


def outputs(X: Any, weights: Sequence[Any], activation: str = "identity") -> Array:
    """Give `f(X)`, shape `(N,)`.

    Examples:
        >>> outputs([[2.0]], [np.array([[1.0]]), np.array([[3.0]])])
        array([6.])
    """
    X, _, weights = _in_one_precision(X, (), weights)
    with np.errstate(all="ignore"):
        return _forward(X, weights, activation).outputs


def kernel_sharpness(X: Any, weights: Sequence[Any], activation: str = "identity") -> float:
    """Give `lambda_max(J J^T) / N`, the sharpness where the residual is zero.

    Examples:
        >>> kernel_sharpness([[2.0]], [np.array([[1.0]]), np.array([[3.0]])])
        40.0
    """
    X, _, weights = _in_one_precision(X, (), weights)
    return float(_point(X, weights, activation).rates[-1])


def _in_one_precision(X: Any, y: Any, weights: Sequence[Any]) -> tuple[Array, Array, Weights]:
    """Everything in float32 if the data are, else in float64."""
    a = _arithmetic(np.asarray(X))
    return np.asarray(X, dtype=a.dtype), np.asarray(y, dtype=a.dtype), [np.asarray(w, dtype=a.dtype) for w in weights]


def _arithmetic(values: Array) -> Arithmetic:
    return Float32() if values.dtype == np.float32 else Float64()


def _refuse_to_stand_still(here: _Point) -> None:
    if not here.rates[-1] > 0:
        raise NotConvergedError("gradient flow stands still: no weight moves any output")


def _forward(X: Array, weights: Sequence[Array], name: str) -> Forward:
    return forward(_arithmetic(X), activation(name), weights, X.T)


def _point(X: Array, weights: Weights, name: str, passed: Forward | None = None) -> _Point:
    passed = passed or _forward(X, weights, name)
    below = backward(_arithmetic(X), weights, passed)
    kernel = np.asarray(tangent_kernel(passed, below), dtype=np.float64) / len(X)
    if not np.isfinite(kernel).all():
        kernel = np.full_like(kernel, np.nan)
        return _Point(weights, passed, below, kernel[0], kernel)
    rates, modes = np.linalg.eigh(kernel)
    return _Point(weights, passed, below, np.maximum(rates, 0.0), modes)


def _sum(weights: Sequence[Array], steps: Sequence[Array], factor: float = 1.0) -> Weights:
    if factor != 1:
        steps = [factor * step for step in steps]
    return [matrix + step for matrix, step in zip(weights, steps, strict=True)]


def _spent(rates: Array, length: float) -> Array:
    """`(1 - e^(-rate t)) / rate`, and t for a rate of 0."""
    some = rates * length > 1e-12
    return np.where(some, -np.expm1(-rates * length) / np.where(some, rates, 1.0), length)


def _time_until(here: _Point, residual: Array, goal: float) -> float:
    """When the linear network's residual is down to a norm, to a thousandth of it; infinite if never."""
    parts = (here.modes.T @ residual) ** 2

    def norm(length: float) -> float:
        return float((parts @ np.exp(-2 * here.rates * length)) ** 0.5)

    if norm(_FOREVER) > goal:
        return np.inf
    long = 1 / float(here.rates[-1])
    while norm(long) > goal:
        long *= 2
    short = 0.0
    while norm(short) - norm(long) > 2e-4 * goal:
        middle = (short + long) / 2
        short, long = (middle, long) if norm(middle) > goal else (short, middle)
    return long
