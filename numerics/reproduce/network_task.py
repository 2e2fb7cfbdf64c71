"""A network trained on one draw by gradient flow, as a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.networks.problem import NetworkProblem
from numerics.reproduce.paper_data import Pool
from numerics.work.task import Arrays, Task

LOSS = 1e-4
"""Where training ends; the text of the paper that is at hand has lost its own number."""


@dataclass(frozen=True)
class NetworkRun:
    """Which network, on which draw.

    Attributes:
        data: key of the data set.
        samples: how many.
        seed: of the draw and of the start.
        activation: of the hidden layers.
        depth: number of layers.
        width: neurons in each hidden layer.
    """

    data: str
    samples: int
    seed: int
    activation: str
    depth: int
    width: int

    def task(self, pool: Pool) -> Task:
        """Make the task."""

        def arrays() -> Arrays:
            X, y = pool.draw(self.samples, self.seed)
            return {"X": X, "y": y}

        configuration = {
            "samples": self.samples,
            "seed": self.seed,
            "activation": self.activation,
            "widths": [self.width] * (self.depth - 1),
        }
        flops = (self.depth - 2) * self.width**2 * self.samples + self.samples**3
        cost = 1e-8 * flops * (1 if self.activation == "identity" else 3)
        return Task("numerics.reproduce.network_task:train_network", configuration, pool.digest, arrays, cost)


def train_network(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Train a network from PyTorch's default start, by gradient flow to a loss of 1e-4.

    Args:
        configuration: `widths`, `activation` and `seed`; `samples` goes with the draw.
        arrays: `X`, shape `(N, d)`, and `y`, shape `(N,)`.

    Returns:
        `predicted` (Definition 5.8), `law` (of a linear network; else not a number), `trained` and `steps`.
    """
    widths, activation = tuple(configuration["widths"]), configuration["activation"]
    problem = NetworkProblem(arrays["X"], arrays["y"], widths, activation, seed=configuration["seed"])
    end = problem.train(LOSS)
    return {
        "predicted": np.array(problem.predicted),
        "law": np.array(problem.law if problem.linear else np.nan),
        "trained": np.array(end.sharpness),
        "steps": np.array(end.steps),
    }
