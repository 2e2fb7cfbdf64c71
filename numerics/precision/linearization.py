"""How a small displacement of the weights grows along a run, and how large the rounding of one step is.

Everything is in the coordinates `(c, v)`, in which a step of gradient descent has the symmetric Jacobian
`J = I - eta Hess L`: a diagonal block bordered by `D - 1` rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel
from numerics.precision.recording import Floats
from theory import Spectrum
from theory.deep_model import reduced_hessian


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
        rank = len(self.diagonal)
        diagonal = self.diagonal if columns.ndim == 1 else self.diagonal[:, None]
        upper = diagonal * columns[:rank] + self.border @ columns[rank:]
        return np.concatenate([upper, self.border.T @ columns[:rank] + self.corner @ columns[rank:]])

    def on_both_sides(self, symmetric: Floats) -> Floats:
        """Give `J C J`."""
        return self.times(self.times(symmetric).T)

    def dense(self) -> Floats:
        """Give the whole matrix."""
        return np.block([[np.diag(self.diagonal), self.border], [self.border.T, self.corner]])


def rounded_spectrum(model: ReducedModel) -> Spectrum:
    """Give a model's spectrum in float64."""
    s, d = model.rounded_spectrum
    return Spectrum(s, d, n_samples=model.n_samples)


def rounding_covariance(
    spectrum: Spectrum, step_size: float, outputs: Floats, layers: Floats, next_outputs: Floats, next_layers: Floats
) -> Floats:
    """Give the covariance of what rounding adds to the `c_i` and `v_j` in one step, in units of `2^(-2p)`.

    A result x is off by a number in `[-u/2, u/2]`, `u = 2^(1 + floor log2 |x|) 2^-p`; taken as uniform, and as
    independent from operation to operation, its variance is `u^2 / 12`. The operations of a step are those of
    `ReducedModel.increments`. An error of `z_i` moves the weights along `(eta/N) grad (f_i P)`: `c_i` and all layers
    together; it comes from `P f_i`, from `z_i` itself and, for all modes together, from `P` (D > 2). Everything else
    touches one weight: `rate_i z_i`, its product with P and the stored `f_i`; `z_i f_i`, the increment and the stored
    `v_j`.

    Args:
        spectrum: the data, in float64.
        step_size: `eta`.
        outputs: the `f_i` before the step, shape `(r,)`.
        layers: the `v_j` before the step, shape `(D - 1,)`.
        next_outputs: the `f_i` after the step.
        next_layers: the `v_j` after the step.

    Returns:
        Shape `(r + D - 1, r + D - 1)`.
    """
    s, per_sample = np.asarray(spectrum.singular_values), step_size / spectrum.n_samples
    P, others = (
        float(product(list(layers))),
        np.array([1.0 if p is None else p for p in products_of_others(list(layers))]),
    )
    rates, rank = s**2 * per_sample, len(s)
    z = P * outputs - spectrum.label_coefficients
    of_residuals = _squared_ulp(P * outputs) + _squared_ulp(z)
    along_c, along_v = per_sample * s * P, per_sample * np.outer(outputs, others)
    covariance = np.zeros((rank + len(layers), rank + len(layers)))
    covariance[:rank, :rank] = np.diag(
        along_c**2 * of_residuals
        + (P**2 * _squared_ulp(rates * z) + _squared_ulp(rates * z * P) + _squared_ulp(next_outputs)) / s**2
    )
    covariance[:rank, rank:] = (along_c * of_residuals)[:, None] * along_v
    covariance[rank:, :rank] = covariance[:rank, rank:].T
    of_sum = per_sample**2 * float(_squared_ulp(z * outputs).sum())
    covariance[rank:, rank:] = along_v.T @ (of_residuals[:, None] * along_v) + np.diag(
        of_sum * others**2 + _squared_ulp(next_layers - layers) + _squared_ulp(next_layers)
    )
    if len(layers) > 1:
        of_product = np.concatenate([along_c * outputs, along_v.T @ outputs])
        covariance += (len(layers) - 1) * float(_squared_ulp(np.array([P]))[0]) * np.outer(of_product, of_product)
    return covariance / 12


def _squared_ulp(values: Floats) -> Floats:
    """Square of the distance between neighbouring p-bit numbers, times `2^(2p)`; 0 for 0, which is never rounded."""
    _, exponents = np.frexp(values)
    return np.where(values == 0, 0.0, np.ldexp(1.0, 2 * exponents))


def one_step(spectrum: Spectrum, step_size: float, outputs: Floats, layers: Floats) -> tuple[Floats, Floats, float]:
    """Take a step in float64; give the weights after it and the loss before it."""
    s, per_sample = np.asarray(spectrum.singular_values), step_size / spectrum.n_samples
    P = float(product(list(layers)))
    z = P * outputs - spectrum.label_coefficients
    slope = per_sample * float(z @ outputs)
    moved = [slope if other is None else slope * other for other in products_of_others(list(layers))]
    return outputs - s**2 * (per_sample * P) * z, layers - np.array(moved), float(z @ z) / (2 * spectrum.n_samples)
