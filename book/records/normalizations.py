"""How images are centred, and how well predicted sharpness orders that of trained networks.

    python -m book.records.normalizations --data cifar10:cifar-10-batches-py:cat,dog --json normalizations.json

Centred by the whole training set, a draw of two classes keeps a mean, which SiLU, not being odd, sees and the
prediction hardly does. The text of the paper leaves open by which images it centres. Everything here is observation.
"""

from __future__ import annotations

from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from numerics import load
from numerics.command_line.output import json_option, write_json
from numerics.networks.problem import NetworkProblem, widths_of
from numerics.work.versions import versions

SAMPLES, DEPTH, WIDTH, LOSS = 100, 3, 512, 1e-4
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
    return ((images.reshape(len(images), _CHANNELS, -1) - mean) / deviation).reshape(images.shape)


def one_sided(images: Images) -> float:
    """`|sum_n u_n| / sqrt(N)` of the top left singular vector u: 1 where all images lie on one side."""
    top = np.linalg.svd(images, full_matrices=False)[0][:, 0]
    return float(abs(top.sum()) / len(top) ** 0.5)


def evaluate(images: Images, labels: NDArray[np.float64], seed: int, activation: str) -> dict[str, float]:
    """Predict and train one network."""
    problem = NetworkProblem(images, labels, tuple(widths_of(DEPTH, WIDTH)), activation, seed=seed)
    trained = problem.train(LOSS, tolerance=_TOLERANCE).sharpness
    return {"predicted": problem.predicted, "trained": trained, "one_sided": one_sided(images)}


def summarize(runs: list[dict[str, float]]) -> dict[str, float]:
    """Means, how predicted and trained correlate, and how one-sidedness and what is left of a straight line."""
    predicted, trained, side = (np.array([run[key] for run in runs]) for key in ("predicted", "trained", "one_sided"))
    left = trained - np.polyval(np.polyfit(predicted, trained, 1), predicted)
    return {
        "predicted": float(predicted.mean()),
        "trained": float(trained.mean()),
        "correlation": float(np.corrcoef(predicted, trained)[0, 1]),
        "one_sided": float(side.mean()),
        "one_sidedness_and_rest": float(np.corrcoef(side, left)[0, 1]),
    }


@click.command()
@click.option("--data", required=True, help="Images, as the commands take data.")
@click.option("--draws", type=click.IntRange(3), default=40, show_default=True)
@click.option("--activation", default="silu", show_default=True)
@json_option
def main(data: str, draws: int, activation: str, json_target: str | None) -> None:
    """Train every network and write the record."""
    everything = load(data).X
    runs: dict[str, list[dict[str, float]]] = {"training set": [], "two classes": [], "draw": []}
    with threadpool_limits(1):
        for seed in range(draws):
            found = load(data, samples=SAMPLES, seed=seed)
            for name, images in (
                ("training set", found.X),
                ("two classes", standardized(found.X, everything)),
                ("draw", standardized(found.X, found.X)),
            ):
                runs[name].append(evaluate(images, found.y, seed, activation))
            click.echo(f"{seed + 1} of {draws}", err=True)
    record: dict[str, Any] = {
        "command": f"python -m book.records.normalizations --data {data} --draws {draws} --activation {activation}",
        "versions": versions(),
        "activation": activation,
        "samples": SAMPLES,
        "depth": DEPTH,
        "width": WIDTH,
        "runs": runs,
        "summary": {name: summarize(found) for name, found in runs.items()},
    }
    write_json(json_target or "-", record)


if __name__ == "__main__":
    main()
