"""A network trained on one draw by gradient flow, as a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.networks.problem import NetworkProblem
from numerics.reproduce.drawn_run import DrawnRun
from numerics.work.task import Arrays

LOSS = 1e-4
"""Where training ends; the text of the paper that is at hand has lost its own number."""


@dataclass(frozen=True)
class NetworkRun(DrawnRun):
    """Which network, on which draw.

    Attributes:
        activation: of the hidden layers.
        depth: number of layers.
        width: neurons in each hidden layer.
    """

    activation: str
    depth: int
    width: int
    function = "numerics.reproduce.network_task:train_network"

    @property
    def cost(self) -> float:
        """About how many seconds it takes."""
        flops = (self.depth - 2) * self.width**2 * self.samples + self.samples**3
        return 1e-8 * flops * (1 if self.activation == "identity" else 3)


def train_network(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Train as a `NetworkRun` says, from PyTorch's default start, by gradient flow to a loss of 1e-4.

    Returns:
        `predicted` (Definition 5.8), `law` (of a linear network; else not a number), `trained` and `steps`.
    """
    run = NetworkRun("", **configuration)
    widths = (run.width,) * (run.depth - 1)
    problem = NetworkProblem(arrays["X"], arrays["y"], widths, run.activation, seed=run.seed)
    end = problem.train(LOSS)
    return {
        "predicted": np.array(problem.predicted),
        "law": np.array(problem.law if problem.linear else np.nan),
        "trained": np.array(end.sharpness),
        "steps": np.array(end.steps),
    }
