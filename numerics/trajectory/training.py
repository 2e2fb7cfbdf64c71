"""The training loop: steps in stretches, records between them, checkpoints in between."""

from __future__ import annotations

import dataclasses
import hashlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from numerics.arithmetic.base import Number, Vector
from numerics.model.base import Model, State
from numerics.optimizers.base import ESCAPE_BITS, Optimizer
from numerics.trajectory.kept_numbers import keep_numbers, with_kept_numbers
from numerics.trajectory.observers import Observer, standard_observers
from numerics.trajectory.recorded_stretch import Stretch, StretchRecorder
from numerics.trajectory.result import Outcome, Trajectory
from numerics.work.checkpoint import Checkpoint
from numerics.work.interrupt import interruptible
from numerics.work.source_version import PROJECT, source_version
from numerics.work.versions import versions
from theory.errors import ParameterError

_STRETCH_SECONDS = 0.2  # how long Ctrl-C may wait for a compiled loop to return
_SAVING = 0.02  # at most so much of the time goes into checkpoints


@dataclass
class _Position:
    """Where the run stands; every change makes a whole new one or appends to all series alike."""

    step: int
    state: State
    memory: tuple[Number, ...] = ()
    steps: list[int] = field(default_factory=list)
    series: dict[str, list[Any]] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    """What was recorded after that, many steps at a time."""

    def settle(self) -> None:
        """Append the stretches to the series."""
        for stretch in self.stretches:
            self.steps.extend(range(self.steps[-1] + 1, self.steps[-1] + 1 + stretch.recorded))
            for name, values in stretch.series.items():
                self.series[name].extend(values.tolist())
        self.stretches.clear()


def train(
    model: Model,
    optimizer: Optimizer,
    state: State,
    *,
    steps: int,
    record_every: int = 1,
    observers: Sequence[Observer] | None = None,
    tolerance: float = 0.0,
    divergence_loss: float = math.inf,
    fast: bool = True,
    recorder: StretchRecorder | None = None,
    data: str | None = None,
    folder: Path | None = None,
    resume: bool = False,
    checkpoint_seconds: float = 1.0,
    settings: Mapping[str, Any] | None = None,
    progress: Callable[[int, Mapping[str, Any]], None] | None = None,
) -> Trajectory:
    """Train until convergence, divergence or the step limit, and record observers every so many steps.

    Step numbers, records and weights depend on the configuration alone: not on how often the run was stopped and
    resumed, nor on the machine's speed.

    Args:
        model: the model, which carries the arithmetic.
        optimizer: the rule for a step.
        state: the initialization.
        steps: the step limit.
        record_every: record at the steps 0, k, 2k, ... and at the last one.
        observers: what to record; by default loss, sharpness, imbalance and balancedness.
        tolerance: the run has converged once a recorded loss is at most this; 0 to never ask.
        divergence_loss: the run has diverged once a recorded loss is above this, or a layer beyond 2^100.
        fast: whether compiled loops may be used; the results are the same bits.
        recorder: takes the steps and records all of them, instead of optimizer and observers, which it must agree
            with; for runs that record every step and have no tolerance.
        data: a digest of the data that model and state were made from by float64's linear algebra. With it the run is
            that of these data, whose folder keeps the model's numbers too; without, that of the numbers.
        folder: where to keep checkpoints; None for none.
        resume: whether to go on from the folder's checkpoint, if it holds one.
        checkpoint_seconds: how long to run from one checkpoint to the next; longer where saving takes more than one
            part in 50 of that time; 0 to save after every stretch.
        settings: what else determined the run (data, seed, ...); kept in the trajectory and compared on resuming.
        progress: called with the step and the latest record after every stretch.

    Raises:
        ParameterError: a step limit or recording interval below 1, a tolerance that is negative, or a loss of
            divergence that is not positive.
        CheckpointError: the folder's checkpoint is damaged, of another run or made by other code.
        OSError: the folder cannot be written; an earlier checkpoint is still there.
    """
    if not all(isinstance(count, int) and count >= 1 for count in (steps, record_every)):
        raise ParameterError(f"{steps} steps recorded every {record_every}: give two whole numbers of at least 1")
    if not tolerance >= 0:
        raise ParameterError(f"the tolerance is {tolerance}; give 0 or a positive loss")
    if not divergence_loss > 0:
        raise ParameterError(f"the loss of divergence is {divergence_loss}; give a positive loss")
    if recorder is not None and (record_every > 1 or tolerance > 0):
        raise ParameterError("a recorder of stretches records every step and knows no tolerance; leave both out")
    if divergence_loss < math.inf:
        settings = {**(settings or {}), "divergence_loss": divergence_loss}
    runner = _Runner(model, optimizer, state, steps, record_every, observers, tolerance, fast, folder, settings, data)
    runner.divergence_loss, runner.recorder = divergence_loss, recorder
    if resume and folder is not None:
        runner.resume(folder)
    with interruptible() as pressed, np.errstate(over="ignore", invalid="ignore"):  # the outcome says what overflowed
        return runner.run(pressed.is_set, checkpoint_seconds, progress)


class _Runner:
    def __init__(
        self,
        model: Model,
        optimizer: Optimizer,
        state: State,
        steps: int,
        record_every: int,
        observers: Sequence[Observer] | None,
        tolerance: float,
        fast: bool,
        folder: Path | None,
        settings: Mapping[str, Any] | None,
        data: str | None,
    ) -> None:
        self.optimizer, self.fast, self.data = optimizer, fast, data
        self.limit, self.every, self.tolerance = steps, record_every, tolerance
        self.observers = standard_observers() if observers is None else tuple(observers)
        self._take_model(model)
        self.position = _Position(0, state, series={observer.name: [] for observer in self.observers})
        self.folder = folder
        self.settings: dict[str, Any] = {
            **(settings or {}),
            **optimizer.settings(),
            "arithmetic": model.arithmetic.name,
            "depth": model.depth,
            "n_samples": model.n_samples,
            "steps": steps,
            "record_every": record_every,
            "tolerance": tolerance,
            "observers": [observer.name for observer in self.observers],
            "start": data or self._fingerprint(state),
        }
        self.divergence_loss = math.inf
        self.recorder: StretchRecorder | None = None
        self.last_saved, self.kept = -1, ""

    def _take_model(self, model: Model) -> None:
        self.model = model
        self.stepper = self.optimizer.on(model, fast=self.fast)
        records = self.limit // self.every if self.fast else 1
        self.observe = [observer.on(model, records) for observer in self.observers]

    def run(
        self,
        interrupted: Callable[[], bool],
        checkpoint_seconds: float,
        progress: Callable[[int, Mapping[str, Any]], None] | None,
    ) -> Trajectory:
        outcome = self._arrived(self.model.loss(self.position.state)) if self.position.steps else self._record()
        saved_at, wait = time.monotonic(), checkpoint_seconds
        stretch = (self.recorder or StretchRecorder).first_stretch
        while outcome is None:
            at = self.position
            if at.step >= self.limit:
                outcome = Outcome.STEP_LIMIT
                break
            if interrupted():
                outcome = Outcome.INTERRUPTED
                break
            count, started = min(stretch, self.limit - at.step), time.monotonic()
            if self.recorder is not None:
                outcome = self._take(self.recorder, count)
            else:
                count = min(count, self.every - at.step % self.every)
                outcome = self._advance(count)
            stretch = _next_stretch(stretch, count, time.monotonic() - started)
            if self.folder is not None and outcome is None and time.monotonic() - saved_at >= wait:
                begun = time.monotonic()
                self.save()
                saved_at = time.monotonic()
                wait = checkpoint_seconds and max(checkpoint_seconds, (saved_at - begun) / _SAVING)
            if progress is not None:
                progress(self.position.step, self._latest())
        # What a recorder's run gave is kept whole by who asked for it, and needs no checkpoint beside it.
        over = (Outcome.DIVERGED, Outcome.UNDECIDED) if self.recorder is None else set(Outcome) - {Outcome.INTERRUPTED}
        if self.folder is not None and outcome not in over:
            self.save()
        return self._trajectory(outcome)

    def _advance(self, count: int) -> Outcome | None:
        at = self.position
        advance = self.stepper.advance(at.state, at.step, count, at.memory)
        self.position = _Position(at.step + advance.steps, advance.state, advance.memory, at.steps, at.series)
        if advance.escaped:
            return self._escape()
        due = self.position.step % self.every == 0 or self.position.step == self.limit
        return self._record() if due else None

    def _take(self, recorder: StretchRecorder, count: int) -> Outcome | None:
        at = self.position
        stretch = recorder.take(at.state, count)
        stretches = [*at.stretches, stretch]
        self.position = _Position(at.step + stretch.steps, stretch.state, at.memory, at.steps, at.series, stretches)
        return Outcome.DIVERGED if stretch.diverged else None

    def _escape(self) -> Outcome:
        """Tell an arithmetic's divergence from balls that became too wide to tell."""
        a = self.model.arithmetic
        if not a.exact_enclosure:
            return Outcome.DIVERGED
        limit = 2**ESCAPE_BITS
        with a.active():
            surely = any(a.is_finite(v) and abs(v) >= limit for v in self.position.state.layers)
        return Outcome.DIVERGED if surely else Outcome.UNDECIDED

    def _record(self) -> Outcome | None:
        """Record every observer; tell whether the run has converged, or diverged without a layer saying so."""
        model, at = self.model, self.position
        loss = model.loss(at.state)
        if not model.arithmetic.is_finite(loss):
            return Outcome.UNDECIDED if model.arithmetic.exact_enclosure else Outcome.DIVERGED
        for observer, observe in zip(self.observers, self.observe, strict=True):
            at.series[observer.name].append(observe(at.state))
        at.steps.append(at.step)
        return self._arrived(loss)

    def _arrived(self, loss: Number) -> Outcome | None:
        """Tell whether the last recorded loss is within the tolerance, or beyond the loss of divergence."""
        if self.position.steps[-1] != self.position.step:
            return None
        if loss > self.divergence_loss:
            return Outcome.DIVERGED
        return Outcome.CONVERGED if self.tolerance > 0 and loss <= self.tolerance else None

    def _latest(self) -> dict[str, Any]:
        at = self.position
        series = next((one.series for one in reversed(at.stretches) if one.recorded), at.series)
        return {name: values[-1] for name, values in series.items() if len(values)}

    def _trajectory(self, outcome: Outcome) -> Trajectory:
        at = self.position
        series = {
            name: np.concatenate([np.array(values, dtype=np.float64), *(one.series[name] for one in at.stretches)])
            for name, values in at.series.items()
        }
        first = at.steps[-1] + 1 if at.steps else 0
        later = np.arange(first, first + sum(one.recorded for one in at.stretches))
        steps = np.concatenate([np.array(at.steps, dtype=np.int64), later])
        settings = {**self.settings, "versions": versions()}
        return Trajectory(outcome, at.step, steps, series, settings, self._texts(outcome))

    def _texts(self, outcome: Outcome) -> tuple[tuple[str, ...], tuple[str, ...]]:
        a, state = self.model.arithmetic, self.position.state
        numbers = (tuple(state.first_layer), state.layers)
        return tuple(  # type: ignore[return-value]
            tuple(a.to_text(x) if a.is_finite(x) else "not finite" for x in part) for part in numbers
        )

    def save(self) -> None:
        a, at = self.model.arithmetic, self.position
        numbers = (*at.state.first_layer, *at.state.layers)
        if self.folder is None or at.step == self.last_saved or not all(map(a.is_finite, numbers)):
            return  # a run about to diverge keeps its earlier checkpoint
        at.settle()
        if self.data is not None and not self.kept:
            self.kept = keep_numbers(self.model, self.folder)
        Checkpoint(
            self.settings,
            self._code(),
            at.step,
            ([a.to_text(x) for x in at.state.first_layer], [a.to_text(x) for x in at.state.layers]),
            [a.to_text(x) for x in at.memory],
            at.steps,
            at.series,
            self.kept,
        ).save(self.folder)
        self.last_saved = at.step

    def resume(self, folder: Path) -> None:
        checkpoint = Checkpoint.load(folder, self.settings, self._code())
        if checkpoint is None:
            return
        if checkpoint.model:
            self._take_model(with_kept_numbers(self.model, folder, checkpoint.model))
            self.kept = checkpoint.model
        a = self.model.arithmetic
        first, layers = checkpoint.state
        outputs: Vector = np.empty(len(first), dtype=a.dtype)
        outputs[:] = [a.from_text(text) for text in first]
        state = State(outputs, tuple(a.from_text(text) for text in layers))
        memory = tuple(a.from_text(text) for text in checkpoint.memory)
        self.position = _Position(checkpoint.step, state, memory, checkpoint.steps, dict(checkpoint.series))

    def _code(self) -> str:
        """Hash of what this package's part in the run is computed with."""
        parts = (self.model, self.model.arithmetic, self.optimizer, self.stepper, self.recorder, *self.observers)
        modules = {__name__, *(type(part).__module__ for part in parts)}
        return source_version(*sorted(name for name in modules if name.partition(".")[0] in PROJECT))

    def _fingerprint(self, state: State) -> str:
        """Give a digest of the data and the initialization, exact to the last bit."""
        a, digest = self.model.arithmetic, hashlib.sha256()
        fields = dataclasses.fields(self.model)  # type: ignore[arg-type]  # every model is a dataclass
        values = [getattr(self.model, one.name) for one in fields]
        arrays = [value for value in values if isinstance(value, np.ndarray)]
        for array in (*arrays, state.first_layer, np.array(state.layers, dtype=a.dtype)):
            digest.update(repr(array.shape).encode())
            if array.dtype == object:
                digest.update("\n".join(a.to_text(value) for value in array.ravel()).encode())
            else:
                digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


def _next_stretch(stretch: int, count: int, seconds: float) -> int:
    """Choose the next stretch so that it takes a moment, no longer."""
    if seconds <= 0:
        return 2 * stretch
    return max(1, min(2 * stretch, int(count * _STRETCH_SECONDS / seconds)))
