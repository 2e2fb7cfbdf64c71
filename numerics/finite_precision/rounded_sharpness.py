"""What a study records of the weights: the weights rounded to float64, and their sharpness."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Float64
from numerics.model.base import Model, State
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness
from numerics.sharpness.many_states import sharpness_exceeds, sharpness_of_states
from numerics.trajectory.observers import Observer
from theory.errors import NotFiniteError

Floats = NDArray[np.float64]

_MOST_KEPT = 1_000_000  # numbers
_UNDECIDED = 2.0**-30  # far above the relative error of a sharpness in float64


class RoundedWeights(Observer):
    """The weights `f_1 .. f_r, v_1 .. v_(D-1)` rounded to float64."""

    name = "weights"

    def observe(self, model: Model, state: State) -> list[float]:
        """Round them."""
        return [model.arithmetic.to_float(value) for value in (*state.first_layer, *state.layers)]


class RoundedSharpness(Observer):
    """The sharpness of the rounded weights, or of the weights themselves where that alone can tell it from `2/eta`."""

    name = "sharpness"

    def __init__(self, step_size: Fraction) -> None:
        self.edge = float(2 / step_size)

    def observe(self, model: Model, state: State) -> float:
        """Compute it."""
        assert isinstance(model, ReducedModel)
        to_float = model.arithmetic.to_float
        outputs = np.array([[to_float(value) for value in state.first_layer]])
        layers = np.array([[to_float(value) for value in state.layers]])
        return float(self.of_all(model, outputs, layers, lambda place: state)[0])

    def of_all(
        self, model: ReducedModel, outputs: Floats, layers: Floats, state: Callable[[int], State], first: int = 0
    ) -> Floats:
        """Compute it for many states, shape `(K,)`.

        Args:
            model: the model in its own arithmetic.
            outputs: the `f_i` rounded to float64, shape `(K, r)`.
            layers: the `v_j` rounded to float64, shape `(K, D - 1)`.
            state: gives the weights themselves of one of the K.
            first: the step of the first state.
        """
        found = _beyond_what_was_seen(model, outputs, layers, first)
        for place in np.flatnonzero(np.abs(found - self.edge) <= _UNDECIDED * self.edge):
            found[place] = model.arithmetic.to_float(sharpness(model, state(int(place))))
        return found


class _Seen(NamedTuple):
    """Some data (the s, the d, N), weights step by step, and their sharpness."""

    data: Floats
    weights: Floats
    sharpness: Floats


_last_seen: list[_Seen] = []


def _beyond_what_was_seen(model: ReducedModel, outputs: Floats, layers: Floats, first: int) -> Floats:
    """Give the same as `sharpnesses`, looking only beyond what the run before has visited too.

    Runs of one problem at many bits visit the same rounded weights for long.
    """
    data = np.concatenate([*model.rounded_spectrum, [model.n_samples]])
    weights = np.concatenate([outputs, layers], axis=1)
    seen = _Seen(data, np.empty((0, weights.shape[1])), np.empty(0))
    if _last_seen and np.array_equal(_last_seen[0].data, data) and _last_seen[0].weights.shape[1] == weights.shape[1]:
        seen = _last_seen[0]
    before, after = slice(first, first + len(weights)), slice(first + len(weights), None)
    alike = (seen.weights[before] == weights[: len(seen.weights[before])]).all(axis=1)
    known = seen.sharpness[before][: len(alike) if alike.all() else int(alike.argmin())]
    if len(known) == len(weights):
        return known.copy()
    found = np.concatenate([known, sharpnesses(model, outputs[len(known) :], layers[len(known) :])])
    if first <= len(seen.weights) and seen.weights[:first].size + weights.size <= _MOST_KEPT:
        steps = [seen.weights[:first], weights, seen.weights[after]]
        sharpness = [seen.sharpness[:first], found, seen.sharpness[after]]
        _last_seen[:] = [_Seen(data, np.concatenate(steps), np.concatenate(sharpness))]
    return found


def sharpnesses(model: ReducedModel, outputs: Floats, layers: Floats) -> Floats:
    """Give the sharpness of many states in float64; infinity where float64 cannot hold it.

    Args:
        model: the data; singular values and label coefficients are rounded to float64.
        outputs: the `f_i`, shape `(K, r)`.
        layers: shape `(K, D - 1)`.
    """
    s, d = model.rounded_spectrum
    if len(outputs) == 1:
        return np.array([_sharpness(model, outputs[0], layers[0])])
    found = sharpness_of_states(s, d, outputs, layers, model.n_samples)
    return np.where(np.isfinite(found), found, np.inf)


def are_above(model: ReducedModel, outputs: Floats, layers: Floats, edge: float) -> NDArray[np.bool_]:
    """Tell of many states whether the sharpness is above `2/eta`, as it is where float64 cannot hold it."""
    return sharpness_exceeds(*model.rounded_spectrum, outputs, layers, model.n_samples, edge)


def sharpnesses_of_runs(models: Sequence[ReducedModel], weights: Sequence[Floats]) -> list[Floats]:
    """Give the sharpness along runs whose data are rounded differently.

    Args:
        models: one for each run.
        weights: the `(f, v)` of each, shape `(K, r + D - 1)`; K may differ.
    """
    counts, rank = [len(run) for run in weights], models[0].rank
    s, d = (np.repeat(part, counts, axis=0) for part in zip(*(m.rounded_spectrum for m in models), strict=True))
    every = np.concatenate(weights)
    found = sharpness_of_states(s, d, every[:, :rank], every[:, rank:], models[0].n_samples)
    return np.split(np.where(np.isfinite(found), found, np.inf), np.cumsum(counts)[:-1])


def _sharpness(model: ReducedModel, outputs: Floats, layers: Floats) -> float:
    """Do the same for one state, by the reference, which is quicker then."""
    s, d = model.rounded_spectrum
    try:
        return float(
            sharpness(ReducedModel(Float64(), model.depth, model.n_samples, s, d), State(outputs, tuple(layers)))
        )
    except NotFiniteError:
        return math.inf
