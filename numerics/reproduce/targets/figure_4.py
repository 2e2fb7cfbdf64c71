"""Figure 4: smaller batches and larger steps sharpen less."""

from __future__ import annotations

from numerics.reproduce.figure import Observation, growing
from numerics.reproduce.sgd_runs import BatchFigure, Grid


def _observe(grid: Grid) -> list[Observation]:
    last = {key: end for key, (_, end) in grid.ends().items()}
    batches = list(dict.fromkeys(run.batch_size for run in grid.runs))
    step_sizes = list(dict.fromkeys(run.step_size for run in grid.runs))  # the largest first
    largest, small = step_sizes[0], batches[0]
    by_batch = [last[batch, largest] for batch in batches]
    by_step = [last[small, eta] for eta in step_sizes]
    return [
        growing(f"at step size {largest} the last sharpness grows with the batch", by_batch, 5),
        growing(f"at batch size {small} it grows as the step size falls", by_step, 5),
    ]


TARGETS = [
    BatchFigure(
        "figure-4",
        "Figure 4: sharpness under SGD, by batch size and step size",
        lambda result: result["sharpness"],
        "sharpness",
        _observe,
        relative=True,
    )
]
