"""The map of self-stabilization beside a true run, both in the map's own coordinates.

A run is followed with its displacement `x = e.grad L / S` along the unstable direction of each state and its excess
`y = S - 2/eta`. The reference point is its first state with `eta S > 2`. From there two predictions start:

- `predict`: the map of Appendix D.3 with the constants of the reference point;
- `predict` with a slow path: the excess without oscillation is read off a run of higher precision, as long as that
  does not oscillate itself, in place of growing by `eta alpha` a step.

Both need a displacement to start from. That of the reference point itself, `displacement`, is mostly the lag of the
state behind the moving valley floor and does not oscillate. What does oscillate has been shrunk by every step so far
and cannot be less than rounding leaves: `starting_displacement`.

Limits of the map, seen on the data of Appendix D.1. With a constant `alpha` the sharpness grows linearly where the true
one saturates, so that the drop comes too early, at 400 bits by a fifth. On the slow path the drop is right to about
1%, but `x` at the drop is up to four times too large, and the last rise of the true sharpness is missing: of second
order in `x`, as is the second-order change of `grad S`. The map has no blow-up: where the true run passes `R = 4`
(`theory.formulas.blow_up`) and diverges, it still predicts a drop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, exact_fraction
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.self_stabilization.constants import LocalConstants, UnstableDirection, local_constants, unstable_direction
from theory.errors import ParameterError
from theory.formulas.self_stabilization import self_stabilization_step

_LARGEST = 1e6
_QUIET = 1e-2  # of the amplitude that stops the growth of the sharpness: there the run is still its own slow path


@dataclass(frozen=True, eq=False)
class Oscillation:
    """A run up to its drop in the coordinates of self-stabilization, one entry a step, the start being step 0.

    Attributes:
        arithmetic: of the run.
        step_size: `eta`, exactly.
        sharpness: `S`, shape `(T,)`.
        displacement: `x = e.grad L / S`, shape `(T,)`.
        reference: first step with `eta S > 2`.
        drop: first later step with `eta S < 2`, or None.
        diverged: whether the run left every bound instead.
        constants: at the reference point.
        weight: length of the state's component along `e` at the reference point.
        contraction: `sum log2 |1 - eta S|` over the steps before the reference point.
    """

    arithmetic: Arithmetic
    step_size: Fraction
    sharpness: NDArray[np.float64]
    displacement: NDArray[np.float64]
    reference: int
    drop: int | None
    diverged: bool
    constants: LocalConstants
    weight: float
    contraction: float

    @property
    def threshold(self) -> float:
        """`2/eta`."""
        return float(2 / self.step_size)

    @property
    def excess(self) -> NDArray[np.float64]:
        """`y = S - 2/eta`, shape `(T,)`."""
        return self.sharpness - self.threshold

    @property
    def end(self) -> int:
        """The last step, which is that of the drop where there is one."""
        return len(self.sharpness) - 1

    @property
    def peak_sharpness(self) -> float:
        """Largest sharpness from the reference point to the drop."""
        return float(self.sharpness[self.reference :].max())

    @property
    def amplitude(self) -> float:
        """Largest `|x|` from the reference point to the drop."""
        return float(np.abs(self.displacement[self.reference :]).max())

    @property
    def end_of_slow_path(self) -> int:
        """First step from the reference point on whose `|x|` is a hundredth of `sqrt(2 alpha / beta)`, or the end."""
        alpha, beta = float(self.constants.sharpening), float(self.constants.stabilizing)
        limit = _QUIET * math.sqrt(max(2 * alpha / beta, 0.0)) if beta > 0 else 0.0
        loud = np.flatnonzero(np.abs(self.displacement[self.reference :]) > limit)
        return self.reference + int(loud[0]) if len(loud) else self.end


@dataclass(frozen=True, eq=False)
class Prediction:
    """An orbit of the map from the reference point on, up to the drop.

    Attributes:
        reference: the step that it starts at.
        displacement: `x`, shape `(K,)`.
        excess: `y`, shape `(K,)`.
        drop: first step with `y < 0`, or None.
    """

    reference: int
    displacement: NDArray[np.float64]
    excess: NDArray[np.float64]
    drop: int | None

    @property
    def peak_excess(self) -> float:
        """Largest `y`."""
        return float(self.excess.max())

    @property
    def amplitude(self) -> float:
        """Largest `|x|`."""
        return float(np.abs(self.displacement).max())


def follow(model: ReducedModel, state: State, step_size: object, steps: int) -> Oscillation:
    """Run gradient descent until the sharpness has dropped, recording both coordinates at every step.

    Args:
        model: in floating point of any precision.
        state: where to start, with a sharpness below `2/eta`.
        step_size: `eta`.
        steps: most steps to take.

    Raises:
        ParameterError: the sharpness is not below `2/eta` at the start, or does not pass it within the steps.
    """
    eta = exact_fraction(step_size)
    stepper = GradientDescent(step_size).on(model)
    sharpness: list[float] = []
    displacement: list[float] = []
    reference: tuple[int, LocalConstants, float] | None = None
    drop, contraction, diverged = None, 0.0, False
    for step in range(steps + 1):
        here = unstable_direction(model, state)
        sharpness.append(float(here.sharpness))
        displacement.append(float(here.displacement))
        rate = float(eta) * sharpness[-1]
        if reference is None:
            if rate > 2:
                if step == 0:
                    raise ParameterError("the sharpness passes 2/eta at the start already; give a smaller step size")
                reference = step, local_constants(model, state), _component(model, state, here)
            else:
                contraction += math.log2(abs(1 - rate)) if rate != 1 else -float(model.arithmetic.bits)
        elif rate < 2:
            drop = step
        if drop is not None or step == steps:
            break
        advance = stepper.advance(state, step, 1)
        if advance.escaped:
            diverged = True
            break
        state = advance.state
    if reference is None:
        raise ParameterError(
            f"the sharpness does not pass 2/eta within {steps} steps; give more, or a larger step size"
        )
    at, constants, weight = reference
    return Oscillation(
        model.arithmetic,
        eta,
        np.array(sharpness),
        np.array(displacement),
        at,
        drop,
        diverged,
        constants,
        weight,
        contraction,
    )


def starting_displacement(run: Oscillation) -> float:
    """Give the oscillation left at the reference point: `max(|x_0| prod |1 - eta S|, 2^-bits |e.theta|)`.

    The first is what exact arithmetic leaves of the first state's displacement, the second what rounding puts in. It
    is an estimate of an order of magnitude.
    """
    floor = math.log2(run.weight) - run.arithmetic.bits
    shrunk = math.log2(abs(run.displacement[0])) + run.contraction if run.displacement[0] else -math.inf
    return float(2.0 ** max(shrunk, floor, -1000.0))


def predict(run: Oscillation, displacement: float, steps: int, slow: Oscillation | None = None) -> Prediction:
    """Follow the map from the reference point of a run, until the excess is negative.

    Args:
        run: the run whose constants are used.
        displacement: `x` to start from.
        steps: most steps to follow.
        slow: a run of higher precision, whose excess is what `y` is without oscillation. The prediction ends, without
            a drop, where that run begins to oscillate.

    Raises:
        ParameterError: the slow path has another step size, or does not reach the reference point.
    """
    eta, alpha, beta = float(run.step_size), float(run.constants.sharpening), float(run.constants.stabilizing)
    count = steps
    if slow is not None:
        if slow.step_size != run.step_size or slow.end_of_slow_path <= run.reference:
            raise ParameterError("the slow path must be a longer run with the same step size; give more bits")
        count = min(steps, slow.end_of_slow_path - run.reference)
    x, y, drop = displacement, float(run.excess[run.reference]), None
    orbit = [(x, y)]
    for step in range(count):
        if slow is not None:
            at = run.reference + step
            alpha = float(slow.sharpness[at + 1] - slow.sharpness[at]) / eta
        x, y = self_stabilization_step(x, y, eta, alpha, beta)
        orbit.append((x, y))
        if y < 0:
            drop = run.reference + step + 1
            break
        if not abs(x) < _LARGEST:
            break
    values = np.array(orbit)
    return Prediction(run.reference, values[:, 0], values[:, 1], drop)


def _component(model: ReducedModel, state: State, here: UnstableDirection) -> float:
    """`|e . theta|`, or the smallest normal number where it is zero."""
    a = model.arithmetic
    first, later = here.eigenvector
    entries = zip((*first, *later), (*model.coefficients(state), *state.layers), strict=True)
    return abs(sum(float(e) * a.to_float(weight) for e, weight in entries)) or 2.0**-1022
