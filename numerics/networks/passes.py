"""Forward and backward through a fully connected network: outputs, gradient, tangent kernel.

Weights are a list of matrices `W_1, ..., W_D`, the last of shape `(1, h)`. Samples are columns. What is here is written
once: outputs and gradients for every arithmetic, the rest for NumPy's floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from numerics.arithmetic.base import Arithmetic, Vector
from numerics.networks.activations import Activated, Activation

Weights = list[Vector]


class Forward(NamedTuple):
    """What one pass through the network leaves behind."""

    inputs: list[Vector]
    """What each layer is applied to: the data, then the activations, shape `(k, N)`."""
    activated: list[Activated]
    """The activations with their derivatives, one for each hidden layer."""
    outputs: Vector
    """`f`, shape `(N,)`."""


def forward(a: Arithmetic, activation: Activation, weights: Sequence[Vector], columns: Vector) -> Forward:
    """Pass all samples through the network. Call it inside `a.active()`.

    Args:
        a: the arithmetic.
        activation: that of the hidden layers.
        weights: `W_1, ..., W_D`.
        columns: the data, one sample a column, shape `(k, N)`.
    """
    inputs, activated = [columns], []
    for matrix in weights[:-1]:
        activated.append(activation(a, a.apply(matrix, inputs[-1])))
        inputs.append(activated[-1].value)
    return Forward(inputs, activated, a.apply(weights[-1], inputs[-1])[0])


def backward(a: Arithmetic, weights: Sequence[Vector], passed: Forward) -> list[Vector]:
    """Give the derivatives of each output in what each layer puts out, before its activation, shapes `(h, N)`.

    Where they are the same for all samples, as in a linear network, they have the shape `(h, 1)`.
    """
    below: list[Vector] = [np.full((1, 1), a.number(1), dtype=a.dtype)]
    for matrix, activated in zip(weights[:0:-1], passed.activated[::-1], strict=True):
        below.append(a.apply(matrix.T, below[-1]) * activated.first)
    return below[::-1]


def pull_back(a: Arithmetic, passed: Forward, below: Sequence[Vector], slope: Vector) -> Weights:
    """Give `sum_n slope_n grad f_n`, one matrix for each layer."""
    return [
        a.apply(delta * slope, signal.T) if delta.shape[1] > 1 else delta * a.apply(signal, slope)
        for delta, signal in zip(below, passed.inputs, strict=True)
    ]


def linear_gradient(
    a: Arithmetic, weights: Sequence[Vector], columns: Vector, slope: Callable[[Vector], Vector]
) -> Weights:
    """Give `sum_n slope_n grad f_n` of a linear network, whose parts have rank one: no product of two matrices is made.

    With `p_j = W_(j+1)^T ... W_D^T` and `q_j = W_j ... W_1 X^T slope` it is `p_j q_(j-1)^T`.

    Args:
        a: the arithmetic.
        weights: `W_1, ..., W_D`.
        columns: the data, one sample a column.
        slope: gives `slope`, shape `(N,)`, from the outputs.
    """
    behind: list[Vector] = [np.full((1, 1), a.number(1), dtype=a.dtype)]
    for matrix in weights[:0:-1]:
        behind.append(a.apply(matrix.T, behind[-1]))
    ahead = a.apply(columns, slope(a.apply(a.apply(weights[0].T, behind[-1]).T, columns)[0]))
    found = []
    for matrix, p in zip(weights, behind[::-1], strict=True):
        found.append(p * ahead)
        ahead = a.apply(matrix, ahead)
    return found


def push_forward(moves: Sequence[Vector], passed: Forward, below: Sequence[Vector]) -> Vector:
    """Give the derivative of the outputs along a direction in the weights, `sum_j B_j . (dW_j H_j)`, shape `(N,)`.

    `H_j` and `B_j` are as in `tangent_kernel`. In a linear network no product of two matrices is made.
    """
    return np.asarray(
        sum(
            (delta.T @ move @ signal)[0] if delta.shape[1] == 1 else np.sum(delta * (move @ signal), axis=0)
            for move, signal, delta in zip(moves, passed.inputs, below, strict=True)
        )
    )


def tangent_kernel(passed: Forward, below: Sequence[Vector]) -> Vector:
    """Give `K = J J^T = sum_j (H_j^T H_j) o (B_j^T B_j)`, shape `(N, N)`, no factor 1/N.

    `H_j` are the layers' inputs and `B_j` the derivatives of the outputs in what the layers put out. No Jacobian is
    built.
    """
    return np.asarray(
        sum((signal.T @ signal) * (delta.T @ delta) for signal, delta in zip(passed.inputs, below, strict=True))
    )
