"""How a small displacement of the weights grows in one step.

Everything is in the coordinates `(c, v)`, in which a step of gradient descent has the symmetric Jacobian
`J = I - eta Hess L`: a diagonal block bordered by `D - 1` rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from numerics.finite_precision.rounded_sharpness import Floats
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel
from theory import Spectrum
from theory.formulas.deep_model import reduced_hessian


@dataclass(frozen=True, eq=False)
class Jacobian:
    """`J = [[diag(diagonal), border], [border^T, corner]]`, shapes `(r,)`, `(r, D - 1)`, `(D - 1, D - 1)`."""

    diagonal: Floats
    border: Floats
    corner: Floats

    @classmethod
    def at(cls, spectrum: Spectrum, step_size: float, outputs: Floats, layers: Floats) -> Jacobian:
        """Linearize the step at the weights `f`, shape `(r,)`, and `v`, shape `(D - 1,)`."""
        blocks = reduced_hessian(spectrum, outputs / spectrum.singular_values, layers)
        return cls(
            1 - step_size * blocks.diagonal,
            -step_size * blocks.border,
            np.eye(len(layers)) - step_size * blocks.corner,
        )

    def times(self, columns: Floats) -> Floats:
        """Give `J columns`, for a matrix or a vector, in `O(r D)` operations for each column."""
        moved, rank = np.empty(columns.shape), len(self.diagonal)
        upper, lower = columns[:rank], columns[rank:]
        moved[:rank] = (self.diagonal if columns.ndim == 1 else self.diagonal[:, None]) * upper + self.border @ lower
        moved[rank:] = self.border.T @ upper + self.corner @ lower
        return moved

    def dense(self) -> Floats:
        """Give the whole matrix."""
        return np.block([[np.diag(self.diagonal), self.border], [self.border.T, self.corner]])


def rounded_spectrum(model: ReducedModel) -> Spectrum:
    """Give a model's spectrum in float64."""
    s, d = model.rounded_spectrum
    return Spectrum(s, d, n_samples=model.n_samples)


def one_step(spectrum: Spectrum, step_size: float, outputs: Floats, layers: Floats) -> tuple[Floats, Floats, Floats]:
    """Take a step in float64 from each of many weights; give the weights after it and the losses before it.

    Args:
        spectrum: the data.
        step_size: `eta`.
        outputs: the `f_i`, shape `(.., r)`.
        layers: the `v_j`, shape `(.., D - 1)`.
    """
    s, per_sample = np.asarray(spectrum.singular_values), step_size / spectrum.n_samples
    each = list(np.moveaxis(layers, -1, 0))
    P = np.asarray(product(each))[..., None]
    z = P * outputs - spectrum.label_coefficients
    slope = per_sample * np.einsum("...i,...i->...", z, outputs)
    moved = [slope if other is None else slope * other for other in products_of_others(each)]
    loss = np.einsum("...i,...i->...", z, z) / (2 * spectrum.n_samples)
    return outputs - s**2 * per_sample * P * z, layers - np.stack(moved, axis=-1), loss
