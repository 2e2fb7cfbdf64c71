"""The minimizer that gradient flow tends to, from what it conserves."""

from __future__ import annotations

import math

import numpy as np

from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from theory.formulas.imbalanced_minimizer import layer_sizes


def flow_limit(model: ReducedModel, state: State) -> State:
    """Give the global minimizer with the imbalances of a state, in float64.

    Gradient flow keeps every layer's imbalance (Lemma 5.2), and at zero residual the imbalances fix the size of every
    layer. That the flow tends to a global minimizer is Assumption 5.1. The sharpness there does not depend on the signs
    of the layers; they are kept, though a layer of the flow may pass through zero.

    >>> from numerics.arithmetic import Float64
    >>> from theory import Spectrum
    >>> model = ReducedModel.from_spectrum(Spectrum([2.0, 1.0], [2.0, 1.0], n_samples=2), 2, Float64())
    >>> limit = flow_limit(model, model.state([0.5, 0.5], [0.5**0.5]))
    >>> round(float(limit.layers[0] ** 2), 12), abs(model.loss(limit)) < 1e-15
    (1.414213562373, np.True_)
    """
    a = model.arithmetic
    s, d = model.rounded_spectrum
    with np.errstate(over="ignore"):
        difficulty = float(((d / s) ** 2).sum())
    _, squares = layer_sizes(difficulty, [a.to_float(imbalance) for imbalance in model.imbalance(state)])
    layers = tuple(
        a.number(math.copysign(math.sqrt(square), a.to_float(layer)))
        for square, layer in zip(squares, state.layers, strict=True)
    )
    product = math.prod(a.to_float(layer) for layer in layers)
    return State(np.asarray(model.label_coefficients / a.number(product)), layers)
