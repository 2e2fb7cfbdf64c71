"""A fully connected network as a model that optimizers train, in every arithmetic.

`f(x) = W_D phi(W_(D-1) ... phi(W_1 x))`, no biases, one output, trained on `L = ||f(X) - y||^2 / (2N)`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.base import Model, Rates, State
from numerics.networks.activations import activation
from numerics.networks.passes import Forward, Weights, backward, forward, linear_gradient, pull_back
from numerics.networks.shapes import layer_shapes, read_widths
from theory.errors import ParameterError, ShapeError


class ManyNeurons(Model):
    """What networks of many neurons in a layer share, trained on `L = ||f(X) - y||^2 / (2N)`."""

    labels: Vector

    @abstractmethod
    def outputs(self, state: State) -> Vector:
        """Give `f(X)`, shape `(N,)`. Call it inside `arithmetic.active()`."""

    @property
    def n_samples(self) -> int:  # type: ignore[override]
        """Number of samples `N`."""
        return len(self.labels)

    def rates(self, step: Number, batch_size: int) -> Rates:
        """Give `step / batch_size` for every layer."""
        rate = step / self.arithmetic.number(batch_size)
        return Rates(rate, rate)

    def loss(self, state: State) -> Number:
        """Give `L = ||f - y||^2 / (2 N)`."""
        a = self.arithmetic
        with a.active():
            z = self.outputs(state) - self.labels
            return a.total(z * z) / a.number(2 * self.n_samples)

    def imbalance(self, state: State) -> NoReturn:
        """Refuse: the layer imbalance is a number in the minimalist model alone."""
        raise ParameterError(f"a {type(self).__name__} has no layer imbalance; observe its loss and sharpness")

    def sharpness_equation(self, state: State, arithmetic: Arithmetic) -> NoReturn:
        """Refuse: its sharpness is found by Lanczos' iteration."""
        name = type(self).__name__
        raise ParameterError(f"a {name}'s sharpness is no root of a secular equation; use {name}Sharpness")


@dataclass(frozen=True, eq=False)
class Network(ManyNeurons):
    """The network on data of few inputs, such as those of `row_space_coordinates`.

    Its `State` holds the hidden weights in `first_layer`, row after row and layer after layer, and the last layer's
    weights in `layers`. Products of matrices are NumPy's: in float32 and float64 the order of their sums, hence the
    last bits, are the machine's.

    Attributes:
        arithmetic: the numbers everything is made of; not balls.
        widths: neurons in each hidden layer.
        activation: name of that of the hidden layers.
        data: X, shape `(N, k)`.
        labels: y, shape `(N,)`.

    >>> from numerics.arithmetic import Float64
    >>> network = Network.from_data([[1.0, 0.0], [0.0, 2.0]], [1.0, -1.0], (4, 3), "tanh", Float64())
    >>> network.shapes
    [(4, 2), (3, 4), (1, 3)]
    """

    arithmetic: Arithmetic
    widths: tuple[int, ...]
    activation: str
    data: Vector
    labels: Vector

    def __post_init__(self) -> None:
        read_widths(self.widths)
        activation(self.activation)
        if self.arithmetic.exact_enclosure:
            raise ParameterError("balls grow too fast in a network; use float32, float64, mpfr or mpmath")

    @classmethod
    def from_data(cls, X: Any, y: Any, widths: Sequence[int], activation: str, arithmetic: Arithmetic) -> Network:
        """Take data `X`, shape `(N, k)`, and labels `y`, shape `(N,)`, as exact, and round them to the arithmetic.

        Raises:
            ShapeError: not one label for each row.
            ParameterError: the widths, the activation or the arithmetic do not do.
        """
        if np.ndim(X) != 2 or len(X) != len(y):
            raise ShapeError(f"data of shape {np.shape(X)} do not fit {len(y)} labels; give one row for each label")
        return cls(arithmetic, tuple(widths), activation, arithmetic.matrix(X), arithmetic.vector(y))

    @property
    def depth(self) -> int:  # type: ignore[override]
        """Number of layers `D`."""
        return len(self.widths) + 1

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """Shapes of the layers' matrices."""
        return layer_shapes(self.data.shape[1], self.widths)

    def state(self, weights: Sequence[Any]) -> State:
        """Make a state from the layers' matrices.

        Raises:
            ShapeError: the matrices do not have the shapes `shapes`.
        """
        if [np.shape(matrix) for matrix in weights] != self.shapes:
            raise ShapeError(f"the weights do not fit layers of shapes {self.shapes}")
        flat = np.concatenate([np.asarray(matrix).ravel() for matrix in weights[:-1]])
        return State(self.arithmetic.vector(flat), tuple(self.arithmetic.vector(np.asarray(weights[-1])[0])))

    def weights(self, state: State) -> Weights:
        """Give the layers' matrices."""
        last: Vector = np.empty((1, len(state.layers)), dtype=self.arithmetic.dtype)
        last[0] = state.layers
        return [*split(state.first_layer, self.shapes[:-1]), last]

    def forward(self, weights: Sequence[Vector]) -> Forward:
        """Pass all samples through the network. Call it inside `arithmetic.active()`."""
        return forward(self.arithmetic, activation(self.activation), weights, self.data.T)

    def increments(self, state: State, rates: Rates, batch: NDArray[np.intp] | None = None) -> State:
        """Give the step size times the gradient of the loss over all samples, or over a batch of them."""
        chosen = self if batch is None else self.batch(batch)
        *hidden, last = chosen.gradient(self.weights(state), rates.layers)
        return State(np.concatenate([matrix.ravel() for matrix in hidden]), tuple(last[0]))

    def gradient(self, weights: Sequence[Vector], rate: Number) -> Weights:
        """Give a rate times the gradient of `||f - y||^2 / 2`, a sum over samples, in the layers' matrices."""

        def slope(outputs: Vector) -> Vector:
            return np.asarray((outputs - self.labels) * rate)

        if self.activation == "identity":
            return linear_gradient(self.arithmetic, weights, self.data.T, slope)
        passed = self.forward(weights)
        below = backward(self.arithmetic, weights, passed)
        return pull_back(self.arithmetic, passed, below, slope(passed.outputs))

    def batch(self, samples: NDArray[np.intp]) -> Network:
        """Give the same network on some of the samples."""
        return Network(self.arithmetic, self.widths, self.activation, self.data[samples], self.labels[samples])

    def outputs(self, state: State) -> Vector:
        """Give `f(X)`, shape `(N,)`. Call it inside `arithmetic.active()`."""
        return self.forward(self.weights(state)).outputs


def split(flat: Vector, shapes: Sequence[tuple[int, int]]) -> Weights:
    """Cut a vector into matrices, row after row."""
    matrices, begin = [], 0
    for rows, columns in shapes:
        matrices.append(flat[begin : begin + rows * columns].reshape(rows, columns))
        begin += rows * columns
    return matrices
