"""The minimalist model in the coordinates that move: one number per singular value, one per layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.arithmetic.base import Arithmetic, Number, Vector
from numerics.model.base import Model, Rates, State, check_depth
from numerics.model.products import product, products_of_others
from numerics.model.sharpness_equation import SharpnessEquation, equation_at
from theory import Spectrum
from theory.errors import ParameterError, ShapeError


@dataclass(frozen=True, eq=False)
class ReducedModel(Model):
    """`f(X; theta) = (X u) v_1 ... v_{D-1}` through the spectrum of X: a step costs O(r + D) (equations 10, 11).

    Attributes:
        arithmetic: the numbers everything below is made of.
        depth: `D >= 2`.
        n_samples: `N`.
        singular_values: `s_i`, shape `(r,)`.
        label_coefficients: `d_i`, shape `(r,)`.
        left_singular_vectors: the `e_i` as columns, shape `(N, r)`; needed by SGD alone.
        labels: `y`, shape `(N,)`; needed by SGD alone.
        unreachable_loss: `||y_perp||^2 / (2 N)`, the constant that no weights can remove from the loss.

    >>> from numerics.arithmetic import Float64
    >>> model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [1.0, 3.0], n_samples=2), 2, Float64())
    >>> model.loss(model.state([0.5, 3.0], [1.0]))
    np.float64(0.0)
    """

    arithmetic: Arithmetic
    depth: int
    n_samples: int
    singular_values: Vector
    label_coefficients: Vector
    left_singular_vectors: Vector | None = None
    labels: Vector | None = None
    unreachable_loss: Number = 0

    def __post_init__(self) -> None:
        check_depth(self.depth)
        object.__setattr__(self, "unreachable_loss", self.arithmetic.number(self.unreachable_loss))

    @classmethod
    def from_spectrum(cls, spectrum: Spectrum, depth: int, arithmetic: Arithmetic) -> ReducedModel:
        """Take singular values and label coefficients as exact, and round them to the arithmetic."""
        return cls(
            arithmetic,
            depth,
            int(spectrum.n_samples),
            arithmetic.vector(spectrum.singular_values),
            arithmetic.vector(spectrum.label_coefficients),
            unreachable_loss=_unreachable_loss(spectrum),
        )

    @classmethod
    def from_data(
        cls, X: ArrayLike, y: ArrayLike, depth: int, arithmetic: Arithmetic, spectrum: Spectrum | None = None
    ) -> ReducedModel:
        """Decompose data `X`, shape `(N, d)`, and labels `y`, shape `(N,)`, in float64; keep what SGD needs.

        The decomposition is good to 53 bits. At higher precision the model is that of the rounded spectrum. A spectrum
        of these data that is known already, with its right singular vectors, is taken as it is.
        """
        data, labels = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
        spectrum = Spectrum.from_data(data, labels) if spectrum is None else spectrum
        right = np.asarray(spectrum.right_singular_vectors, dtype=np.float64)
        left = (data @ right.T) / np.asarray(spectrum.singular_values, dtype=np.float64)
        return cls(
            arithmetic,
            depth,
            len(data),
            arithmetic.vector(spectrum.singular_values),
            arithmetic.vector(spectrum.label_coefficients),
            arithmetic.matrix(left),
            arithmetic.vector(labels),
            _unreachable_loss(spectrum),
        )

    @property
    def rank(self) -> int:
        """Rank `r` of the data."""
        return len(self.singular_values)

    @cached_property
    def rounded_spectrum(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Singular values and label coefficients rounded to float64, each of shape `(r,)`."""
        to_float = self.arithmetic.to_float
        s, d = ([to_float(x) for x in values] for values in (self.singular_values, self.label_coefficients))
        return np.array(s), np.array(d)

    def state(self, coefficients: Sequence[object] | Vector, layers: Sequence[object] | Vector) -> State:
        """Make a state from `c_i = w_i^T u`, shape `(r,)`, and the `D - 1` layers `v_j`.

        Raises:
            ShapeError: not r coefficients, or not D - 1 layers.
        """
        if len(coefficients) != self.rank:
            raise ShapeError(f"{len(coefficients)} coefficients c do not fit rank {self.rank}; give {self.rank}")
        if len(layers) != self.depth - 1:
            raise ShapeError(f"{len(layers)} layers v do not fit depth {self.depth}; give {self.depth - 1}")
        with self.arithmetic.active():
            outputs = self.singular_values * self.arithmetic.vector(coefficients)
        return State(outputs, tuple(self.arithmetic.vector(list(layers))))

    def coefficients(self, state: State) -> Vector:
        """Give `c_i = f_i / s_i`, shape `(r,)`."""
        with self.arithmetic.active():
            return np.asarray(state.first_layer / self.singular_values)

    def rates(self, step: Number, batch_size: int) -> Rates:
        """Fold a step size and `1 / batch_size` into the constants of `increments`."""
        per_sample = step / self.arithmetic.number(batch_size)
        return Rates(np.asarray(self.singular_values * self.singular_values * per_sample), per_sample)

    def increments(self, state: State, rates: Rates, batch: NDArray[np.intp] | None = None) -> State:
        """Give the step size times the gradient, in the order of operations that every fast path keeps."""
        f, a = state.first_layer, self.arithmetic
        P = product(state.layers)
        if batch is None:
            z = P * f - self.label_coefficients
            inner = a.total(z * f)
        else:
            if self.left_singular_vectors is None or self.labels is None:
                raise ParameterError("SGD needs the samples; make the model with ReducedModel.from_data")
            left = self.left_singular_vectors[batch]
            outputs = a.apply(left, f)
            residual = P * outputs - self.labels[batch]
            z = a.apply(left.T, residual)
            inner = a.total(residual * outputs)
        slope = rates.layers * inner
        layers = tuple(slope if p is None else slope * p for p in products_of_others(state.layers))
        return State(np.asarray((rates.first_layer * z) * P), layers)

    def residual(self, state: State) -> Vector:
        """Give `z_i = f_i P - d_i`, shape `(r,)`. Call it inside `arithmetic.active()`."""
        return np.asarray(product(state.layers) * state.first_layer - self.label_coefficients)

    def loss(self, state: State) -> Number:
        """Give `L = sum_i z_i^2 / (2 N)`, plus the part of the labels that X cannot reach."""
        with self.arithmetic.active():
            z = self.residual(state)
            return self.arithmetic.total(z * z) / self._twice_samples + self.unreachable_loss

    @cached_property
    def _twice_samples(self) -> Number:
        return self.arithmetic.number(2 * self.n_samples)

    def imbalance(self, state: State) -> tuple[Number, ...]:
        """Give every layer's imbalance `||Pi_W u||^2 - v_j^2`, `D - 1` numbers (Definition 4.2, Lemma 5.2)."""
        with self.arithmetic.active():
            c = state.first_layer / self.singular_values
            squared = self.arithmetic.total(c * c)
            return tuple(squared - v * v for v in state.layers)

    def sharpness_equation(self, state: State, arithmetic: Arithmetic) -> SharpnessEquation:
        """Set up the sharpness equation in a (wider) arithmetic."""
        return equation_at(
            arithmetic,
            arithmetic.widened(self.singular_values),
            arithmetic.widened(self.label_coefficients),
            arithmetic.widened(state.first_layer),
            arithmetic.widened(np.asarray(state.layers)),
        )


def _unreachable_loss(spectrum: Spectrum) -> float:
    share = float(spectrum.label_residual_share)
    if share <= 0.0 or share >= 1.0:
        return 0.0
    reachable = float(sum(float(d) ** 2 for d in spectrum.label_coefficients))
    return share / (1.0 - share) * reachable / (2.0 * int(spectrum.n_samples))
