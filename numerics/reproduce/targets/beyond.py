"""Beyond the paper's data: predicted against trained sharpness on tables that are no images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import Figure, FigureContent, Observation
from numerics.reproduce.flow_limit import RunToTheEnd
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.spectrum_task import spectrum_of
from numerics.work.task import Arrays
from theory.bounds import predicted_sharpness, two_layer_minimizer

TABLES: Mapping[str, tuple[int, ...]] = {
    "sklearn:breast-cancer": (20, 50, 100, 200, 400),
    "sklearn:diabetes": (20, 50, 100, 200, 400),
    "sklearn:wine:0,1": (16, 32, 64, 110),
    "sklearn:wine:1,2": (16, 32, 64, 96),
    "sklearn:iris:versicolor,virginica": (10, 25, 50, 100),
    "sklearn:linnerud:Waist": (8, 12, 16, 20),
}
DEPTHS = (2, 3)
SEEDS = 5


class _Beyond(Figure[RunToTheEnd]):
    def runs(self, reproduction: Reproduction) -> list[RunToTheEnd]:
        return [
            RunToTheEnd(source, samples, depth, seed=seed)
            for source, counts in TABLES.items()
            for samples, depth, seed in product(counts, DEPTHS, range(SEEDS))
        ]

    def show(self, reproduction: Reproduction, runs: Sequence[RunToTheEnd], results: Sequence[Arrays]) -> FigureContent:
        points = list(map(_point, runs, results))
        ended = [point for point in points if point["converged"]]
        panels = [_panel(depth, [point for point in ended if point["D"] == depth]) for depth in DEPTHS]
        observations = [
            Observation(
                f"{len(ended)} of {len(points)} runs converge; the imbalance, which the flow keeps, moved by at most "
                f"{max(point['drift'] for point in ended):.1e}",
                len(ended) == len(points),
            )
        ]
        table = []
        for depth in DEPTHS:
            for source in (*TABLES, "all"):
                chosen = [point for point in ended if point["D"] == depth and source in (point["data"], "all")]
                predicted, trained = (np.array([point[key] for point in chosen]) for key in ("predicted", "trained"))
                table.append(
                    {
                        "data": source,
                        "D": depth,
                        "runs": len(chosen),
                        "correlation of logarithms": _correlation(predicted, trained),
                        "median trained / predicted": float(np.median(trained / predicted)),
                        "label share outside col(X), median": float(np.median([point["outside"] for point in chosen])),
                    }
                )
            overall = _correlation(predicted, trained)
            observations.append(
                Observation(
                    f"at depth {depth} the logarithms of predicted and trained sharpness correlate: {overall:.3f}",
                    overall > 0.9,
                )
            )
        bounded = [point["inside"] for point in ended if point["D"] == 2]
        observations.append(
            Observation(
                f"{sum(bounded)} of {len(bounded)} runs of depth 2 end within the bounds of Corollary 5.3 at their "
                "own imbalance",
                all(bounded),
            )
        )
        return FigureContent(panels, observations, [_NOTE], table, list(TABLES), points)


_NOTE = (
    f"{SEEDS} random subsets of each size, PyTorch's initialization, the gradient flow followed until ||X^+ z||^2 is "
    "1e-10 Q. With more samples than columns the labels lie partly outside the column space of X. That part of the "
    "loss, ||y_perp||^2/(2N), is a constant that no weights change: it enters neither the difficulty, nor the rule "
    "for stopping, nor the Hessian."
)


def _point(run: RunToTheEnd, result: Arrays) -> dict[str, Any]:
    spectrum, depth = spectrum_of(result), run.depth
    trained = float(result["sharpness"][1])
    found = {
        "data": run.data,
        "N": run.samples,
        "D": depth,
        "seed": run.seed,
        "converged": bool(result["converged"]),
        "difficulty": float(spectrum.difficulty),
        "predicted": float(predicted_sharpness(spectrum, depth)),
        "first": float(result["sharpness"][0]),
        "trained": trained,
        "imbalance": float(result["imbalance"][0]),
        "drift": float(abs(result["imbalance"][1] - result["imbalance"][0])),
        "outside": float(result["unreachable_share"]),
    }
    if depth == 2:
        bounds = two_layer_minimizer(spectrum, found["imbalance"])
        found["inside"] = bool(float(bounds.lower) * (1 - 1e-4) <= trained <= float(bounds.upper) * (1 + 1e-4))
    return found


def _panel(depth: int, points: list[dict[str, Any]]) -> Panel:
    curves = []
    for source in TABLES:
        own = [point for point in points if point["data"] == source]
        x, y = (np.array([point[key] for point in own]) for key in ("predicted", "trained"))
        curves.append(Curve(source.removeprefix("sklearn:"), x, y, dots=True))
    return Panel(
        f"D = {depth}", "predicted sharpness", "trained sharpness", curves, log_x=True, log_y=True, diagonal=True
    )


def _correlation(predicted: NDArray[np.float64], trained: NDArray[np.float64]) -> float:
    return float(np.corrcoef(np.log(predicted), np.log(trained))[0, 1])


TARGETS = [_Beyond("beyond", "Beyond images: predicted against trained sharpness on six data sets")]
