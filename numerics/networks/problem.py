"""A network, its data and its start: what is predicted of the sharpness after training, and what training gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.networks.gradient_flow import FlowEnd, gradient_flow, outputs, runge_kutta_flow
from numerics.networks.law import conserved, law_at_this_start
from numerics.networks.layer_bounds import layer_bounds
from numerics.networks.row_space import row_space_coordinates
from numerics.networks.starts import start
from theory import Bounds, Spectrum
from theory.bounds import predicted_sharpness, wide_minimizer
from theory.errors import DegenerateDataError, NotFiniteError, ParameterError

Array = NDArray[np.float64]
_WITH_A_CORNER = ("relu",)


@dataclass(frozen=True, eq=False)
class NetworkProblem:
    """A fully connected network without biases on data, from a start.

    Attributes:
        X: data, shape `(N, d)`.
        y: labels, shape `(N,)`.
        widths: neurons in each hidden layer.
        activation: that of the hidden layers.
        init: the start's name.
        seed: of the start.
    """

    X: Array
    y: Array
    widths: tuple[int, ...]
    activation: str = "silu"
    init: str = "default"
    seed: int = 0

    @property
    def depth(self) -> int:
        """Number of layers `D`."""
        return len(self.widths) + 1

    @property
    def linear(self) -> bool:
        """Whether the activation is the identity."""
        return self.activation == "identity"

    @cached_property
    def spectrum(self) -> Spectrum:
        """Singular values and label coefficients."""
        return Spectrum.from_data(self.X, self.y)

    @cached_property
    def inside(self) -> tuple[Array, Array]:
        """The data in coordinates of their row space, shape `(N, r)`, and its basis, shape `(r, d)`."""
        return row_space_coordinates(self.X)

    @cached_property
    def weights(self) -> list[Array]:
        """The layers at the start, the first in coordinates of the row space."""
        return start(self.init, self.inside[1], self.widths, self.seed)

    @cached_property
    def predicted(self) -> float:
        """`s_1^2 Q^((D-1)/D) / N`, the paper's, which knows neither widths nor start (Definition 5.8)."""
        return float(predicted_sharpness(self.spectrum, self.depth))

    @cached_property
    def law(self) -> float:
        """Where gradient flow of the linear network of these widths ends from this start, by the law; observed.

        With another activation it is what the linear network would do.
        """
        return law_at_this_start(self.inside[0], self.y, self.weights)

    @cached_property
    def bounds(self) -> Bounds | None:
        """Bounds on the sharpness where gradient flow ends, from what it conserves; None for other activations."""
        if not self.linear:
            return None
        values = [np.linalg.eigvalsh(matrix) for matrix in conserved(self.weights)]
        least, greatest = ([float(found[place]) for found in values] for place in (0, -1))
        if self.depth == 2:
            return wide_minimizer(self.spectrum, least[0], max(greatest[0], 0.0))
        return layer_bounds(self.spectrum, least, greatest)

    @cached_property
    def reachable(self) -> Array:
        """The labels that the network can learn: of a linear one, y projected on the column space of X.

        Raises:
            DegenerateDataError: they are all 0.
        """
        inside, exponent = self.inside[0], int(np.frexp(np.abs(self.y).max())[1])
        y = np.ldexp(self.y, -exponent)  # whose squares are in the range of float64
        found = np.asarray(inside @ np.linalg.lstsq(inside, y, rcond=None)[0]) if self.linear else y
        if np.linalg.norm(found) <= len(y) * np.finfo(np.float64).eps * np.linalg.norm(y):
            raise DegenerateDataError("y = 0, or y is orthogonal to the columns of X: a network learns 0 from it")
        return np.asarray(np.ldexp(found, exponent))

    def train(self, loss: float = 1e-4, **how: Any) -> FlowEnd:
        """Follow gradient flow until the loss is down to `loss ||y||^2 / N`, y being the `reachable` labels.

        Raises:
            NotConvergedError: it is not reached.
            ParameterError: it is no less than that of the start.
            DegenerateDataError: no label but 0 is reachable.
            NotFiniteError: that loss leaves the range of float64.
        """
        inside, y = self.inside[0], self.reachable
        with np.errstate(over="ignore", under="ignore"):
            goal = loss * float(y @ y) / len(y)
        if loss > 0 and not np.finfo(np.float64).tiny <= goal < np.inf:
            raise NotFiniteError(f"{loss:g} ||y||^2 / N leaves the range of float64; rescale the data")
        with np.errstate(over="ignore"):
            residual = outputs(inside, self.weights, self.activation) - y
            begun = float(residual @ residual) / (2 * float(y @ y))
        if loss >= begun:
            raise ParameterError(f"the loss is {loss:g} ||y||^2 / N, and {begun:.4g} at the start; give a smaller one")
        if self.activation in _WITH_A_CORNER:  # where no step is smooth, long steps gain nothing
            return runge_kutta_flow(inside, y, self.weights, self.activation, loss=goal, factor=0.5, interval=5)
        return gradient_flow(inside, y, self.weights, self.activation, loss=goal, **how)
