"""One training run on a decomposed draw, as a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.arithmetic import parse_arithmetic
from numerics.model.base import Model, State
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers import Options, optimizers
from numerics.reproduce.drawn_run import DrawnRun
from numerics.reproduce.spectrum_task import spectrum_of
from numerics.reproduce.whole_run import arrays_of
from numerics.trajectory import train
from numerics.trajectory.observers import Imbalance, Loss, Observer, Sharpness, StepTerms
from numerics.work.task import Arrays, Task
from theory.bounds import minimizer_sharpness

if TYPE_CHECKING:
    from numerics.reproduce.reproduction import Reproduction

EDGE = "edge:"


@dataclass(frozen=True)
class Run(DrawnRun):
    """How the first draw is trained, whatever the seed.

    Attributes:
        depth: number of layers.
        optimizer: its name in `numerics.optimizers`.
        steps: the most steps; a run also ends when its loss is at most `tolerance`.
        step_size: of the optimizer, as a text such as `2/6000`. `edge:F` is the step size (depth 2) with `2/eta = F S`,
            where S is the sharpness at the limit of the gradient flow.
        batch_size: of the optimizer.
        tolerance: see there.
        init: as `numerics.model.initialization.initialize` reads it.
        arithmetic: as `numerics.arithmetic.parse_arithmetic` reads it.
        terms: whether the terms of Theorem 5.9 are recorded (depth 2).
        records: about how often the run records.
    """

    depth: int
    optimizer: str
    steps: int
    step_size: str | None = None
    batch_size: int | None = None
    tolerance: float = 0.0
    init: str = "default"
    arithmetic: str = "float64"
    terms: bool = False
    records: int = 400

    function = "numerics.reproduce.training_task:train_draw"
    draw = 0

    @property
    def cost(self) -> float:
        """About how many seconds it takes."""
        if self.arithmetic != "float64":
            return 5.0
        of_step = 1.5e-4 if self.optimizer == "gf-runge-kutta" else 1e-6 if self.batch_size is None else 6e-5
        return 0.2 + self.steps * of_step + (2.0 if self.terms else 0.0)

    def task(self, reproduction: Reproduction) -> Task:
        """Make the task, whose arrays are of the draw's decomposition."""
        names = ["singular_values", "label_coefficients", "n_samples", "label_residual_share", "right"]
        if self.batch_size is not None or self.terms:
            names += ["left", "labels"]
        return self.on_decomposition(reproduction, names)


class SquaredLayer(Observer):
    """`v_1^2`, which the increments of Theorem 5.9 weigh their terms with."""

    name = "squared_layer"

    def observe(self, model: Model, state: State) -> float:
        """Compute it."""
        return model.arithmetic.to_float(state.layers[0]) ** 2


def train_draw(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Train as a `Run` says.

    Gives `steps`, `loss`, `sharpness`, `imbalance`, `outcome`, the `step_size` (NaN for the gradient flow), and with
    `terms` more.
    """
    run = Run("", **configuration)
    spectrum = spectrum_of(arrays)
    numbers = parse_arithmetic(run.arithmetic)
    model = ReducedModel.from_spectrum(spectrum, run.depth, numbers)
    if "left" in arrays:
        left, labels = numbers.matrix(arrays["left"]), numbers.vector(arrays["labels"])
        model = replace(model, left_singular_vectors=left, labels=labels)
    c, v = initialize(run.init, arrays["right"], run.depth, run.seed)
    state = model.state(c, v)
    step_size = run.step_size
    if step_size is not None and step_size.startswith(EDGE):
        imbalance = numbers.to_float(model.imbalance(state)[0])
        limit = float(minimizer_sharpness(spectrum, imbalance=imbalance))
        step_size = repr(2 / (float(step_size.removeprefix(EDGE)) * limit))
    terms = (SquaredLayer(), StepTerms()) if run.terms else ()
    trajectory = train(
        model,
        optimizers()[run.optimizer].from_options(Options(step_size, run.batch_size, run.seed)),
        state,
        steps=run.steps,
        record_every=max(1, run.steps // run.records),
        observers=(Loss(), Sharpness(), Imbalance(), *terms),
        tolerance=run.tolerance,
    )
    return {**arrays_of(trajectory), "unreachable_loss": np.array(numbers.to_float(model.unreachable_loss))}
