"""Sharpness of the minimalist model: exactly, at any state and depth, in every arithmetic."""

from __future__ import annotations

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import Number
from numerics.model.base import Model, State
from numerics.sharpness.enclosure import enclosed_sharpness
from numerics.sharpness.equation import SharpnessEquation
from numerics.sharpness.root import top_root
from theory.errors import NotFiniteError

__all__ = ["SharpnessEquation", "sharpness", "top_root"]


def sharpness(model: Model, state: State) -> Number:
    """Give `S = lambda_max(Hess L)`, with its factor 1/N, at one state of the reduced model.

    In floating point to the last few bits; in `Ball` as an enclosure.

    Raises:
        NotFiniteError: float32 or float64 cannot hold it.

    >>> from numerics.arithmetic import Float64
    >>> from numerics.model.reduced import ReducedModel
    >>> from theory import Spectrum
    >>> model = ReducedModel.from_spectrum(Spectrum([2.0], [6.0], n_samples=4), 2, Float64())
    >>> sharpness(model, model.state([1.0], [3.0]))
    np.float64(10.0)
    """
    a = model.arithmetic
    if isinstance(a, Ball):
        return enclosed_sharpness(model, state, a)
    wide = a.wider(64)
    with wide.active():
        equation = model.sharpness_equation(state, wide)
        if not wide.is_finite(equation.ceiling()):
            raise NotFiniteError(f"the sharpness leaves the range of {wide.kind}; use mpfr or mpmath")
        root = top_root(equation) / wide.number(model.n_samples)
    return a.number(root)
