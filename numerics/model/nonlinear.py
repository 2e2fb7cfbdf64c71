"""The nonlinear two-layer model of Appendix E on orthogonal data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.base import Model, State
from numerics.model.reduced import Rates
from numerics.model.sharpness_equation import SharpnessEquation
from theory.errors import DegenerateDataError, ParameterError, ShapeError


class Activation(ABC):
    """An activation `phi` that is differentiable and injective with `phi' != 0` (equation E.2)."""

    @abstractmethod
    def derivatives(self, a: Arithmetic, x: Vector) -> tuple[Vector, Vector, Vector]:
        """Give `phi`, `phi'` and `phi''` of every entry."""

    @abstractmethod
    def potential(self, a: Arithmetic, x: Vector) -> Vector:
        """Give `Phi`, an antiderivative of `phi / phi'`."""


class Tanh(Activation):
    """`phi = tanh`, `Phi = sinh^2 / 2`."""

    def derivatives(self, a: Arithmetic, x: Vector) -> tuple[Vector, Vector, Vector]:
        """Give `tanh`, `1 - tanh^2`, `-2 tanh (1 - tanh^2)`."""
        value = a.each(a.tanh, x)
        first = (a.number(1) - value) * (a.number(1) + value)
        return value, first, -(value + value) * first

    def potential(self, a: Arithmetic, x: Vector) -> Vector:
        """Give `sinh(x)^2 / 2`."""
        sinh = (a.each(a.exp, x) - a.each(a.exp, -x)) * a.number("1/2")
        return np.asarray(sinh * sinh * a.number("1/2"))


class Sigmoid(Activation):
    """`phi = 1 / (1 + e^-x)`, `Phi = x + e^x`."""

    def derivatives(self, a: Arithmetic, x: Vector) -> tuple[Vector, Vector, Vector]:
        """Give `phi`, `phi (1 - phi)`, `phi (1 - phi)(1 - 2 phi)`."""
        one, half = a.number(1), a.number("1/2")
        # Through tanh neither end overflows.
        centered = a.each(a.tanh, x * half)
        value, other = (one + centered) * half, (one - centered) * half
        first = value * other
        return value, first, -first * centered

    def potential(self, a: Arithmetic, x: Vector) -> Vector:
        """Give `x + e^x`."""
        return np.asarray(x + a.each(a.exp, x))


ACTIVATIONS: dict[str, Activation] = {"tanh": Tanh(), "sigmoid": Sigmoid()}


@dataclass(frozen=True, eq=False)
class NonlinearModel(Model):
    """`f(X; theta) = v phi(X u)` where `X X^T` is diagonal (Assumption E.1), in the coordinates `f_i = (X u)_i`.

    Sample `i` has the norm `s_i = ||x_i||` and the label `y_i`.

    >>> from numerics.arithmetic import Float64
    >>> model = NonlinearModel.from_data([[2.0, 0.0], [0.0, 1.0]], [0.5, -0.5], "tanh", Float64())
    >>> model.loss(model.state([0.0, 0.0], [1.0]))
    np.float64(0.125)
    """

    arithmetic: Arithmetic
    singular_values: Vector
    labels: Vector
    activation: Activation
    depth: int = 2

    @classmethod
    def from_data(cls, X: Any, y: Any, activation: str, arithmetic: Arithmetic) -> NonlinearModel:
        """Take data `X`, shape `(N, d)`, with orthogonal rows, and labels `y`, shape `(N,)`.

        Raises:
            DegenerateDataError: two rows are not orthogonal, or one is zero.
            ParameterError: an unknown activation.
        """
        if activation not in ACTIVATIONS:
            raise ParameterError(f"there is no activation {activation!r}; give tanh or sigmoid")
        data = np.asarray(X, dtype=np.float64)
        if data.ndim != 2 or len(data) != len(y):
            raise ShapeError(f"X of shape {data.shape} does not fit {len(y)} labels; give one row for each label")
        products = data @ data.T
        norms = np.sqrt(np.diag(products))
        if not (norms > 0).all():
            raise DegenerateDataError("a row of X is zero; remove it")
        if (np.abs(products / np.outer(norms, norms) - np.eye(len(data))) > 1e-12).any():
            raise DegenerateDataError("the rows of X are not orthogonal; Appendix E needs X X^T diagonal")
        with arithmetic.active():
            rows = arithmetic.matrix(data)
            values = [arithmetic.sqrt(arithmetic.total(row * row)) for row in rows]
        return cls(arithmetic, arithmetic.vector(values), arithmetic.vector(y), ACTIVATIONS[activation])

    @property
    def n_samples(self) -> int:  # type: ignore[override]
        """Number of samples `N`."""
        return len(self.labels)

    def state(self, outputs: Sequence[object] | NDArray[Any], layers: Sequence[object]) -> State:
        """Make a state from `f_i = x_i^T u`, shape `(N,)`, and the one layer `v`.

        Raises:
            ShapeError: not N outputs, or not one layer.
        """
        if len(outputs) != self.n_samples or len(layers) != 1:
            raise ShapeError(
                f"give {self.n_samples} values of X u and one layer v, not {len(outputs)} and {len(layers)}"
            )
        return State(self.arithmetic.vector(outputs), tuple(self.arithmetic.vector(list(layers))))

    def rates(self, step: Number, batch_size: int) -> Rates:
        """Fold a step size and `1 / batch_size` into the constants of `increments`."""
        per_sample = step / self.arithmetic.number(batch_size)
        return Rates(np.asarray(self.singular_values * self.singular_values * per_sample), per_sample)

    def increments(self, state: State, rates: Rates, batch: NDArray[np.intp] | None = None) -> State:
        """Give the step size times the gradient."""
        a, f, (v,) = self.arithmetic, state.first_layer, state.layers
        value, slope, _ = self.activation.derivatives(a, f)
        z = v * value - self.labels
        if batch is not None:
            chosen = np.zeros(len(f), dtype=bool)
            chosen[batch] = True
            z = np.where(chosen, z, a.number(0))
        return State(np.asarray((rates.modes * (z * slope)) * v), (rates.layers * a.total(z * value),))

    def loss(self, state: State) -> Number:
        """Give `L = ||v phi(X u) - y||^2 / (2 N)`."""
        a = self.arithmetic
        with a.active():
            z = state.layers[0] * self.activation.derivatives(a, state.first_layer)[0] - self.labels
            return a.total(z * z) / a.number(2 * self.n_samples)

    def imbalance(self, state: State) -> tuple[Number, ...]:
        """Give `C = 2 sum_i Phi(f_i) / s_i^2 - v^2` (Definition E.3)."""
        a, s, (v,) = self.arithmetic, self.singular_values, state.layers
        with a.active():
            potentials = self.activation.potential(a, state.first_layer)
            return (a.number(2) * a.total(potentials / (s * s)) - v * v,)

    def sharpness_equation(self, state: State, arithmetic: Arithmetic) -> SharpnessEquation:
        """Set up the arrow matrix's equation: `alpha_i = s_i^2 (v^2 phi'^2 + v z phi'')`, `F = sum phi^2`."""
        a = arithmetic
        s, y, f = (a.widened(values) for values in (self.singular_values, self.labels, state.first_layer))
        (v,) = a.widened(np.asarray(state.layers))
        value, first, second = self.activation.derivatives(a, f)
        z = v * value - y
        beta = s * first * (v * value + z)
        alpha = s * s * (v * v * first * first + v * z * second)
        return SharpnessEquation.bordered(a, alpha, beta * beta, a.total(value * value), a.number(0), (v,))
