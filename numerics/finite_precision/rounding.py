"""What the operations of one step round off, in units of `2^-p`.

A result x is off by a number in `[-u/2, u/2]`, `u = 2^(1 + floor log2 |x|) 2^-p`; taken as uniform, and as independent
from operation to operation, its variance is `u^2 / 12`. The operations of a step are those of
`ReducedModel.increments`. An error of `z_i` moves the weights along `(eta/N) grad (f_i P)`: `c_i` and all layers
together; it comes from `P f_i`, from `z_i` itself and, for all modes together, from `P` (D > 2). One of the sum over
`z_i f_i` moves all layers, one of anything else a single weight; but equal layers make the same errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from numerics.finite_precision.rounded_sharpness import Floats
from numerics.model.products import product, products_of_others
from theory import Spectrum


@dataclass(frozen=True, eq=False)
class Rounding:
    """Standard deviations of the errors of a step, and what each of them moves.

    Attributes:
        residuals: deviations of the `z_i`, shape `(r,)`.
        coefficients: deviations of what moves one `c_i` alone, but for its storing, shape `(r,)`.
        layers: deviations of what moves one `v_j` alone, but for its storing, shape `(D - 1,)`.
        units: the units in the last place of the stored `(c, v)`, shape `(r + D - 1,)`.
        storing_variances: of the errors of storing, in those units squared, shape `(r + D - 1,)`.
        total: deviation of the sum over `z_i f_i`, times `eta / N`.
        product: deviation of `P`.
        along_coefficients: by how much an error of `z_i` moves `c_i`, shape `(r,)`.
        along_layers: by how much an error of `z_i` moves `v_j`, shape `(r, D - 1)`.
        others: the `P / v_j`, shape `(D - 1,)`.
        along_product: by how much an error of P moves all weights, shape `(r + D - 1,)`.
        equal_layers: for every layer, the first one that is equal to it.
    """

    residuals: Floats
    coefficients: Floats
    layers: Floats
    units: Floats
    storing_variances: Floats
    total: float
    product: float
    along_coefficients: Floats
    along_layers: Floats
    others: Floats
    along_product: Floats
    equal_layers: Sequence[int]

    @classmethod
    def at(
        cls,
        spectrum: Spectrum,
        step_size: float,
        before: tuple[Floats, Floats],
        after: tuple[Floats, Floats],
        equal_layers: Sequence[int],
    ) -> Rounding:
        """Find the errors of a step.

        Args:
            spectrum: the data, in float64.
            step_size: `eta`.
            before: the `f_i`, shape `(r,)`, and the `v_j`, shape `(D - 1,)`, before the step.
            after: the same after it.
            equal_layers: for every layer, the first one that is equal to it.
        """
        (outputs, layers), (next_outputs, next_layers) = before, after
        s, per_sample = np.asarray(spectrum.singular_values), step_size / spectrum.n_samples
        P = float(product(list(layers)))
        others = np.array([1.0 if p is None else p for p in products_of_others(list(layers))])
        rates = s**2 * per_sample
        scaled = P * outputs
        z = scaled - spectrum.label_coefficients
        pulled = rates * z
        along_coefficients, along_layers = per_sample * s * P, per_sample * np.outer(outputs, others)
        rank, end = len(s), len(s) + len(layers)
        # The results of all operations, in rows of one length each: a last place at a time takes longer.
        units = last_place(np.concatenate([next_outputs, next_layers, scaled, z, z * outputs, pulled, pulled * P, [P]]))
        variances = units**2
        of_scaled, of_z, of_terms, of_pulled, of_moves = variances[end:-1].reshape(5, rank)
        units[:rank] /= s
        return cls(
            np.sqrt((of_scaled + of_z) / 12),
            np.sqrt(P * P * (of_pulled / 12) + of_moves / 12) / s,
            np.sqrt(last_place(next_layers - layers) ** 2 / 12),
            units[:end],
            np.full(end, 1 / 12),
            per_sample * float(np.sqrt((of_terms / 12).sum())),
            float(np.sqrt((len(layers) - 1) * (variances[-1] / 12))),
            along_coefficients,
            along_layers,
            others,
            np.concatenate([along_coefficients * outputs, along_layers.T @ outputs]),
            equal_layers,
        )

    def storing(self, variances: Floats) -> Rounding:
        """Give the same with other variances of the errors of storing, in units in the last place squared."""
        return replace(self, storing_variances=variances)

    def draw(self, random: np.random.Generator, count: int) -> Floats:
        """Draw what rounding adds to the `(c, v)`, shape `(r + D - 1, count)`; sums of errors are taken as Gaussian."""
        rank, depth = len(self.residuals), len(self.layers) + 1
        errors = random.standard_normal((2 * rank + depth + 1, count))
        of_residuals = errors[:rank] * self.residuals[:, None]
        stored = self.units * np.sqrt(self.storing_variances)
        coefficients, layers = np.hypot(self.coefficients, stored[:rank]), np.hypot(self.layers, stored[rank:])
        own = errors[2 * rank :][list(self.equal_layers)] * layers[:, None]
        drawn = np.concatenate(
            [
                self.along_coefficients[:, None] * of_residuals + coefficients[:, None] * errors[rank : 2 * rank],
                self.along_layers.T @ of_residuals + own + np.outer(self.others, self.total * errors[-2]),
            ]
        )
        return drawn if depth == 2 else drawn + np.outer(self.along_product, self.product * errors[-1])

    def before_storing(self) -> Floats:
        """Give the deviations that the errors of the `z_i` alone give to the steps of `(c, v)`, `(r + D - 1,)`."""
        of_layers = np.sqrt(np.square(self.along_layers * self.residuals[:, None]).sum(axis=0))
        return np.concatenate([np.abs(self.along_coefficients) * self.residuals, of_layers])


def last_place(values: Floats) -> Floats:
    """Give the distance u between neighbouring p-bit numbers, times `2^p`; 0 for 0, which is never rounded.

    >>> last_place(np.array([1.0, 1.5, 0.75, 0.0])).tolist()
    [2.0, 2.0, 1.0, 0.0]
    """
    return np.where(values == 0, 0.0, np.ldexp(1.0, np.frexp(values)[1]))
