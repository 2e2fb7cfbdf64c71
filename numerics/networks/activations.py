"""Activations with their first two derivatives, in every arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from numerics.arithmetic.base import Arithmetic, Vector
from theory.did_you_mean import did_you_mean
from theory.errors import ParameterError


class Activated(NamedTuple):
    """An activation and its derivatives at an array of numbers."""

    value: Vector
    first: Vector
    second: Vector


Activation = Callable[[Arithmetic, Vector], Activated]
"""Gives value and derivatives. Call it inside `arithmetic.active()`."""


def activation(name: str) -> Activation:
    """Give an activation by its name.

    Raises:
        ParameterError: there is none of that name.

    Examples:
        >>> from numerics.arithmetic import Float64
        >>> activation("relu")(Float64(), np.array([-1.0, 2.0])).first.tolist()
        [0.0, 1.0]
    """
    if not isinstance(name, str) or name not in ACTIVATIONS:
        near = did_you_mean(str(name), list(ACTIVATIONS))
        raise ParameterError(f"there is no activation {name!r}; give {', '.join(ACTIVATIONS)}{near}")
    return ACTIVATIONS[name]


def read_activations(names: str) -> tuple[str, ...]:
    """Read names separated by commas.

    Raises:
        ParameterError: there is none of that name.

    Examples:
        >>> read_activations("tanh, silu")
        ('tanh', 'silu')
    """
    found = tuple(dict.fromkeys(name.strip() for name in names.split(",")))
    for name in found:
        activation(name)
    return found


def identity(a: Arithmetic, x: Vector) -> Activated:
    """`x`, with derivatives of shape `(1, 1)`, so that what is the same for all samples is computed once."""
    one = np.full((1, 1), a.number(1), dtype=x.dtype)
    return Activated(x, one, one * a.number(0))


def silu(a: Arithmetic, x: Vector) -> Activated:
    """`x sigma(x)`, `sigma` the logistic function.

    `silu' = sigma (1 + x (1 - sigma))`, `silu'' = sigma (1 - sigma) (2 + x (1 - 2 sigma))`.
    """
    one = a.number(1)
    sigma = _logistic(a, x)
    rest = one - sigma
    return Activated(x * sigma, sigma * (x * rest + one), sigma * rest * (x * (rest - sigma) + a.number(2)))


def sigmoid(a: Arithmetic, x: Vector) -> Activated:
    """`sigma(x) = 1 / (1 + e^-x)`: `sigma' = sigma (1 - sigma)`, `sigma'' = sigma' (1 - 2 sigma)`."""
    sigma = _logistic(a, x)
    rest = a.number(1) - sigma
    return Activated(sigma, sigma * rest, sigma * rest * (rest - sigma))


def tanh(a: Arithmetic, x: Vector) -> Activated:
    """`tanh(x) = 2 sigma(2 x) - 1`: `tanh' = 1 - tanh^2`, `tanh'' = -2 tanh tanh'`."""
    one, two = a.number(1), a.number(2)
    value = two * _logistic(a, two * x) - one if x.dtype == np.object_ else np.tanh(x)
    first = one - value * value
    return Activated(value, first, -two * value * first)


def elu(a: Arithmetic, x: Vector) -> Activated:
    """`x` above 0, `e^x - 1` below."""
    zero, one = _zeros(a, x), a.number(1)
    above = (x > zero).astype(bool)
    power = a.exponentials(np.where(above, zero, x))
    return Activated(np.where(above, x, power - one), power, np.where(above, zero, power))


def relu(a: Arithmetic, x: Vector) -> Activated:
    """`max(x, 0)`, with the derivative 0 at 0, and no curvature at its corner."""
    zero = _zeros(a, x)
    above = (x > zero).astype(bool)
    return Activated(np.where(above, x, zero), np.where(above, zero + a.number(1), zero), zero)


def _zeros(a: Arithmetic, x: Vector) -> Vector:
    return np.full(x.shape, a.number(0), dtype=x.dtype)


def _logistic(a: Arithmetic, x: Vector) -> Vector:
    one = a.number(1)
    return np.asarray(one / (a.exponentials(-x) + one))


ACTIVATIONS: Mapping[str, Activation] = {one.__name__: one for one in (identity, tanh, silu, elu, relu, sigmoid)}
"""By the name that people type."""
