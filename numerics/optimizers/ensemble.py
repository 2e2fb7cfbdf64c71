"""Many runs of gradient descent on one data set, as one vectorized run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Float32, Float64, Mpfr
from numerics.arithmetic.base import LANES, Arithmetic, Vector
from numerics.compiled.lanes import MOST_BITS
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import check_step_size
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.trajectory.observers import Imbalance, Loss, Sharpness
from theory.errors import ParameterError, ShapeError


@dataclass(frozen=True, eq=False)
class EnsembleTrajectory:
    """What many runs recorded; where a run had diverged the entry is NaN.

    Attributes:
        steps: at which steps something was recorded, shape `(K,)`.
        loss, sharpness: shape `(K, R)`.
        imbalance: shape `(K, R, D - 1)`.
        diverged_at: the step at which each run diverged, -1 for none, shape `(R,)`.
        final_states: the weights after the last step; None for a run that diverged.
    """

    steps: NDArray[np.int64]
    loss: NDArray[np.float64]
    sharpness: NDArray[np.float64]
    imbalance: NDArray[np.float64]
    diverged_at: NDArray[np.int64]
    final_states: tuple[State | None, ...]


def train_ensemble(
    model: ReducedModel,
    step_sizes: Sequence[object] | NDArray[Any],
    states: Sequence[State],
    *,
    steps: int,
    record_every: int,
    fast: bool = True,
) -> EnsembleTrajectory:
    """Run gradient descent from every state with its own step size.

    Run k has the bits that `GradientDescent(step_sizes[k])` alone gives it.

    Args:
        model: the data set, depth and arithmetic that the runs share.
        step_sizes: R positive numbers.
        states: R initializations.
        steps: how many steps every run takes.
        record_every: record at the steps 0, k, 2k, ... and at the last one.
        fast: whether the compiled loop may be used.

    >>> from theory import Spectrum
    >>> model = ReducedModel.from_spectrum(Spectrum([2.0], [1.0], n_samples=1), 2, Float64())
    >>> runs = train_ensemble(model, [0.1, 9.0], [model.state([0.5], [0.5])] * 2, steps=60, record_every=60)
    >>> runs.diverged_at.tolist(), bool(runs.loss[-1, 0] < 1e-9)
    ([-1, 4], True)

    Raises:
        ShapeError: not one state for each step size.
        ParameterError: a step size that is not positive, or a step limit or recording interval below 1.
    """
    if len(step_sizes) != len(states) or not len(states):
        raise ShapeError(f"{len(step_sizes)} step sizes for {len(states)} states; give one for each, at least one")
    if steps < 1 or record_every < 1:
        raise ParameterError(f"{steps} steps recorded every {record_every}: give two whole numbers of at least 1")
    for step_size in step_sizes:
        check_step_size(step_size)
    runs = _runs(model, step_sizes, states, fast)
    at = sorted({*range(0, steps + 1, record_every), steps})
    records = []
    for before, now in zip([0, *at], at, strict=False):
        runs.advance(before, now - before)
        records.append(_record(model, runs.states(), runs.diverged_at))
    loss, sharpness, imbalance = (np.array(part) for part in zip(*records, strict=True))
    final = tuple(
        state if escaped < 0 else None for state, escaped in zip(runs.states(), runs.diverged_at, strict=True)
    )
    return EnsembleTrajectory(np.array(at), loss, sharpness, imbalance, runs.diverged_at.copy(), final)


def _record(model: ReducedModel, states: list[State], diverged_at: NDArray[np.int64]) -> tuple[Any, Any, Any]:
    nothing = [np.nan] * (model.depth - 1)
    alive = [escaped < 0 for escaped in diverged_at]
    loss = [Loss().observe(model, state) if on else np.nan for state, on in zip(states, alive, strict=True)]
    top = [Sharpness().observe(model, state) if on else np.nan for state, on in zip(states, alive, strict=True)]
    spread = [Imbalance().observe(model, state) if on else nothing for state, on in zip(states, alive, strict=True)]
    return loss, top, spread


class _OneByOne:
    """The reference: each run by itself."""

    def __init__(self, model: ReducedModel, step_sizes: Any, states: Sequence[State]) -> None:
        self.steppers = [GradientDescent(eta).on(model, fast=False) for eta in step_sizes]
        self.now = list(states)
        self.diverged_at = np.full(len(states), -1, dtype=np.int64)

    def advance(self, first: int, count: int) -> None:
        for k, stepper in enumerate(self.steppers):
            if count and self.diverged_at[k] < 0:
                advance = stepper.advance(self.now[k], first, count)
                self.now[k] = advance.state
                if advance.escaped:
                    self.diverged_at[k] = first + advance.steps

    def states(self) -> list[State]:
        return self.now


def compiled_runs(model: ReducedModel, step_sizes: Any, states: Sequence[State]) -> CompiledRuns:
    """Give the runs of the compiled loop themselves, to be advanced without records."""
    return CompiledRuns(model, step_sizes, states)


def _runs(model: ReducedModel, step_sizes: Any, states: Sequence[State], fast: bool) -> _OneByOne | CompiledRuns:
    if fast and isinstance(model.arithmetic, (Float32, Float64, Mpfr)) and model.arithmetic.bits <= MOST_BITS:
        try:
            return CompiledRuns(model, step_sizes, states)
        except ImportError:
            pass
    return _OneByOne(model, step_sizes, states)


class CompiledRuns:
    """Sixteen runs side by side, group after group."""

    def __init__(self, model: ReducedModel, step_sizes: Any, states: Sequence[State]) -> None:
        from numerics.compiled.lanes.program import format_of
        from numerics.compiled.lanes_ensemble import MODE_NUMBERS, ensemble_descent, scratch_numbers

        a, self.model, self.count = model.arithmetic, model, len(states)
        self.format = of = format_of(a, LANES)
        self.descend = ensemble_descent(of, model.depth - 1, min(model.rank, LANES + 1))
        self.groups = -(-len(states) // LANES)
        with a.active():
            rates = [model.rates(a.number(eta), model.n_samples) for eta in step_sizes]
        unit, rank, n_layers = of.unit, model.rank, model.depth - 1
        outputs = _table(a, [state.first_layer for state in states])
        speeds = _table(a, [rate.modes for rate in rates])
        weights = _table(a, [np.array(state.layers, dtype=a.dtype) for state in states])
        self.modes = of.empty(self.groups * rank * MODE_NUMBERS).reshape(
            self.groups, rank, MODE_NUMBERS, of.words, LANES
        )
        self.layers = of.empty(self.groups * n_layers).reshape(self.groups, n_layers, of.words, LANES)
        self.modes[:, :, 1] = of.pack(a, model.label_coefficients, unit, everywhere=True)[None]
        for i in range(rank):
            self.modes[:, i, 0] = of.pack(a, outputs[:, i], unit)
            self.modes[:, i, 2] = of.pack(a, speeds[:, i])
        for j in range(n_layers):
            self.layers[:, j] = of.pack(a, weights[:, j])
        self.rate = of.pack(a, _table(a, [np.array([rate.layers], dtype=a.dtype) for rate in rates])[:, 0], -2 * unit)
        self.scratch = of.empty(scratch_numbers(n_layers))
        self.escapes = _whole_numbers(self.groups)

    def advance(self, first: int, count: int) -> None:
        """Take steps in every group."""
        for g in range(self.groups):
            parts = (self.modes[g], self.layers[g], self.rate[g], self.scratch, self.escapes[g])
            self.descend(*(part.ctypes.data for part in parts), self.model.rank, first, count)

    @property
    def diverged_at(self) -> NDArray[np.int64]:
        """Give the step at which each run diverged, -1 for none."""
        return self.escapes.ravel()[: self.count]

    def states(self) -> list[State]:
        """Read every run's weights; of a run that diverged they mean nothing."""
        a, of, unit = self.model.arithmetic, self.format, self.format.unit
        safe = np.where(self.escapes[:, None, None, :] < 0, self.modes[:, :, 0], of.empty(1)[0])
        columns = [of.unpack(a, safe[:, i], self.count, -unit) for i in range(self.model.rank)]
        kept = np.where(self.escapes[:, None, None, :] < 0, self.layers, of.empty(1)[0])
        layers = [of.unpack(a, kept[:, j], self.count) for j in range(self.model.depth - 1)]
        outputs = _table(a, [_column(a, column) for column in columns]).T
        return [
            State(np.ascontiguousarray(row), weights)
            for row, weights in zip(outputs, zip(*layers, strict=True), strict=True)
        ]


def _table(a: Arithmetic, rows: Sequence[Vector]) -> Vector:
    out: Vector = np.empty((len(rows), len(rows[0])), dtype=a.dtype)
    for k, row in enumerate(rows):
        out[k] = row
    return out


def _column(a: Arithmetic, values: list[Any]) -> Vector:
    out: Vector = np.empty(len(values), dtype=a.dtype)
    out[:] = values
    return out


def _whole_numbers(groups: int) -> NDArray[np.int64]:
    raw = np.zeros(groups * LANES + 16, dtype=np.int64)
    start = (-raw.ctypes.data % 128) // 8
    numbers = raw[start : start + groups * LANES].reshape(groups, LANES)
    numbers[:] = -1
    return numbers
