"""A training run of the minimalist model: what is asked, and what came of it beside what the theory says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.arithmetic import Arithmetic, parse_arithmetic
from numerics.arithmetic.base import exact_fraction
from numerics.arithmetic.numpy_float import NumpyFloat
from numerics.arithmetic.whole_numbers import whole
from numerics.data import Reading
from numerics.interface.arguments import loss, optimizer_of, start_of
from numerics.interface.given import given
from numerics.interface.shown import Drawn
from numerics.model.base import State
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers import Optimizer
from numerics.prediction.comparison import Comparison, compare
from numerics.sharpness import sharpness
from numerics.trajectory import Outcome, Trajectory
from numerics.trajectory import train as run_training
from numerics.trajectory.observers import increment_observers, standard_observers
from numerics.trajectory.progress_bar import training_bar
from theory import Spectrum
from theory.errors import NotFiniteError, ParameterError

if TYPE_CHECKING:
    from numerics.figures.panels import Panel


@dataclass(frozen=True, eq=False, repr=False)
class Run(Trajectory, Drawn):
    """A run that knows its data: a trajectory, and what the theory says of it.

    Attributes:
        spectrum: of the data.
    """

    spectrum: Spectrum

    @cached_property
    def comparison(self) -> Comparison | None:
        """What `compare` gives, None where there is nothing to compare with."""
        return compare(self, self.spectrum)

    def compare(self) -> Comparison:
        """Give the run's end beside the minimizer that its own imbalances lead to, and why it is not there yet.

        Raises:
            ParameterError: the run diverged, or its limit is beyond what float64 can hold.
        """
        if self.comparison is not None:
            return self.comparison
        if self.outcome in (Outcome.DIVERGED, Outcome.UNDECIDED):
            raise ParameterError(
                f"{self.outcome.value} at step {self.last_step}: such a run has no limit; take a smaller step size"
            )
        raise ParameterError("the limit of this run's imbalances is beyond what float64 can hold")

    def panels(self) -> list[Panel]:
        """Loss, sharpness and imbalance, with the bounds, the predicted sharpness and `2/eta`."""
        from numerics.figures.trajectories import trajectory_panels

        return trajectory_panels(self, self.comparison)


def train(
    data: Any,
    y: Any = None,
    *,
    depth: int = 2,
    optimizer: str | Optimizer = "gd",
    step_size: object = None,
    batch_size: int | None = None,
    arithmetic: str | Arithmetic = "float64",
    init: Any = "default",
    steps: int = 1000,
    tolerance: object = 0.0,
    record_every: int = 1,
    samples: int | None = None,
    seed: int = 0,
    reading: Reading | None = None,
    folder: str | Path | None = None,
    resume: bool = False,
    checked: Callable[[], object] | None = None,
) -> Run:
    """Train the minimalist model `f(X) = (X u) v_1 ... v_{D-1}` on the loss `||f(X) - y||^2 / (2N)`.

    Records loss, exact sharpness (with its factor 1/N) and the imbalance of every layer. The same arguments give the
    same run as `sharpness train`, bit for bit.

    Args:
        data: features, shape `(N, d)`: an array, a frame, a sparse matrix, a tensor; or a text such as `digits:3,5`, or
            a file.
        y: labels, shape `(N,)`; of a frame or a file the name of the column.
        depth: `D >= 2`.
        optimizer: `gd`, `gf` (gradient flow), `sgd`, ...: what `sharpness train --help` lists.
        step_size: `eta`; a text such as `"2/0.8"` is exact, and a float is the decimal that it prints as.
        batch_size: samples in a batch, for the stochastic optimizers.
        arithmetic: `float32`, `float64`, `mpfr:BITS`, `mpmath:BITS` or `ball:BITS`.
        init: `default`, `alpha-beta`, `balanced`, `balanced:SIZE`, `c=...,v=...` in the singular basis, or the weights
            `(u, v)`, shapes `(d,)` and `(D-1,)`.
        steps: the most steps to take.
        tolerance: stop once a recorded loss is at most this.
        record_every: record every so many steps.
        samples: how many samples to draw, of data named by a text.
        seed: fixes every random choice.
        reading: how to read a file.
        folder: where to keep checkpoints.
        resume: whether to go on from the folder's checkpoint.
        checked: called once all of this is found right, before the first step.

    Raises:
        ParameterError: an argument outside its domain, or a tolerance that no weights reach.
        ShapeError, NotFiniteError, DegenerateDataError, DataFileError: the data; the message says where.
        CheckpointError: the folder's checkpoint is damaged or of another run.

    Examples:
        >>> run = train([[2.0, 0.0], [0.0, 1.0]], [1.0, 1.0], optimizer="gf", init="balanced", steps=500)
        >>> run.compare().arrived
        True
    """
    if resume and folder is None:
        raise ParameterError("resume goes on from a folder; give it too")
    read = given(data, y, samples=samples, seed=seed, reading=reading)
    numbers = arithmetic if isinstance(arithmetic, Arithmetic) else parse_arithmetic(str(arithmetic))
    start, least = start_of(init), loss(tolerance)
    rule = optimizer_of(optimizer, step_size, batch_size, read.seed)
    steps, record_every = whole(steps, "the number of steps"), whole(record_every, "record_every")
    dataset, spectrum = read.dataset, read.spectrum
    model = ReducedModel.from_data(dataset.X, dataset.y, depth, numbers, spectrum)
    c, v = initialize(start, np.asarray(spectrum.right_singular_vectors), depth, read.seed)
    _check_tolerance(least, float(model.unreachable_loss), float(spectrum.label_residual_share))
    said = start if isinstance(start, str) else [weights.tolist() for weights in start]
    state = model.state(c, v)
    _check_start(model, state)
    if checked is not None:
        checked()
    kept = None if folder is None else Path(folder)
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
    eta = rule.step_size
    with training_bar("", steps, None if eta is None else float(2 / exact_fraction(eta))) as watch:
        found = run_training(
            model,
            rule,
            state,
            steps=steps,
            record_every=record_every,
            observers=(*standard_observers(), *increment_observers(rule, model.depth)),
            tolerance=least,
            data=dataset.digest,
            folder=kept,
            resume=resume,
            settings={**read.settings, "init": said},
            progress=watch,
        )
    return Run(**{one.name: getattr(found, one.name) for one in fields(found)}, spectrum=spectrum)


def _check_start(model: ReducedModel, state: State) -> None:
    """Refuse weights that are beyond the numbers of the processor from the first step on."""
    a = model.arithmetic
    if not isinstance(a, NumpyFloat):
        return
    with a.active():
        if not a.is_finite(model.loss(state)):
            raise NotFiniteError(f"the loss at the start leaves the range of {a.name}; use smaller weights, or mpfr")
        sharpness(model, state)


def _check_tolerance(tolerance: float, least_loss: float, share: float) -> None:
    """Refuse to wait for a loss that no weights have."""
    if 0 < tolerance <= least_loss:
        raise ParameterError(
            f"the tolerance {tolerance:g} is not above the least possible loss {least_loss:.6g}: "
            f"{share:.3%} of ||y||^2 lies outside the column space of X; give a larger one"
        )
