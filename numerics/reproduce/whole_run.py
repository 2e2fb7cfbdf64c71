"""What is kept of a training run."""

from __future__ import annotations

import numpy as np

from numerics.trajectory import Outcome, Trajectory
from numerics.work.task import Arrays


def arrays_of(trajectory: Trajectory) -> Arrays:
    """Its recorded steps and series, how it ended and after how many steps.

    Raises:
        KeyboardInterrupt: it was interrupted: half a run is no result.
    """
    if trajectory.outcome is Outcome.INTERRUPTED:
        raise KeyboardInterrupt
    return {
        "steps": trajectory.steps,
        **trajectory.series,
        "outcome": np.array(trajectory.outcome.value),
        "last_step": np.array(trajectory.last_step),
    }
