"""Loss and sharpness of a network along gradient flow, gradient descent or SGD, as a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.arithmetic import parse_arithmetic
from numerics.networks.hessian import NetworkSharpness
from numerics.networks.network import Network
from numerics.networks.problem import NetworkProblem
from numerics.optimizers import Options, optimizers
from numerics.reproduce.drawn_run import DrawnRun
from numerics.reproduce.whole_run import arrays_of
from numerics.trajectory import train
from numerics.trajectory.observers import Loss
from numerics.work.task import Arrays

ENDS_AT = 1e-3
"""Where a gradient flow ends, as a share of `||y||^2 / N`."""
_FLOW_RECORDS = 16


@dataclass(frozen=True)
class NetworkPath(DrawnRun):
    """A network, a draw, and how it is trained from PyTorch's default start.

    Attributes:
        activation, depth, width: the network.
        edge: `2/eta` as a part of the sharpness S where gradient flow ends; None for gradient flow itself.
        span: S times step size times number of steps, so that it does not depend on the data's scale; a flow ends at a
            loss instead.
        batch_size: of SGD; None for gradient descent.
        records: how often a run of steps is looked at.
        arithmetic: as `numerics.arithmetic.parse_arithmetic` reads it.
    """

    activation: str
    depth: int
    width: int
    edge: float | None = None
    span: float = 0.0
    batch_size: int | None = None
    records: int = 60
    arithmetic: str = "float64"
    function = "numerics.reproduce.network_path:follow"

    @property
    def cost(self) -> float:
        """About how many seconds it takes."""
        return 1e-7 * (self.depth - 1) * self.width**2 * self.samples


def follow(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Train as a `NetworkPath` says, on `X`, shape `(N, d)`, and `y`, shape `(N,)`.

    Returns:
        `times` (step size times steps), `loss` and `sharpness` (of the Hessian) at each record, the `step_size` (not a
        number for the flow), `steps` of the records, `outcome` and `last_step`.
    """
    path = NetworkPath("", **configuration)
    widths = (path.width,) * (path.depth - 1)
    problem = NetworkProblem(arrays["X"], arrays["y"], widths, path.activation, seed=path.seed)
    model = Network.from_data(
        problem.inside[0], problem.reachable, widths, path.activation, parse_arithmetic(path.arithmetic)
    )
    return _flow(problem, model) if path.edge is None else _steps(path, path.edge, problem, model)


def _flow(problem: NetworkProblem, model: Network) -> Arrays:
    """Record at the start, whenever the loss has fallen by a factor, and at the end."""
    seen: list[tuple[float, float, float]] = []
    time, factor = 0.0, ENDS_AT ** (1 / _FLOW_RECORDS)

    def record(weights: Sequence[Any]) -> None:
        state = model.state(weights)
        seen.append((time, float(model.loss(state)), NetworkSharpness().observe(model, state)))

    def watch(now: float, weights: Sequence[Any]) -> None:
        nonlocal time
        time = now
        if not seen or float(model.loss(model.state(weights))) <= factor * seen[-1][1]:
            record(weights)

    end = problem.train(ENDS_AT, watch=watch)
    if time > seen[-1][0]:
        record(end.weights)
    times, loss, sharpness = np.array(seen).T
    return {
        "times": times,
        "loss": loss,
        "sharpness": sharpness,
        "steps": np.arange(len(times)),
        "step_size": np.array(np.nan),
        "outcome": np.array("converged"),
        "last_step": np.array(end.steps),
    }


def _steps(path: NetworkPath, edge: float, problem: NetworkProblem, model: Network) -> Arrays:
    limit = problem.train(ENDS_AT).sharpness
    step_size = float(f"{2 / (edge * limit):.3g}")
    steps = round(path.span / (limit * step_size))
    name = "gd" if path.batch_size is None else "sgd-reshuffle"
    run = train(
        model,
        optimizers()[name].from_options(Options(repr(step_size), path.batch_size, path.seed)),
        model.state(problem.weights),
        steps=steps,
        record_every=max(1, steps // path.records),
        observers=(Loss(), NetworkSharpness()),
    )
    return {**arrays_of(run), "times": run.steps * step_size}
