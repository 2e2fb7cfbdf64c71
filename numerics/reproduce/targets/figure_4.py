"""Figure 4: smaller batches and larger steps sharpen less."""

from __future__ import annotations

from numerics.reproduce.sgd_runs import BatchFigure, Grid
from numerics.reproduce.training_figure import Observation, grows


def _observe(grid: Grid) -> list[Observation]:
    last = {key: end for key, (_, end) in grid.ends().items()}
    batches = list(dict.fromkeys(run.batch_size for run in grid.runs))
    step_sizes = list(dict.fromkeys(run.step_size for run in grid.runs))  # the largest first
    largest, small = step_sizes[0], batches[0]
    by_batch = [last[batch, largest] for batch in batches]
    by_step = [last[small, eta] for eta in step_sizes]
    return [
        Observation(
            f"at step size {largest} the last sharpness grows with the batch: "
            + ", ".join(f"{value:.5g}" for value in by_batch),
            grows(by_batch),
        ),
        Observation(
            f"at batch size {small} it grows as the step size falls: " + ", ".join(f"{value:.5g}" for value in by_step),
            grows(by_step),
        ),
    ]


TARGET = BatchFigure(
    "figure-4",
    "Figure 4: sharpness under SGD, by batch size and step size",
    lambda result: result["sharpness"],
    "sharpness",
    _observe,
    relative=True,
)
