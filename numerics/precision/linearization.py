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


def rounding_variances(
    spectrum: Spectrum, step_size: float, outputs: Floats, layers: Floats, next_outputs: Floats, next_layers: Floats
) -> Floats:
    """Give the variance of what rounding adds to each `c_i` and `v_j` in one step, in units of `2^(-2p)`.

    A result x is off by a number in `[-u/2, u/2]`, `u = 2^(1 + floor log2 |x|) 2^-p`; taken as uniform, and as
    independent from operation to operation, its variance is `u^2 / 12`. The operations of a step are those of
    `ReducedModel.increments`: `f_i` is touched by the rounding of `P` (D > 2), `P f_i`, `z_i`, `rate_i z_i`, the
    increment and the stored `f_i`; `v_j` by that of the stored `v_j`, its increments being far smaller than itself.

    Args:
        spectrum: the data, in float64.
        step_size: `eta`.
        outputs: the `f_i` before the step, shape `(r,)`.
        layers: the `v_j` before the step, shape `(D - 1,)`.
        next_outputs: the `f_i` after the step.
        next_layers: the `v_j` after the step.

    Returns:
        Shape `(r + D - 1,)`.
    """
    s = np.asarray(spectrum.singular_values)
    P = float(product(list(layers)))
    rates = s**2 * (step_size / spectrum.n_samples)
    z = P * outputs - spectrum.label_coefficients
    of_product = (len(layers) - 1) * float(_squared_ulp(np.array([P]))[0]) * outputs**2
    of_outputs = (
        (rates * P) ** 2 * (of_product + _squared_ulp(P * outputs) + _squared_ulp(z))
        + P**2 * _squared_ulp(rates * z)
        + _squared_ulp(rates * z * P)
        + _squared_ulp(next_outputs)
    )
    return np.concatenate([of_outputs / s**2, _squared_ulp(next_layers)]) / 12


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
