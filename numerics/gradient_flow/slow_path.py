"""When gradient descent passes the edge, and how long it has still to go: read off the flow, not off a run."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Vector
from numerics.gradient_flow.implicit_step import flow_step
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.sharpness import sharpness
from theory.errors import NotFiniteError

TRANSIENT = 200
"""So many steps are taken as they are: among the fast modes gradient descent is not close to its flow."""
DEEPEST = 50
"""Layers: a step of the flow solves a system of twice as many unknowns."""
_MOST_STEPS, _HALVINGS = 2000, 50
_MOST_POINTS, _APART = 20_000, 0.02  # of a path, and the largest change of the sharpness from one point to the next


def crossing_step(model: ReducedModel, state: State, step_size: Fraction) -> int | None:
    """Predict at which step of gradient descent the sharpness first passes `2/eta`; None if it never does.

    The first steps are gradient descent's own; from there on the flow's time is divided by the step size. Once the
    fast modes are at rest, a step differs from the flow only by `eta` times the rate of a slow mode.

    Args:
        model: the model, in float64.
        state: the initialization.
        step_size: `eta`.

    >>> from numerics.arithmetic import Float64
    >>> from theory import Spectrum
    >>> model = ReducedModel.from_spectrum(Spectrum([2.0, 0.1], [2.0, 1.0], n_samples=2), 2, Float64())
    >>> crossing_step(model, model.state([0.5, 0.0], [0.5]), Fraction(1, 20)) is None
    True
    """
    edge = float(2 / step_size)
    a = model.arithmetic
    with a.active(), np.errstate(over="ignore", invalid="ignore"):
        for step, at in enumerate(_first_steps(model, state, step_size)):
            if _sharpness(model, at) > edge:
                return step
    time = flow_time(model, at, lambda later: _sharpness(model, later) > edge)
    return None if time is None else TRANSIENT + math.ceil(time / float(step_size))


def _first_steps(model: ReducedModel, state: State, step_size: Fraction) -> Iterator[State]:
    """Give the weights before and after each of the steps that are gradient descent's own."""
    rates = model.rates(model.arithmetic.number(step_size), model.n_samples)
    yield state
    for _ in range(TRANSIENT):
        state = state.minus(model.increments(state, rates))
        yield state


@dataclass(frozen=True, eq=False)
class SlowPath:
    """The course that gradient descent would keep if its fast modes never came back.

    Attributes:
        steps: at which it is known, whole or not, shape `(K,)`.
        sharpness: there, shape `(K,)`.
        states: the weights there.
    """

    steps: NDArray[np.float64]
    sharpness: NDArray[np.float64]
    states: Sequence[State]


def sharpness_along(model: ReducedModel, state: State, step_size: Fraction, last: int) -> SlowPath:
    """Follow the first steps of gradient descent and then gradient flow, close enough to interpolate the sharpness.

    Args:
        model: the model, in float64.
        state: the initialization.
        step_size: `eta`.
        last: a step beyond which nothing is asked for; the path ends before where the flow comes to rest.

    >>> from numerics.arithmetic import Float64
    >>> from theory import Spectrum
    >>> model = ReducedModel.from_spectrum(Spectrum([2.0, 0.1], [2.0, 1.0], n_samples=2), 2, Float64())
    >>> path = sharpness_along(model, model.state([0.5, 0.0], [0.5]), Fraction(1, 20), 1000)
    >>> bool(np.all(np.diff(path.steps) > 0)), len(path.steps) == len(path.sharpness) == len(path.states)
    (True, True)
    """
    a = model.arithmetic
    with a.active(), np.errstate(over="ignore", invalid="ignore"):
        states = list(islice(_first_steps(model, state, step_size), last + 1))
        steps, tops = [float(step) for step in range(len(states))], [_sharpness(model, at) for at in states]
        state, length = states[-1], a.number(step_size)
        while steps[-1] < last and len(steps) < _MOST_POINTS:
            taken = flow_step(model, state, length)
            top = _sharpness(model, taken.state)
            if not taken.length > 0 or taken.at_rest:
                break
            if abs(top - tops[-1]) > _APART * tops[-1]:
                length = taken.length / 2
                continue
            state, length = taken.state, taken.next_length
            steps.append(steps[-1] + float(taken.length) / float(step_size))
            tops.append(top)
            states.append(state)
    return SlowPath(np.array(steps), np.array(tops), states)


def time_to_the_limit(model: ReducedModel, state: State, limit: State, share: float) -> float | None:
    """Give the flow's time until the weights are within a share of the limit's norm; None if they never are."""
    allowed = share * distance(model, limit)
    return flow_time(model, state, lambda at: distance(model, at, limit) <= allowed)


def distance(model: ReducedModel, state: State, other: State | None = None) -> float:
    """Give the norm of `(c, v)`, or that of a difference of two up to signs.

    Two layers that both turn their sign change nothing, nor does one that turns with the `c_i`: a layer may have passed
    through zero on the way. So the layers are taken in magnitude, and the `c_i` with the sign of `P`.
    """
    f, v = _unsigned(state)
    if other is not None:
        to_f, to_v = _unsigned(other)
        f, v = f - to_f, v - to_v
    return float(np.sqrt(((f / model.singular_values) ** 2).sum() + (v**2).sum()))


def _unsigned(state: State) -> tuple[Vector, Vector]:
    v = np.asarray(state.layers)
    return state.first_layer * np.sign(np.sign(v).prod() or 1.0), np.abs(v)


def flow_time(model: ReducedModel, state: State, reached: Callable[[State], bool]) -> float | None:
    """Follow gradient flow until something is reached; give the time, or None if it comes to rest before.

    Models of more than `DEEPEST` layers are not followed: None.
    """
    a = model.arithmetic
    if model.depth > DEEPEST:
        return None
    with a.active(), np.errstate(over="ignore", invalid="ignore"):
        if reached(state):
            return 0.0
        top = sharpness(model, state)
        if not top > 0:
            return None
        time, length = 0.0, a.number(0.1) / top
        for _ in range(_MOST_STEPS):
            step = flow_step(model, state, length)
            if not step.length > 0 or step.at_rest:
                return None
            if reached(step.state):
                low, high = a.number(0), step.length
                for _ in range(_HALVINGS):
                    middle = (low + high) / 2
                    low, high = (low, middle) if reached(flow_step(model, state, middle).state) else (middle, high)
                return time + float(high)
            time, state, length = time + float(step.length), step.state, step.next_length
    return None


def _sharpness(model: ReducedModel, state: State) -> float:
    try:
        return float(sharpness(model, state))
    except NotFiniteError:
        return math.inf
