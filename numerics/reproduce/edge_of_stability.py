"""Runs at the edge of stability: where the sharpness passes 2/eta, and when it first falls back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import Observation
from numerics.reproduce.training_task import Run
from numerics.trajectory import Outcome
from numerics.trajectory.edge import crossing_and_drop
from numerics.work.task import Arrays

Values = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True)
class EdgeRecord:
    """What the records of a run say about the edge.

    Attributes:
        limit: 2/eta.
        crossing_step: the first recorded step at which the sharpness exceeds 2/eta; None for none.
        drop_step: the first one after it at which it is below again, or the step at which the run diverged.
        crossings: how often the records pass from one side to the other.
        diverged: whether the run blew up.
    """

    limit: float
    crossing_step: int | None
    drop_step: int | None
    crossings: int
    diverged: bool

    def steps(self) -> dict[str, object]:
        """Give the steps at which the run was at the edge, by column of a table."""
        steps = {"passes 2/eta at step": self.crossing_step, "falls back at step": self.drop_step}
        return {what: "never" if step is None else step for what, step in steps.items()}


def edge_record(result: Arrays) -> EdgeRecord:
    """Read off a run's records what it did at the edge.

    Examples:
        >>> run = {"steps": np.arange(5), "sharpness": np.array([1.0, 3.0, 4.0, 1.0, 3.0]), "step_size": np.array(1.0)}
        >>> edge_record(run | {"outcome": np.array("step limit"), "last_step": np.array(4)})
        EdgeRecord(limit=2.0, crossing_step=1, drop_step=3, crossings=3, diverged=False)
    """
    limit = 2 / float(result["step_size"])
    above = result["sharpness"] > limit
    diverged = str(result["outcome"]) == Outcome.DIVERGED.value
    crossings = int(np.count_nonzero(above[1:] != above[:-1]))
    first, drop = crossing_and_drop(result["sharpness"], limit)
    end = int(result["steps"][drop]) if drop is not None else int(result["last_step"]) if diverged else None
    return EdgeRecord(limit, None if first is None else int(result["steps"][first]), end, crossings, diverged)


def two_panels(title: str, labels: Sequence[str], results: Sequence[Arrays]) -> list[Panel]:
    """Draw loss and sharpness of runs with one step size, with 2/eta. A loss of 0 has no place on its axis."""
    limit = edge_record(results[0]).limit
    pairs = list(zip(labels, results, strict=True))
    highest = 1e3 * max(float(result["loss"][0]) for result in results)
    losses = [Curve(label, result["steps"], _clipped(_positive(result["loss"]), highest)) for label, result in pairs]
    sharpness = [Curve(label, result["steps"], _clipped(result["sharpness"], 5 * limit)) for label, result in pairs]
    return [
        Panel(title, "step", "loss", losses, log_y=True),
        Panel(title, "step", "sharpness", sharpness, levels=[("2/eta", limit)]),
    ]


def _clipped(values: Values, limit: float) -> Values:
    """Leave out what is beyond a limit: a run that blows up would flatten the others."""
    return np.where(values <= limit, values, np.nan)


def _positive(values: Values) -> Values:
    return np.where(values > 0, values, np.nan)


def edge_row(run: Run, result: Arrays) -> dict[str, object]:
    """Give a run's row in a table."""
    seen = edge_record(result)
    return {
        "arithmetic": run.arithmetic,
        "2/eta": seen.limit,
        "outcome": str(result["outcome"]),
        **seen.steps(),
        "last loss": float(result["loss"][-1]) if not seen.diverged else "none",
    }


def later_with_more_bits(drops: Sequence[int | None]) -> bool:
    """Whether every run falls back, and none sooner than one with fewer bits."""
    steps = [drop for drop in drops if drop is not None]
    return len(steps) == len(drops) and steps == sorted(steps)


def falls_unevenly(result: Arrays) -> Observation:
    """Observe that a run's loss falls, though not from each record to the next."""
    loss = result["loss"]
    rises = int(np.count_nonzero(np.diff(loss) > 0))
    return Observation(
        f"the loss falls from {loss[0]:.3g} to {loss[-1]:.3g} and not monotonically ({rises} of {len(loss) - 1} "
        "recorded changes are rises)",
        bool(loss[-1] < loss[0]) and rises > 0,
    )
