"""What images are centred by, and how sharp networks become and how well that is predicted.

    python -m book.records.normalizations --data cifar10:cifar-10-batches-py:cat,dog --json normalizations.json

Centred by the whole training set, a draw of two classes keeps a mean, which SiLU, not being odd, sees and the
prediction hardly does. The text of the paper leaves open by which images it centres; the mean sharpness that it prints
for each activation tells, before any correlation is looked at. Everything here is observation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from book.records.record import keep
from numerics import load
from numerics.command_line.output import json_option
from numerics.networks.problem import NetworkProblem
from numerics.reproduce.network_task import LOSS

SAMPLES, DEPTH, WIDTH = 100, 3, 512
ACTIVATIONS = ("identity", "tanh", "silu", "elu")
_CHANNELS = 3
_TOLERANCE = 2e-4
Images = NDArray[np.float64]


def standardized(images: Images, by: Images) -> Images:
    """Center and scale each channel by the mean and deviation that it has in some images.

    Args:
        images: shape `(N, d)`, d a multiple of 3, channel after channel.
        by: likewise.
    """
    channels = by.reshape(len(by), _CHANNELS, -1)
    mean, deviation = channels.mean(axis=(0, 2), keepdims=True), channels.std(axis=(0, 2), keepdims=True)
    moved: Images = (images.reshape(len(images), _CHANNELS, -1) - mean) / deviation
    return moved.reshape(images.shape)


def one_sided(images: Images) -> float:
    """`|sum_n u_n| / sqrt(N)` of the top left singular vector u: 1 where all images lie on one side."""
    top = np.linalg.svd(images, full_matrices=False)[0][:, 0]
    return float(abs(top.sum()) / len(top) ** 0.5)


def evaluate(images: Images, labels: NDArray[np.float64], seed: int) -> dict[str, Any]:
    """Predict, and train a network of each activation."""
    trained = {}
    for activation in ACTIVATIONS:
        problem = NetworkProblem(images, labels, (WIDTH,) * (DEPTH - 1), activation, seed=seed)
        trained[activation] = problem.train(LOSS, tolerance=_TOLERANCE).sharpness
    return {"seed": seed, "predicted": problem.predicted, "one_sided": one_sided(images), "trained": trained}


def summarize(runs: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Of each activation: mean, its share of the linear network's with standard error, and correlations.

    The share is `mean(S_a) / mean(S_identity)`; to first order its error is that of the mean of `S_a - share
    S_identity`, over `mean(S_identity)`. The last correlation is that of one-sidedness and what a straight line leaves.
    """
    predicted, side = (np.array([run[key] for run in runs]) for key in ("predicted", "one_sided"))
    linear = np.array([run["trained"]["identity"] for run in runs])
    found = {}
    for activation in ACTIVATIONS:
        trained = np.array([run["trained"][activation] for run in runs])
        share = trained.mean() / linear.mean()
        left = trained - np.polyval(np.polyfit(predicted, trained, 1), predicted)
        found[activation] = {
            "trained": float(trained.mean()),
            "share": float(share),
            "share_error": float(np.std(trained - share * linear, ddof=1) / linear.mean() / len(runs) ** 0.5),
            "correlation": float(np.corrcoef(predicted, trained)[0, 1]),
            "one_sidedness_and_rest": float(np.corrcoef(side, left)[0, 1]),
        }
    return found


@click.command()
@click.option("--data", required=True, help="Images, as the commands take data.")
@click.option("--draws", type=click.IntRange(3), default=50, show_default=True)
@click.option("--first-seed", type=click.IntRange(0), default=100, show_default=True, help="Of draws and starts.")
@json_option
def main(data: str, draws: int, first_seed: int, json_target: str | None) -> None:
    """Train every network and write the record."""
    everything = load(data).X
    runs: dict[str, list[dict[str, Any]]] = {"training set": [], "two classes": [], "draw": []}
    with threadpool_limits(1):
        for seed in range(first_seed, first_seed + draws):
            found = load(data, samples=SAMPLES, seed=seed)
            for name, images in (
                ("training set", found.X),
                ("two classes", standardized(found.X, everything)),
                ("draw", standardized(found.X, found.X)),
            ):
                runs[name].append(evaluate(images, found.y, seed))
            click.echo(f"{seed + 1 - first_seed} of {draws}", err=True)
    summary = {name: summarize(found) for name, found in runs.items()}
    keep(json_target or "-", (), samples=SAMPLES, depth=DEPTH, width=WIDTH, runs=runs, summary=summary)


if __name__ == "__main__":
    main()
