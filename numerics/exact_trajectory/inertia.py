"""On which side of a level the sharpness lies: by Sylvester's law of inertia, without finding an eigenvalue.

The sharpness is below `lambda / N` exactly if `lambda I - N Hess L` is positive definite, that is if every pivot of
its elimination is positive; a negative pivot puts it above. In `(c, v)` coordinates the block of the `c_i` is
diagonal, so their pivots are `lambda - (P s_i)^2`, and what is left is the small matrix

    lambda I - phi p p^T - G M,    phi = sum f_i^2 + sum beta_i^2 / (lambda - (P s_i)^2),

in the letters of `numerics.model.sharpness_equation`.
"""

from __future__ import annotations

from numerics.arithmetic.base import Number
from numerics.model.base import State
from numerics.model.products import product, products_of_others
from numerics.model.reduced import ReducedModel


def sharpness_exceeds(model: ReducedModel, state: State, scaled_level: Number) -> bool | None:
    """Tell whether N times the sharpness is surely above a level (True), surely below (False), or neither (None).

    Call it inside `arithmetic.active()`.

    Args:
        model: the reduced model in balls.
        state: the weights.
        scaled_level: `lambda`, N times the level.

    Examples:
        >>> from numerics.arithmetic.ball import Ball
        >>> from theory import Spectrum
        >>> model = ReducedModel.from_spectrum(Spectrum([2.0], [6.0], n_samples=4), 2, Ball(80))
        >>> [sharpness_exceeds(model, model.state([1.0], [3.0]), Ball(80).number(level)) for level in (39, 40, 41)]
        [True, None, False]
    """
    s, d, f, P = model.singular_values, model.label_coefficients, state.first_layer, product(state.layers)
    roots = P * s
    pivots = list(scaled_level - roots * roots)
    if any(pivot < 0 for pivot in pivots):
        return True
    if not all(pivot > 0 for pivot in pivots):
        return None
    scaled = P * f
    z = scaled - d
    beta = s * (z + scaled)
    phi = (f * f).sum() + sum((b * b / pivot for b, pivot in zip(beta, pivots, strict=True)), start=P * 0)
    return has_negative_pivot(_layer_block(state.layers, scaled_level, phi, (f * z).sum()))


def _layer_block(layers: tuple[Number, ...], level: Number, phi: Number, coupling: Number) -> list[list[Number]]:
    """Give `lambda I - phi p p^T - G M` over the later layers."""
    others = [1 if rest is None else rest for rest in products_of_others(layers)]
    block = [[-phi * p * q for q in others] for p in others]
    for j in range(len(layers)):
        block[j][j] = level + block[j][j]
        for k in range(j):
            rest = [v for place, v in enumerate(layers) if place not in (j, k)]
            block[j][k] = block[k][j] = block[j][k] - (coupling * product(rest) if rest else coupling)
    return block


def has_negative_pivot(matrix: list[list[Number]]) -> bool | None:
    """Eliminate in a symmetric matrix; None where a pivot's sign is open."""
    while matrix:
        (pivot, *row), *rest = matrix
        if pivot < 0:
            return True
        if not pivot > 0:
            return None
        matrix = [
            [entry - first * other / pivot for entry, other in zip(line, row, strict=True)] for first, *line in rest
        ]
    return False
