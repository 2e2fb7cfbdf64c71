"""Figure 9: the layer imbalance along the runs of Figure 4."""

from __future__ import annotations

from numerics.reproduce.figure import Observation, grows, numbers_in_words
from numerics.reproduce.sgd_runs import BatchFigure, Grid
from numerics.reproduce.spectrum_task import spectrum_of


def _observe(grid: Grid) -> list[Observation]:
    first = grid.runs[0]
    threshold = float(spectrum_of(grid.reproduction.draw(first.data, first.samples, 0)).imbalance_threshold)
    highest = max(float(values.max()) for values in grid.series)
    gained = {key: end - begin for key, (begin, end) in grid.ends().items()}
    batches = list(dict.fromkeys(run.batch_size for run in grid.runs))
    by_batch = [gained[batch, first.step_size] for batch in batches]
    return [
        Observation(
            f"the imbalance stays below T_1: at most {highest:.4g}, and T_1 is {threshold:.4g}", highest < threshold
        ),
        Observation(
            f"every run ends with a larger imbalance than it began with; the least gain is {min(gained.values()):.3g}",
            min(gained.values()) > 0,
        ),
        Observation(
            f"at step size {first.step_size} smaller batches gain more: {numbers_in_words(by_batch)}",
            grows(by_batch[::-1]),
        ),
    ]


TARGETS = [
    BatchFigure(
        "figure-9",
        "Figure 9: layer imbalance C under SGD, by batch size and step size",
        lambda result: result["imbalance"][:, 0],
        "imbalance C",
        _observe,
    )
]
