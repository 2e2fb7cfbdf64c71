"""A fully connected network with SiLU activations, in every arithmetic (the network of Figure 30 in Appendix D.2).

`f(x) = w^T silu(W_(D-1) ... silu(W_1 x))` with `silu(x) = x / (1 + e^-x)`, all hidden layers of one width, no biases,
trained on `L = ||f(X) - y||^2 / (2N)`.

The first layer sees the data through inner products alone. Let the rows of V be an orthonormal basis of the row space
of X. Then `W_1 x = (W_1 V^T)(V x)` for every sample, the gradient in `W_1` is a combination of samples, so that a step
moves `W_1 V^T` by what gradient descent on the data `X V^T` moves it by, and the rest of `W_1` never moves. The
network on `X V^T`, with as many inputs as X has rank, is the same network: outputs, losses, steps and nonzero
eigenvalues of the Hessian agree exactly, before rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.base import Model, Rates, State, check_depth
from numerics.model.sharpness_equation import SharpnessEquation
from theory.errors import ParameterError, ShapeError


class Activated(NamedTuple):
    """SiLU and its derivatives at a vector of numbers."""

    value: Vector
    first: Vector
    second: Vector


class Forward(NamedTuple):
    """What one pass through the network leaves behind, samples as columns."""

    inputs: list[Vector]
    """What each layer is applied to: the data, then the activations."""
    before: list[Activated]
    """The activations with their derivatives, one for each hidden layer."""
    outputs: Vector
    """`f`, shape `(N,)`."""


@dataclass(frozen=True, eq=False)
class SiluNetwork(Model):
    """The network on data of few inputs.

    Its `State` holds the hidden weights in `first_layer`, row after row and layer after layer, and the last layer's
    weights in `layers`. Products of matrices are NumPy's: in float32 and float64 the order of their sums, hence the
    last bits, are the machine's.

    Attributes:
        arithmetic: the numbers everything is made of; not balls.
        depth: number of layers `D`, at least 2, the last one included.
        width: neurons in each hidden layer.
        data: X, shape `(N, k)`.
        labels: y, shape `(N,)`.

    >>> from numerics.arithmetic import Float64
    >>> network = SiluNetwork.from_data([[1.0, 0.0], [0.0, 2.0]], [1.0, -1.0], 3, 4, Float64())
    >>> network.shapes
    [(4, 2), (4, 4)]
    """

    arithmetic: Arithmetic
    depth: int
    width: int
    data: Vector
    labels: Vector

    def __post_init__(self) -> None:
        check_depth(self.depth)
        if isinstance(self.width, bool) or not isinstance(self.width, int) or self.width < 1:
            raise ParameterError(f"the width is {self.width}; give a whole number of at least 1")
        if self.arithmetic.exact_enclosure:
            raise ParameterError("balls grow too fast in a network; use float32, float64, mpfr or mpmath")

    @classmethod
    def from_data(cls, X: Any, y: Any, depth: int, width: int, arithmetic: Arithmetic) -> SiluNetwork:
        """Take data `X`, shape `(N, k)`, and labels `y`, shape `(N,)`, as exact, and round them to the arithmetic.

        Raises:
            ShapeError: not one label for each row.
        """
        if np.ndim(X) != 2 or len(X) != len(y):
            raise ShapeError(f"data of shape {np.shape(X)} do not fit {len(y)} labels; give one row for each label")
        return cls(arithmetic, depth, width, arithmetic.matrix(X), arithmetic.vector(y))

    @property
    def n_samples(self) -> int:  # type: ignore[override]
        """Number of samples `N`."""
        return len(self.labels)

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """Shapes of the hidden layers' matrices."""
        return [(self.width, self.data.shape[1]), *[(self.width, self.width)] * (self.depth - 2)]

    def state(self, hidden: list[Any], last: Any) -> State:
        """Make a state from the hidden layers' matrices and the last layer's weights.

        Raises:
            ShapeError: the matrices do not have the shapes `shapes`, or the last layer not one weight a neuron.
        """
        if [np.shape(matrix) for matrix in hidden] != self.shapes or len(last) != self.width:
            raise ShapeError(f"the weights do not fit layers of shapes {self.shapes} and {self.width} last weights")
        flat = np.concatenate([np.asarray(matrix).ravel() for matrix in hidden])
        return State(self.arithmetic.vector(flat), tuple(self.arithmetic.vector(last)))

    def matrices(self, state: State) -> tuple[list[Vector], Vector]:
        """Give the hidden layers' matrices and the last layer's weights, shape `(width,)`."""
        return self._split(state.first_layer), self._last(state)

    def forward(self, hidden: list[Vector], last: Vector) -> Forward:
        """Pass all samples through the network. Call it inside `arithmetic.active()`."""
        signal, inputs, before = self.data.T, [self.data.T], []
        for matrix in hidden:
            activated = silu(self.arithmetic, self.arithmetic.apply(matrix, signal))
            signal = activated.value
            inputs.append(signal)
            before.append(activated)
        return Forward(inputs, before, self.arithmetic.apply(last, signal))

    def backward(
        self, hidden: list[Vector], last: Vector, passed: Forward, slope: Vector
    ) -> tuple[list[Vector], Vector]:
        """Give `sum_n slope_n grad f_n` in the hidden layers and in the last one."""
        a = self.arithmetic
        in_last = a.apply(passed.inputs[-1], slope)
        error = np.multiply.outer(last, slope)
        in_hidden: list[Vector] = []
        for matrix, signal, activated in zip(hidden[::-1], passed.inputs[-2::-1], passed.before[::-1], strict=True):
            error = error * activated.first
            in_hidden.append(a.apply(error, signal.T))
            if signal is not passed.inputs[0]:
                error = a.apply(matrix.T, error)
        return in_hidden[::-1], in_last

    def rates(self, step: Number, batch_size: int) -> Rates:
        """Give `step / batch_size` for every layer."""
        rate = step / self.arithmetic.number(batch_size)
        return Rates(rate, rate)

    def increments(self, state: State, rates: Rates, batch: NDArray[np.intp] | None = None) -> State:
        """Give the step size times the gradient of the loss over all samples.

        Raises:
            ParameterError: a batch, as there is no SGD for the network.
        """
        if batch is not None:
            raise ParameterError("the network is trained on all the samples; use gradient descent")
        hidden, last = self.matrices(state)
        passed = self.forward(hidden, last)
        in_hidden, in_last = self.backward(hidden, last, passed, (passed.outputs - self.labels) * rates.layers)
        return State(np.concatenate([matrix.ravel() for matrix in in_hidden]), tuple(in_last))

    def loss(self, state: State) -> Number:
        """Give `L = ||f - y||^2 / (2 N)`."""
        a = self.arithmetic
        with a.active():
            z = self.forward(*self.matrices(state)).outputs - self.labels
            return a.total(z * z) / a.number(2 * self.n_samples)

    def imbalance(self, state: State) -> NoReturn:
        """Refuse: the layer imbalance is a quantity of the minimalist model."""
        raise ParameterError("a network has no layer imbalance; observe its loss and sharpness")

    def sharpness_equation(self, state: State, arithmetic: Arithmetic) -> SharpnessEquation:
        """Refuse: its sharpness is found by `numerics.sharpness.network`."""
        raise ParameterError("a network's sharpness is no root of a secular equation; use numerics.sharpness.network")

    def _last(self, state: State) -> Vector:
        last: Vector = np.empty(len(state.layers), dtype=self.arithmetic.dtype)
        last[:] = state.layers
        return last

    def _split(self, flat: Vector) -> list[Vector]:
        matrices, start = [], 0
        for rows, columns in self.shapes:
            matrices.append(flat[start : start + rows * columns].reshape(rows, columns))
            start += rows * columns
        return matrices


def silu(a: Arithmetic, x: Vector) -> Activated:
    """`x sigma(x)` with its first two derivatives, `sigma` the logistic function. Call it inside `active()`.

    `silu' = sigma (1 + x (1 - sigma))`, `silu'' = sigma (1 - sigma) (2 + x (1 - 2 sigma))`.
    """
    one = a.number(1)
    sigma = one / (a.each(a.exp, -x) + one)
    rest = one - sigma
    return Activated(x * sigma, sigma * (x * rest + one), sigma * rest * (x * (rest - sigma) + a.number(2)))


def row_space_coordinates(X: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give `X V^T`, shape `(N, r)`, and V, shape `(r, d)`: the data in an orthonormal basis of their row space.

    Args:
        X: data, shape `(N, d)`. What is below NumPy's tolerance for a matrix's rank is left out.

    Examples:
        >>> inside, basis = row_space_coordinates([[3.0, 4.0, 0.0]])
        >>> inside.shape, basis.shape
        ((1, 1), (1, 3))
    """
    data = np.asarray(X, dtype=np.float64)
    _, values, vectors = np.linalg.svd(data, full_matrices=False)
    rank = int(np.sum(values > max(data.shape) * np.finfo(np.float64).eps * values[0]))
    basis: NDArray[np.float64] = vectors[:rank]
    return data @ basis.T, basis


def default_weights(inputs: int, depth: int, width: int, seed: int) -> tuple[list[NDArray[np.float64]], Any]:
    """Draw PyTorch's default: each layer uniform on `[-1/sqrt(k), 1/sqrt(k)]`, with k the layer's number of inputs.

    Args:
        inputs: number of inputs of the first layer, that of the features before a projection.
        depth: number of layers.
        width: neurons in each hidden layer.
        seed: fixes the draw.

    Examples:
        >>> hidden, last = default_weights(5, 3, 2, seed=0)
        >>> [matrix.shape for matrix in hidden], last.shape
        ([(2, 5), (2, 2)], (2,))
    """
    random = np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 2, 0]))
    columns = [inputs, *[width] * (depth - 2)]
    hidden = [random.uniform(-1.0, 1.0, (width, count)) / count**0.5 for count in columns]
    return hidden, random.uniform(-1.0, 1.0, width) / width**0.5
