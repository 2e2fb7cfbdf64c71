"""Networks of many neurons at the edge of stability under their ceiling: the sharpness where gradient flow would end.

    python -m book.records.network_ceilings --cifar10 cifar-10-batches-py --json network_ceilings.json

Everything here is observation: one start for each width and activation. It takes some twenty minutes on one core.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import click
import numpy as np

from book.records.record import keep
from numerics.arithmetic import Float64
from numerics.command_line.output import json_option
from numerics.data import load
from numerics.model.base import State
from numerics.networks.gradient_flow import FlowEnd, gradient_flow
from numerics.networks.hessian import top_of_hessian
from numerics.networks.network import Network
from numerics.networks.problem import NetworkProblem
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.oscillation.peaks import peaks

WIDTHS, ACTIVATIONS = (32, 128, 512), ("identity", "tanh", "silu")
SAMPLES, STEPS = 50, 600
WAY_UP = 0.2
"""Where `2/eta` lies between the sharpness at the start and the ceiling there."""
EVERY = 20
"""So many steps from one ceiling to the next."""
CONVERGED = 1e-6
_DIGITS = 6


def measure(data: str, width: int, activation: str, steps: int) -> dict[str, Any]:
    """Train one network of two layers by gradient descent, and follow the flow from many of its points."""
    dataset = load(data, samples=SAMPLES, seed=0)
    problem = NetworkProblem(dataset.X, dataset.y, (width,), activation)
    network = Network.from_data(problem.inside[0], dataset.y, (width,), activation, Float64())
    state = network.state(problem.weights)

    def ceiling(at: State) -> FlowEnd:
        return gradient_flow(problem.inside[0], dataset.y, network.weights(at), activation, loss=CONVERGED)

    def sharpness(at: State) -> float:
        return float(top_of_hessian(network, at).values[0])

    first, top = sharpness(state), ceiling(state).sharpness
    edge = first + WAY_UP * (top - first)
    stepper = GradientDescent(2 / edge).on(network)
    seen: list[float] = []
    ceilings: list[float] = []
    neurons: list[float] = []
    for step in range(steps + 1):
        seen.append(sharpness(state))
        if step % EVERY == 0:
            end = ceiling(state)
            ceilings.append(end.sharpness)
            neurons.append(_as_one_neuron(end))
        state = stepper.advance(state, step, 1, ()).state
    found = peaks(np.array(seen), edge)
    return {
        "width": width,
        "activation": activation,
        "edge": edge,
        "sharpness": [float(f"{one:.{_DIGITS}g}") for one in seen],
        "ceilings": ceilings,
        "loss_at_the_end": float(network.loss(state)),
        "imbalance_as_one_neuron": neurons if activation == "identity" else None,
        "peaks": [
            {
                "step": peak.step,
                "height_over_edge": peak.height / edge,
                "ceiling_before_over_edge": ceilings[peak.crossing // EVERY] / edge,
                "ceiling_after_over_edge": ceilings[min(len(ceilings) - 1, -(-peak.end // EVERY))] / edge,
            }
            for peak in found
        ],
    }


def _as_one_neuron(end: FlowEnd) -> float:
    """`a^T M a / ||a||^2`, with the last layer `a` and the conserved `M = W W^T - a a^T` (own-wide-minimizer).

    It plays the part of the imbalance of one neuron in the sharpness at a minimizer.
    """
    first, last = end.weights
    square = float(np.sum(last**2))
    return float(np.sum((last @ first) ** 2)) / square - square


@click.command()
@click.option("--cifar10", type=click.Path(path_type=Path), required=True, help="Folder of CIFAR-10's Python batches.")
@click.option("--steps", type=click.IntRange(1), default=STEPS, show_default=True, help="Steps of a run.")
@json_option
def record(cifar10: Path, steps: int, json_target: str | None) -> None:
    """Train networks of each width and activation on images of cats and dogs."""
    data = f"cifar10:{cifar10}:cat,dog"
    runs = [measure(data, width, name, steps) for width, name in itertools.product(WIDTHS, ACTIVATIONS)]
    lines = (f"{run['activation']} {run['width']}: {run['peaks']}" for run in runs)
    keep(json_target, lines, samples=SAMPLES, every=EVERY, runs=runs)


if __name__ == "__main__":
    record()
