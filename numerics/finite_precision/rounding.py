"""What the operations of one step round off, in units of `2^-p`.

A result x is off by a number in `[-u/2, u/2]`, `u = 2^(1 + floor log2 |x|) 2^-p`; taken as uniform, and as independent
from operation to operation, its variance is `u^2 / 12`. The operations of a step are those of
`ReducedModel.increments`. An error of `z_i` moves the weights along `(eta/N) grad (f_i P)`: `c_i` and all layers
together; it comes from `P f_i`, from `z_i` itself and, for all modes together, from `P` (D > 2). One of the sum over
`z_i f_i` moves all layers, one of anything else a single weight; but equal layers make the same errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.finite_precision.linearization import Point
from numerics.finite_precision.rounded_sharpness import Floats
from numerics.finite_precision.stretch import draw_errors


@dataclass(frozen=True, eq=False)
class Rounding:
    """Standard deviations of the errors of a step or of many, and what each of them moves.

    Attributes:
        residuals: deviations of the `z_i`, shape `(.., r)`.
        coefficients: deviations of what moves one `c_i` alone, but for its storing, shape `(.., r)`.
        layers: deviations of what moves one `v_j` alone, but for its storing, shape `(.., D - 1)`.
        units: the units in the last place of the stored `(c, v)`, shape `(.., r + D - 1)`.
        total: deviation of the sum over `z_i f_i`, times `eta / N`, shape `(..)`.
        product: deviation of `P`, shape `(..)`.
        along_coefficients: by how much an error of `z_i` moves `c_i`, shape `(.., r)`.
        along_layers: by how much an error of `z_i` moves `v_j`, shape `(.., r, D - 1)`.
        others: the `P / v_j`, shape `(.., D - 1)`.
        along_product: by how much an error of P moves all weights, shape `(.., r + D - 1)`; empty for depth 2, where P
            has none.
        equal_layers: for every layer, the first one that is equal to it, shape `(D - 1,)` or `(.., D - 1)`.
    """

    residuals: Floats
    coefficients: Floats
    layers: Floats
    units: Floats
    total: Floats
    product: Floats
    along_coefficients: Floats
    along_layers: Floats
    others: Floats
    along_product: Floats
    equal_layers: NDArray[np.intp]

    @classmethod
    def at(
        cls,
        point: Point,
        step_size: float,
        after: tuple[Floats, Floats],
        equal_layers: Sequence[int] | NDArray[np.intp],
    ) -> Rounding:
        """Find the errors of a step.

        Args:
            point: the weights before the step.
            step_size: `eta`.
            after: the `f_i`, shape `(.., r)`, and the `v_j`, shape `(.., D - 1)`, after it.
            equal_layers: for every layer, the first one that is equal to it.
        """
        (next_outputs, next_layers), (spectrum, outputs, layers, P, others, scaled, z) = after, point
        s, per_sample = np.asarray(spectrum.singular_values), step_size / int(spectrum.n_samples)
        n_layers = layers.shape[-1]
        pulled = np.square(s) * per_sample * z
        along_coefficients = per_sample * s * P
        along_layers = (per_sample * outputs)[..., :, None] * others[..., None, :]
        rank, end = outputs.shape[-1], outputs.shape[-1] + n_layers
        # The results of all operations, in rows of one length each: a last place at a time takes longer.
        results = [next_outputs, next_layers, scaled, z, z * outputs, pulled, pulled * P, next_layers - layers, P]
        units = last_place(np.concatenate(results, axis=-1))
        variances = np.square(units) / 12
        of_scaled, of_z, of_terms, of_pulled, of_moves = (
            variances[..., end + k * rank : end + (k + 1) * rank] for k in range(5)
        )
        units[..., :rank] /= s
        along_product = np.empty(0)
        if n_layers > 1:
            of_layers = (along_layers * outputs[..., None]).sum(axis=-2)
            along_product = np.concatenate([along_coefficients * outputs, of_layers], axis=-1)
        return cls(
            np.sqrt(of_scaled + of_z),
            np.sqrt(P * P * of_pulled + of_moves) / s,
            np.sqrt(variances[..., -n_layers - 1 : -1]),
            units[..., :end],
            per_sample * np.sqrt(of_terms.sum(axis=-1)),
            np.sqrt((n_layers - 1) * variances[..., -1]),
            along_coefficients,
            along_layers,
            others,
            along_product,
            np.asarray(equal_layers, dtype=np.intp),
        )

    def draw(
        self,
        random: np.random.Generator,
        count: int,
        own: tuple[int, ...] = (),
        storing_variances: Floats | float = 1 / 12,
    ) -> Floats:
        """Draw what rounding adds to the `(c, v)`, shape `(.., r + D - 1, count)`.

        What has a deviation of its own is uniform. Of many, all have the same draws, in units of their deviations, but
        for those first axes that are to have their own, whose lengths `own` gives. The variances of the errors of
        storing are in units in the last place squared, shape `(.., r + D - 1)`.
        """
        rank, depth = self.residuals.shape[-1], self.others.shape[-1] + 1
        errors = draw_errors(random, np.empty((*own, 2 * rank + depth + 1, count), np.float32))
        of_residuals = errors[..., :rank, :] * self.residuals[..., None]
        alone = np.concatenate([self.coefficients, self.layers], axis=-1)
        alone = np.hypot(alone, self.units * np.sqrt(storing_variances))[..., None]
        layer_errors = np.take(errors, 2 * rank + self.equal_layers, axis=-2)
        drawn = np.empty((*of_residuals.shape[:-2], rank + depth - 1, count))
        np.multiply(alone[..., :rank, :], errors[..., rank : 2 * rank, :], out=drawn[..., :rank, :])
        np.multiply(alone[..., rank:, :], layer_errors, out=drawn[..., rank:, :])
        drawn[..., rank:, :] += self.along_layers.swapaxes(-1, -2) @ of_residuals
        of_residuals *= self.along_coefficients[..., None]
        drawn[..., :rank, :] += of_residuals
        of_total, of_product = errors[..., None, -2, :], errors[..., None, -1, :]
        drawn[..., rank:, :] += (self.others * self.total[..., None])[..., None] * of_total
        if depth > 2:
            drawn += (self.along_product * self.product[..., None])[..., None] * of_product
        return drawn

    def before_storing(self) -> Floats:
        """Give the deviations that the errors of the `z_i` alone give to the steps of `(c, v)`, `(.., r + D - 1)`."""
        of_layers = np.sqrt(np.square(self.along_layers * self.residuals[..., None]).sum(axis=-2))
        return np.concatenate([np.abs(self.along_coefficients) * self.residuals, of_layers], axis=-1)


def last_place(values: Floats) -> Floats:
    """Give the distance u between neighbouring p-bit numbers, times `2^p`; 0 for 0, which is never rounded.

    >>> last_place(np.array([1.0, 1.5, 0.75, 0.0])).tolist()
    [2.0, 2.0, 1.0, 0.0]
    """
    return np.where(values == 0, 0.0, np.ldexp(1.0, np.frexp(values)[1]))
