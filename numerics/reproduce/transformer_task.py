"""A Transformer trained by gradient descent on sentences, as a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.arithmetic import Float64
from numerics.data import load
from numerics.data.tables.word_places import words_at
from numerics.networks.transformer.sharpness import TransformerSharpness
from numerics.networks.transformer.transformer import Transformer
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.reproduce.drawn_run import DrawnRun
from numerics.reproduce.whole_run import arrays_of
from numerics.trajectory import train
from numerics.trajectory.observers import Loss
from numerics.work.task import Arrays, Task

if TYPE_CHECKING:
    from numerics.reproduce.reproduction import Reproduction


@dataclass(frozen=True)
class TransformerRun(DrawnRun):
    """How which Transformer is trained on sentences, from PyTorch's default start.

    Attributes:
        step_size: of gradient descent, as a text.
        steps: how many.
        record_every: how often loss and sharpness are recorded.
        size, heads, blocks: of the Transformer.
    """

    step_size: str
    steps: int
    record_every: int
    size: int
    heads: int = 2
    blocks: int = 2
    function = "numerics.reproduce.transformer_task:train_transformer"

    @property
    def cost(self) -> float:
        """About how many seconds it takes."""
        return 4e-5 * self.size**2 * (self.steps + 50 * self.steps / self.record_every)

    def task(self, reproduction: Reproduction) -> Task:
        """Make the task, whose arrays are the sentences' words, by their numbers, and labels."""
        data = load(self.data, samples=self.samples, seed=self.seed)

        def arrays() -> Arrays:
            return {"words": words_at(data), "labels": data.y}

        return Task(self.function, self.configuration, data.digest, arrays, self.cost)


def train_transformer(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Train as a `TransformerRun` says, in float64.

    Gives `steps`, `loss`, `sharpness`, `outcome`, `last_step`, the `step_size` and the `parameters`' number.
    """
    run = TransformerRun("", **configuration)
    model = Transformer(Float64(), arrays["words"], arrays["labels"], run.size, run.heads, run.blocks)
    trajectory = train(
        model,
        GradientDescent(run.step_size),
        model.start(run.seed),
        steps=run.steps,
        record_every=run.record_every,
        observers=(Loss(), TransformerSharpness()),
    )
    return {**arrays_of(trajectory), "parameters": np.array(model.n_weights)}
