"""One run at one precision, and what is read off it.

Recorded at every step, the start being step 0: the loss, computed at p bits; the weights rounded to float64; and the
sharpness of the rounded weights, computed in float64. Where that sharpness is too close to `2/eta` for float64 to tell
on which side it is, the sharpness of the p-bit weights themselves, rounded once, takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from numerics.arithmetic import Arithmetic
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.recorded_descent import RecordedDescent
from numerics.finite_precision.rounded_sharpness import Floats, RoundedSharpness, RoundedWeights
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.trajectory import Outcome, Trajectory, train
from numerics.trajectory.edge import crossing_and_drop
from numerics.trajectory.observers import Loss
from numerics.trajectory.recorded_stretch import Stretch
from numerics.work.interrupt import interruptible
from theory.errors import ParameterError

TRAJECTORY = "trajectory.npz"

_LOOKS = 4  # of the steps of a moment, how many parts are looked at for a drop at first
_MOMENTS = 16  # what is done before Ctrl-C is looked for


@dataclass(frozen=True, eq=False)
class Recording:
    """A run at one precision.

    Attributes:
        arithmetic: its numbers' name, such as `mpfr:113` or `float64`.
        step_size: `eta`.
        outcome: how the run ended.
        last_step: how many steps were taken; of a run that diverged, the step of divergence.
        loss: shape `(K,)`, at the steps 0 .. K - 1.
        sharpness: shape `(K,)`.
        outputs: the `f_i` rounded to float64, shape `(K, r)`.
        layers: the `v_j` rounded to float64, shape `(K, D - 1)`.
    """

    arithmetic: str
    step_size: Fraction
    outcome: Outcome
    last_step: int
    loss: Floats
    sharpness: Floats
    outputs: Floats
    layers: Floats

    @classmethod
    def of(cls, trajectory: Trajectory, depth: int) -> Recording:
        """Read the series of a trajectory that `record` made."""
        settings, rank = trajectory.settings, len(trajectory.final_state[0])
        weights = trajectory.series["weights"].reshape(len(trajectory.steps), rank + depth - 1)
        return cls(
            settings["arithmetic"],
            Fraction(settings["step_size"]),
            trajectory.outcome,
            trajectory.last_step,
            trajectory.series["loss"],
            trajectory.series["sharpness"],
            weights[:, :rank],
            weights[:, rank:],
        )

    @property
    def diverged(self) -> bool:
        """Whether the loss passed `Problem.divergence_loss`."""
        return self.outcome is Outcome.DIVERGED

    @property
    def diverged_first(self) -> bool:
        """Whether it diverged before the sharpness fell below `2/eta` again."""
        return self.diverged and self.drop_step == self.last_step

    @cached_property
    def crossing_step(self) -> int | None:
        """The first step with `eta S > 2`."""
        return self._crossing_and_drop[0]

    @cached_property
    def drop_step(self) -> int | None:
        """The first step after the crossing with `eta S < 2`, or the step of divergence."""
        if self.crossing_step is None:
            return None
        found = self._crossing_and_drop[1]
        return self.last_step if found is None and self.diverged else found

    @cached_property
    def _crossing_and_drop(self) -> tuple[int | None, int | None]:
        return crossing_and_drop(self.sharpness, 2 / self.step_size)

    @property
    def peak_sharpness(self) -> float | None:
        """The largest recorded sharpness that is finite."""
        finite = self.sharpness[np.isfinite(self.sharpness)]
        return float(finite.max()) if len(finite) else None

    def outcome_within(self, tolerance: float) -> Outcome:
        """Tell how the run ended.

        It converged if it took all its steps and its last loss is at most `tolerance` and a hundredth of the first:
        of data in small units every loss is small.
        """
        converged = self.outcome is Outcome.STEP_LIMIT and self.loss[-1] <= min(tolerance, self.loss[0] / 100)
        return Outcome.CONVERGED if converged else self.outcome


def record(
    problem: Problem,
    arithmetic: Arithmetic,
    steps: int,
    *,
    folder: Path | None = None,
    progress: Callable[[int, Mapping[str, Any]], None] | None = None,
) -> Trajectory:
    """Run gradient descent at one precision, up to the step limit or a loss above `Problem.divergence_loss`.

    Args:
        problem: what to run.
        arithmetic: the numbers to run it in.
        steps: most steps to take.
        folder: where to keep checkpoints; a run that the folder holds goes on.
        progress: called with the step and the latest record.

    Raises:
        CheckpointError: the folder's checkpoint is damaged or of another run.
    """
    model, top = problem.model(arithmetic), RoundedSharpness(problem.step_size)
    return train(
        model,
        GradientDescent(problem.step_size),
        problem.start(model),
        steps=steps,
        observers=(Loss(), top, RoundedWeights()),
        divergence_loss=problem.divergence_loss,
        fast=False,
        recorder=RecordedDescent(model, problem.step_size, problem.divergence_loss, top, steps),
        folder=folder,
        resume=folder is not None,
        progress=progress,
    )


def recorded(
    problem: Problem,
    arithmetic: Arithmetic,
    steps: int,
    folder: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Recording:
    """Give a run's recording; what a folder holds of it, whole or in part, is not run again.

    Args:
        problem: what to run.
        arithmetic: the numbers to run it in.
        steps: most steps to take.
        folder: keeps the run in a folder of its own below; None to keep nothing.
        progress: called with the number of steps taken so far.
    """
    if folder is None:
        return _recorded_at_once(problem, arithmetic, steps, progress)
    own = folder / arithmetic.name.replace(":", "-")
    if (own / TRAJECTORY).exists():
        return Recording.of(Trajectory.load(own / TRAJECTORY), problem.depth)

    def watch(step: int, latest: Mapping[str, Any]) -> None:
        if progress is not None:
            progress(step)

    trajectory = record(problem, arithmetic, steps, folder=own, progress=watch)
    if trajectory.outcome is not Outcome.INTERRUPTED:
        own.mkdir(parents=True, exist_ok=True)
        trajectory.save(own / TRAJECTORY)
    return Recording.of(trajectory, problem.depth)


def recorded_to_drop(
    problem: Problem,
    arithmetic: Arithmetic,
    steps: int,
    expected: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Recording:
    """Give a run's recording up to its drop: the same as `recorded` with so many steps as there are to it.

    Args:
        problem: what to run.
        arithmetic: the numbers to run it in.
        steps: most steps to take.
        expected: the step at which the drop is looked for first.
        progress: called with the number of steps taken so far.
    """
    return _recorded_at_once(problem, arithmetic, steps, progress, to_drop=True, expected=expected)


def _recorded_at_once(
    problem: Problem,
    arithmetic: Arithmetic,
    steps: int,
    progress: Callable[[int], None] | None,
    *,
    to_drop: bool = False,
    expected: int | None = None,
) -> Recording:
    """Do as `record`, with nothing that a checkpoint or a trajectory of its own would need."""
    if steps < 1:
        raise ParameterError(f"{steps} steps; give a whole number of at least 1")
    model, top = problem.model(arithmetic), RoundedSharpness(problem.step_size)
    descent = RecordedDescent(model, problem.step_size, problem.divergence_loss, top, steps)
    stretch = descent.first_stretch // _LOOKS if to_drop else descent.first_stretch
    with interruptible() as pressed, np.errstate(over="ignore", invalid="ignore"):
        part = descent.start(problem.start(model))
        parts, taken, drop = [part], 0, None
        count = expected or stretch
        while not part.diverged and taken < steps and drop is None and not pressed.is_set():
            part = descent.take(part.state, min(count, steps - taken))
            parts.append(part)
            taken += part.steps
            count = max(stretch, min(taken // 2, _MOMENTS * stretch))
            if to_drop:
                drop = crossing_and_drop(_joined(parts, "sharpness"), 2 / problem.step_size)[1]
            if progress is not None:
                progress(taken)
    end = taken if drop is None else drop
    outcome = Outcome.STEP_LIMIT if end == steps or drop is not None else Outcome.INTERRUPTED
    if part.diverged and end == taken:
        outcome = Outcome.DIVERGED
    loss, sharpness, weights = (_joined(parts, name)[: end + 1] for name in ("loss", "sharpness", "weights"))
    return Recording(
        arithmetic.name,
        problem.step_size,
        outcome,
        end,
        loss,
        sharpness,
        weights[:, : model.rank],
        weights[:, model.rank :],
    )


def _joined(parts: list[Stretch], name: str) -> Floats:
    return np.concatenate([part.series[name] for part in parts])
