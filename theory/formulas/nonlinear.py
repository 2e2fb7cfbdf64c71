"""The two-layer model with an activation: `f(X; u, v) = v phi(X u)` on orthogonal samples (Appendix E).

Orthogonal data (Assumption E.1) means that `X X^T` is diagonal; no sample is zero, and `s_n = ||x_n||`. Nothing below
has a factor 1/N but the loss and its gradient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from theory.errors import ParameterError
from theory.language.arrays import Array, row_count
from theory.language.indexed import IndexedArray
from theory.language.numbers import SYMBOLIC, Number, exp, kind, log, plain, sinh, square, tanh, total


@dataclass(frozen=True)
class ActivationFunction:
    """An activation `phi` with what Definition E.2 asks for.

    Attributes:
        name: the field's word for it.
        value: `phi(x)`.
        slope: `phi'(x)`, zero nowhere.
        antiderivative: `Phi(x)`, an antiderivative of `phi / phi'`.
        antiderivative_of_value: `Phi(phi^{-1}(t))`.
        least: lower end of the range of `phi`, which it does not reach; None for minus infinity.
        greatest: upper end of the range; None for infinity.
    """

    name: str
    value: Callable[[Number], Number]
    slope: Callable[[Number], Number]
    antiderivative: Callable[[Number], Number]
    antiderivative_of_value: Callable[[Number], Number]
    least: int | None = None
    greatest: int | None = None


IDENTITY = ActivationFunction(
    "identity", lambda x: x, lambda x: 0 * x + 1, lambda x: square(x) / 2, lambda t: square(t) / 2
)
"""`phi(x) = x`, with which Definition E.3 is Definition 4.2 (times no factor)."""

TANH = ActivationFunction(
    "tanh",
    tanh,
    lambda x: 1 - square(tanh(x)),
    lambda x: square(sinh(x)) / 2,
    lambda t: square(t) / (1 - square(t)) / 2,
    least=-1,
    greatest=1,
)
"""`phi = tanh`, `Phi(x) = sinh(x)^2 / 2`."""

SIGMOID = ActivationFunction(
    "sigmoid",
    lambda x: 1 / (1 + exp(-x)),
    lambda x: exp(-x) / (1 + exp(-x)) ** 2,
    lambda x: x + exp(x),
    lambda t: log(t / (1 - t)) + t / (1 - t),
    least=0,
    greatest=1,
)
"""`phi(x) = 1 / (1 + e^-x)`, `Phi(x) = x + e^x`."""


def nonlinear_output(X: Array, first_layer: Array, second_layer: Number, activation: ActivationFunction) -> Any:
    """`f = v phi(X u)`, shape `(N,)` (Definition E.2).

    Args:
        X: data, shape `(N, d)`.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.
        activation: `phi`.

    Examples:
        >>> nonlinear_output(np.array([[2.0]]), np.array([3.0]), 0.5, IDENTITY).tolist()
        [3.0]
    """
    return _each(activation.value, X @ first_layer) * second_layer


def nonlinear_loss(
    X: Array, y: Array, first_layer: Array, second_layer: Number, activation: ActivationFunction
) -> Number:
    """`L = ||v phi(X u) - y||^2 / (2N)`: the normalisation is 1/(2N).

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.
        activation: `phi`.

    Examples:
        >>> nonlinear_loss(np.array([[2.0]]), np.array([1.0]), np.array([3.0]), 0.5, IDENTITY)
        2.0
    """
    residual = nonlinear_output(X, first_layer, second_layer, activation) - y
    return plain(total(residual**2) / (2 * row_count(X)))


def nonlinear_gradient(
    X: Array, y: Array, first_layer: Array, second_layer: Number, activation: ActivationFunction
) -> tuple[Any, Number]:
    """Gradient of the loss: `(X^T (z o phi'(X u)) v / N, z^T phi(X u) / N)` with `z = v phi(X u) - y`.

    Args:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        first_layer: `u`, shape `(d,)`.
        second_layer: `v`.
        activation: `phi`.

    Examples:
        >>> first, second = nonlinear_gradient(np.array([[2.0]]), np.array([1.0]), np.array([3.0]), 0.5, IDENTITY)
        >>> first.tolist(), float(second)
        ([2.0], 12.0)
    """
    before = X @ first_layer
    values = _each(activation.value, before)
    residual = values * second_layer - y
    slopes = residual * _each(activation.slope, before)
    return X.T @ slopes * second_layer / row_count(X), (residual @ values) / row_count(X)


def nonlinear_imbalance(
    singular_values: Array, preactivations: Array, second_layer: Number, activation: ActivationFunction
) -> Number:
    """Layer imbalance `C = 2 sum_n Phi(h_n) / s_n^2 - v^2` with `h_n = x_n^T u = s_n c_n` (Definition E.3).

    Args:
        singular_values: `s_n`, the norms of the samples, shape `(N,)`, positive.
        preactivations: `h_n`, shape `(N,)`.
        second_layer: `v`.
        activation: gives `Phi`.

    Examples:
        >>> nonlinear_imbalance(np.array([2.0]), np.array([6.0]), 1.0, IDENTITY)
        8.0
    """
    return plain(2 * total(_each(activation.antiderivative, preactivations) / singular_values**2) - second_layer**2)


def zero_loss_side(
    singular_values: Array, labels: Array, second_layer: Number, activation: ActivationFunction
) -> Number:
    """Right side of equation (35): at a minimizer of zero loss, `v^2 + C = 2 sum_n Phi(phi^{-1}(y_n / v)) / s_n^2`.

    For tanh it is `sum_n y_n^2 / (v^2 - y_n^2) / s_n^2`, for the sigmoid
    `2 sum_n [log(y_n / (v - y_n)) + y_n / (v - y_n)] / s_n^2` (Proposition E.5).

    Args:
        singular_values: `s_n`, the norms of the samples, shape `(N,)`, positive.
        labels: `y_n`, shape `(N,)`.
        second_layer: `v`.
        activation: `phi`.

    Raises:
        ParameterError: `v` is 0, or some `y_n / v` lies outside the range of `phi`: no minimizer with this `v` has
            zero loss.

    Examples:
        >>> zero_loss_side(np.array([1.0]), np.array([3.0]), 5.0, TANH)
        0.5625
    """
    if not isinstance(labels, IndexedArray):
        labels = np.asarray(labels)
        if second_layer == 0:
            raise ParameterError("v is 0, so that the output is 0: give the second layer of a minimizer")
        for label in labels:
            check_in_range(label / second_layer, activation)
    ratios = labels / second_layer
    return plain(2 * total(_each(activation.antiderivative_of_value, ratios) / singular_values**2))


def check_in_range(ratio: Number, activation: ActivationFunction) -> None:
    """Refuse a value that the activation does not take for certain."""
    if kind(ratio) == SYMBOLIC:
        return
    below = activation.least is not None and not ratio > activation.least
    above = activation.greatest is not None and not ratio < activation.greatest
    if below or above:
        raise ParameterError(
            f"y/v = {ratio} is not between {activation.least} and {activation.greatest}: "
            f"no minimizer with {activation.name} and this v has zero loss"
        )


def _each(function: Callable[[Number], Number], values: Any) -> Any:
    """The function of every entry."""
    if isinstance(values, IndexedArray):
        return values.each(function)
    values = np.asarray(values)
    found = [function(entry) for entry in values.ravel().tolist()]
    return np.array(found, dtype=np.float64 if values.dtype == np.float64 else object).reshape(values.shape)
