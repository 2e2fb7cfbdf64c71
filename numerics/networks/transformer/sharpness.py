"""The sharpness of a Transformer along a run."""

from __future__ import annotations

import math
from functools import partial

from numerics.model.base import Model, State
from numerics.networks.lanczos import largest_eigenvalues
from numerics.networks.transformer.transformer import Transformer
from numerics.trajectory.observers import Observer
from theory.errors import NotFiniteError, ParameterError


class TransformerSharpness(Observer):
    """`S = lambda_max(Hess L)` of a Transformer at its weights in float64, by Lanczos' iteration to `1e-6 S`.

    A Rayleigh quotient's own error is about the square of that.
    """

    name = "sharpness"

    def observe(self, model: Model, state: State) -> float:
        """Compute the sharpness; infinity where float64 cannot hold it."""
        if not isinstance(model, Transformer):
            raise ParameterError("this observer is for Transformers; use numerics.trajectory.observers.Sharpness")
        size = len(state.first_layer) + len(state.layers)
        try:
            found = largest_eigenvalues(partial(model.hessian_product, state), size, tolerance=1e-6)
        except NotFiniteError:
            return math.inf
        return float(found.values[0])
