"""Data in units in which the squares of squares that the sharpness is made of stay in the range of floating point."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from numerics.arithmetic.base import Vector
from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.model.base import Model, State
from numerics.model.reduced import ReducedModel

_USUAL = 28
"""Singular values up to this power of two, and down to its inverse, stay as they are: float32 holds their products."""


def unit_exponent(model: Model) -> int:
    """Give a power of two near the largest singular value where float32 or float64 need such a unit, else 0.

    >>> from numerics.arithmetic import Float64
    >>> from theory import Spectrum
    >>> unit_exponent(ReducedModel.from_spectrum(Spectrum([2.0**-90], [2.0**-90], n_samples=1), 2, Float64()))
    -89
    """
    if not isinstance(model, ReducedModel) or not isinstance(model.arithmetic, NumpyFloat):
        return 0
    return exponent_of(model.arithmetic.to_float(model.singular_values[0]))


def exponent_of(largest: float) -> int:
    """Give a power of two near the largest singular value, or 0 where it is a usual one."""
    exponent = int(np.frexp(largest)[1])
    return exponent if abs(exponent) > _USUAL else 0


def in_units(model: Model, state: State, exponent: int) -> tuple[Model, State]:
    """Divide data and outputs by a power of two, which divides the sharpness by its square."""
    assert isinstance(model, ReducedModel)
    smaller: ReducedModel = replace(
        model,
        singular_values=_divided(model.singular_values, exponent),
        label_coefficients=_divided(model.label_coefficients, exponent),
    )
    return smaller, State(_divided(state.first_layer, exponent), state.layers)


def _divided(values: Vector, exponent: int) -> Vector:
    return np.asarray(np.ldexp(values, -exponent))
