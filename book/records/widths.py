"""The wide test of the law: linear networks of many widths and depths on subsets of images, trained to the end.

    python -m book.records.widths --data cifar10:cifar-10-batches-py:cat,dog --json widths.json

Bounds are proved or derived, the law is observation.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import click
import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from book.records.record import keep
from numerics import load
from numerics.command_line.output import json_option
from numerics.networks.problem import NetworkProblem
from numerics.networks.shapes import read_widths
from theory.bounds import minimizer_sharpness

SAMPLES = (25, 50, 100, 25, 50, 200, 25, 50, 100, 25)
"""Numbers of samples of ten subsets after one another."""
WIDTHS = (16, 128, 1024)
DEPTHS = (2, 3, 4)
LOSS = 1e-6
_TOLERANCE = 1e-4


def evaluate(data: str, subset: int, samples: int, width: int, depth: int) -> dict[str, Any]:
    """Predict and train one network."""
    found = load(data, samples=samples, seed=subset)
    problem = NetworkProblem(found.X, found.y, (width,) * (depth - 1), "identity", seed=subset)
    bounds, end = problem.bounds, problem.train(LOSS, tolerance=_TOLERANCE)
    assert bounds is not None
    one_neuron = None
    if depth == 2:
        one_neuron = float(minimizer_sharpness(problem.spectrum, imbalance=isotropic_imbalance(problem.weights)))
    return {
        "subset": subset,
        "samples": samples,
        "width": width,
        "depth": depth,
        "difficulty": float(problem.spectrum.difficulty),
        "predicted": problem.predicted,
        "law": problem.law,
        "one_neuron": one_neuron,
        "lower": float(bounds.lower),
        "upper": float(bounds.upper),
        "trained": end.sharpness,
        "steps": end.steps,
    }


def isotropic_imbalance(weights: Sequence[Any]) -> float:
    """`C = -(||w_2||^2 + ||W_1||^2 / r)`: the imbalance of the one neuron that two layers from a wide start end like.

    `minimizer_sharpness(spectrum, imbalance=C)` is then the law in closed form (own-wide-one-neuron).

    Args:
        weights: `W_1` in coordinates of the row space, shape `(h, r)`, and `w_2`, shape `(1, h)`.
    """
    first, second = (np.asarray(matrix, dtype=np.float64) for matrix in weights)
    return -float(np.sum(second**2) + np.sum(first**2) / first.shape[1])


def summarize(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Errors of each prediction by depth, and every run outside its bounds."""

    def errors(key: str, depth: int, width: int | None = None) -> dict[str, float]:
        chosen = [run for run in runs if run["depth"] == depth and width in (None, run["width"])]
        off = np.array([abs(run[key] / run["trained"] - 1) for run in chosen])
        return {"runs": len(off), "mean": float(off.mean()), "largest": float(off.max())}

    depths = sorted({run["depth"] for run in runs})
    widths = sorted({run["width"] for run in runs})
    return {
        "outside_bounds": [run for run in runs if not run["lower"] <= run["trained"] <= run["upper"] * (1 + 1e-3)],
        "predicted": {str(depth): errors("predicted", depth) for depth in depths},
        "law": {str(depth): errors("law", depth) for depth in depths},
        "law_by_width": {f"{depth},{width}": errors("law", depth, width) for depth in depths for width in widths},
        "one_neuron": errors("one_neuron", 2) if 2 in depths else None,
    }


@click.command()
@click.option("--data", required=True, help="Images, as the commands take data.")
@click.option("--subsets", default=50, show_default=True)
@click.option("--widths", default=",".join(map(str, WIDTHS)), show_default=True)
@json_option
def main(data: str, subsets: int, widths: str, json_target: str | None) -> None:
    """Train every network and write the record."""
    runs = []
    with threadpool_limits(1):
        for subset, width, depth in product(range(subsets), read_widths(widths), DEPTHS):
            runs.append(evaluate(data, subset, SAMPLES[subset % len(SAMPLES)], width, depth))
            click.echo(" ".join(f"{key}={value}" for key, value in runs[-1].items()), err=True)
    keep(json_target or "-", (), loss=LOSS, runs=runs, summary=summarize(runs))


if __name__ == "__main__":
    main()
