"""How a small displacement of the weights grows in one step.

Everything is in the coordinates `(c, v)`, in which a step of gradient descent has the symmetric Jacobian
`J = I - eta Hess L`: a diagonal block bordered by `D - 1` rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from numerics.finite_precision.rounded_sharpness import Floats
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel
from theory import Spectrum
from theory.formulas.deep_model import layer_product


class Spectra(NamedTuple):
    """What a step needs of the data, for one run or for many whose data are rounded differently.

    Attributes:
        singular_values: shape `(.., r)`.
        label_coefficients: shape `(.., r)`.
        n_samples: `N`.
    """

    singular_values: Floats
    label_coefficients: Floats
    n_samples: int


class Point(NamedTuple):
    """Weights, of one state or of many, and what every derivative there needs.

    Attributes:
        spectrum: the data.
        outputs: the `f_i`, shape `(.., r)`.
        layers: the `v_j`, shape `(.., D - 1)`.
        product: `P`, shape `(.., 1)`.
        others: the `P / v_j`, shape `(.., D - 1)`.
        scaled: the `P f_i`, shape `(.., r)`.
        residuals: the `z_i`, shape `(.., r)`.
    """

    spectrum: Spectrum | Spectra
    outputs: Floats
    layers: Floats
    product: Floats
    others: Floats
    scaled: Floats
    residuals: Floats

    @classmethod
    def at(cls, spectrum: Spectrum | Spectra, outputs: Floats, layers: Floats) -> Point:
        """Compute it."""
        each = [layers[..., j] for j in range(layers.shape[-1])]
        others = np.ones(layers.shape)
        if len(each) > 1:
            for j, of_others in enumerate(products_of_others(each)):
                others[..., j] = of_others
        P = np.asarray(product(each))[..., None]
        scaled = P * outputs
        return cls(spectrum, outputs, layers, P, others, scaled, scaled - spectrum.label_coefficients)


@dataclass(frozen=True, eq=False)
class Jacobian:
    """`J = [[diag(diagonal), border], [border^T, corner]]`, of one step or of many.

    Shapes: `(.., r)`, `(.., r, D - 1)`, `(.., D - 1, D - 1)`.
    """

    diagonal: Floats
    border: Floats
    corner: Floats

    @classmethod
    def at(cls, point: Point, step_size: float) -> Jacobian:
        """Linearize the step from a point.

        The Hessian is that of `theory.formulas.deep_model.reduced_hessian`, for many states at once.
        """
        s, per_sample = np.asarray(point.spectrum.singular_values), step_size / int(point.spectrum.n_samples)
        outputs, others = point.outputs, point.others
        squares, pull = np.square(outputs).sum(axis=-1), (outputs * point.residuals).sum(axis=-1)
        corner = (others[..., :, None] * others[..., None, :]) * squares[..., None, None]
        for j, k in combinations(range(others.shape[-1]), 2):
            rest = [point.layers[..., m] for m in range(others.shape[-1]) if m not in (j, k)]
            between = pull * layer_product(rest)
            corner[..., j, k] += between
            corner[..., k, j] += between
        return cls(
            1 - per_sample * np.square(point.product * s),
            (-per_sample * s * (point.scaled + point.residuals))[..., :, None] * others[..., None, :],
            np.eye(others.shape[-1]) - per_sample * corner,
        )

    def step(self, number: int) -> Jacobian:
        """Give one of many."""
        return Jacobian(self.diagonal[number], self.border[number], self.corner[number])

    def times(self, columns: Floats) -> Floats:
        """Give `J columns`, shape `(.., r + D - 1, K)` or a vector, in `O(r D)` operations for each column."""
        if columns.ndim == 1:
            return self.times(columns[:, None])[:, 0]
        moved, rank = np.empty(columns.shape), self.diagonal.shape[-1]
        upper, lower = columns[..., :rank, :], columns[..., rank:, :]
        np.matmul(self.border, lower, out=moved[..., :rank, :])
        moved[..., :rank, :] += self.diagonal[..., None] * upper
        np.matmul(self.border.swapaxes(-1, -2), upper, out=moved[..., rank:, :])
        moved[..., rank:, :] += self.corner @ lower
        return moved

    def dense(self) -> Floats:
        """Give the whole matrix of one step."""
        return np.block([[np.diag(self.diagonal), self.border], [self.border.T, self.corner]])


def rounded_spectrum(model: ReducedModel) -> Spectrum:
    """Give a model's spectrum in float64."""
    s, d = model.rounded_spectrum
    return Spectrum(s, d, n_samples=model.n_samples)


def one_step(
    spectrum: Spectrum | Spectra, step_size: float, outputs: Floats, layers: Floats
) -> tuple[Floats, Floats, Floats]:
    """Take a step in float64 from each of many weights; give the weights after it and the losses before it.

    Args:
        spectrum: the data.
        step_size: `eta`.
        outputs: the `f_i`, shape `(.., r)`.
        layers: the `v_j`, shape `(.., D - 1)`.
    """
    s, per_sample = np.asarray(spectrum.singular_values), step_size / spectrum.n_samples
    point = Point.at(spectrum, outputs, layers)
    slope = per_sample * np.einsum("...i,...i->...", point.residuals, outputs)
    loss = np.einsum("...i,...i->...", point.residuals, point.residuals) / (2 * spectrum.n_samples)
    moved = outputs - s**2 * per_sample * point.product * point.residuals
    return moved, layers - slope[..., None] * point.others, loss
