"""What is kept of a training run."""

from __future__ import annotations

import numpy as np

from numerics.arithmetic.base import exact_fraction
from numerics.trajectory import Outcome, Trajectory
from numerics.work.task import Arrays


def arrays_of(trajectory: Trajectory) -> Arrays:
    """Its recorded steps and series, its step size (NaN for none), how it ended and after how many steps.

    Raises:
        KeyboardInterrupt: it was interrupted: half a run is no result.
    """
    if trajectory.outcome is Outcome.INTERRUPTED:
        raise KeyboardInterrupt
    step_size = trajectory.settings.get("step_size")
    return {
        "steps": trajectory.steps,
        **trajectory.series,
        "step_size": np.array(np.nan if step_size is None else float(exact_fraction(step_size))),
        "outcome": np.array(trajectory.outcome.value),
        "last_step": np.array(trajectory.last_step),
    }
