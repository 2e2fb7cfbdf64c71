"""Depth and width on the same data: how the final sharpness of networks moves with depth, on tables that are no images.

No draw has more rows than columns. With more, a part of the labels lies outside the column space of X. To a linear
network that part is a constant: the gradient sees `X^T z` alone, and so does the Hessian, whose residual part is that
of the product of the layers along `X^T z`. Another activation goes on to learn it, of which the prediction says
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from numerics.figures.panels import Curve, Panel
from numerics.networks.problem import NetworkProblem
from numerics.reproduce.drawn_run import DrawnRun
from numerics.reproduce.figure import Figure, FigureContent, Observation
from numerics.reproduce.network_task import LOSS
from numerics.reproduce.reproduction import Reproduction
from numerics.work.task import Arrays
from theory.bounds import minimizer_sharpness
from theory.errors import NotConvergedError

TABLES: Mapping[str, tuple[int, int]] = {
    "sklearn:breast-cancer": (8, 20),
    "sklearn:diabetes": (4, 7),
    "sklearn:friedman": (4, 7),
    "sklearn:iris:versicolor,virginica": (2, 3),
    "sklearn:linnerud:Waist": (2, 3),
    "sklearn:wine:0,1": (5, 11),
}
"""Numbers of samples, no more than the table has columns."""
ACTIVATIONS = ("identity", "tanh", "silu", "elu")
WIDTHS = (1, 16, 128, 512)
DEPTHS = (2, 3, 4, 5)
SEEDS = 3
_MOSTLY = 0.9
PREDICTIONS = {"the paper's": "predicted", "the balanced minimizer's": "balanced", "the law's": "law"}
"""The keys of a draw that hold a prediction for each depth, by name."""

Point = Mapping[str, Any]


@dataclass(frozen=True)
class _Networks(DrawnRun):
    activation: str
    width: int
    function = f"{__name__}:train_at_every_depth"

    @property
    def cost(self) -> float:
        return 0.2 + 1e-5 * self.width**2


class _DepthAndWidth(Figure[_Networks]):
    def runs(self, reproduction: Reproduction) -> list[_Networks]:
        return [
            _Networks(source, samples, activation, width, seed=seed)
            for source, counts in TABLES.items()
            for samples, seed, activation, width in product(counts, range(SEEDS), ACTIVATIONS, WIDTHS)
        ]

    def show(self, reproduction: Reproduction, runs: Sequence[_Networks], results: Sequence[Arrays]) -> FigureContent:
        points = list(map(_point, runs, results))
        return FigureContent(_panels(points), _observations(points), [_NOTE], _table(points), list(TABLES), points)


_NOTE = (
    f"{SEEDS} random subsets of each size, widths {', '.join(map(str, WIDTHS))}, {DEPTHS[0]} to {DEPTHS[-1]} layers, "
    f"gradient flow from PyTorch's default start to the loss {LOSS:g} ||y||^2 / N. friedman is made. No draw has more "
    "rows than columns: every label can be learned. What is counted are draws whose networks all end, with one network "
    "of each depth. A prediction has the direction right where it and training put "
    f"the sharpness of {DEPTHS[-1]} layers on the same side of that of {DEPTHS[0]}. The paper's goes by Q above or "
    "below 1. The balanced minimizer's is of its exact sharpness (Theorem 4.6), with the term of y y^T that the "
    "paper's leaves out. The law's is from the start at hand, and of linear networks. All of this is observed."
)


def train_at_every_depth(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Train networks of one width and each depth by gradient flow, and predict where they end.

    Args:
        configuration: `width`, `activation` and `seed`; `samples` goes with the draw.
        arrays: `X`, shape `(N, d)`, and `y`, shape `(N,)`.

    Returns:
        `difficulty`, and for each depth `predicted` (Definition 5.8), `balanced` (exact, Theorem 4.6), `law` (of a
        linear network) and `trained`; not a number where there is no law, or where training does not end.
    """
    activation, found = configuration["activation"], []
    for depth in DEPTHS:
        widths = (configuration["width"],) * (depth - 1)
        problem = NetworkProblem(arrays["X"], arrays["y"], widths, activation, seed=configuration["seed"])
        try:
            trained = problem.train(LOSS).sharpness
        except NotConvergedError:
            trained = np.nan
        balanced = float(minimizer_sharpness(problem.spectrum, depth=depth))
        found.append((problem.predicted, balanced, problem.law if problem.linear else np.nan, trained))
    columns = dict(zip(("predicted", "balanced", "law", "trained"), np.array(found).T, strict=True))
    return {"difficulty": np.array(float(problem.spectrum.difficulty)), **columns}


def _point(run: _Networks, result: Arrays) -> dict[str, Any]:
    """Everything about a draw as JSON values; `grown` is the sharpness of most layers over that of fewest.

    There is no `grown` where training does not end at every depth.
    """
    series = {
        name: [float(f"{value:.7g}") if np.isfinite(value) else None for value in result[name]]
        for name in ("predicted", "balanced", "law", "trained")
    }
    place = {name: getattr(run, name) for name in ("data", "samples", "seed", "activation", "width")}
    return {**place, "difficulty": float(result["difficulty"]), **series, "grown": _grown(series["trained"])}


def _grown(by_depth: Sequence[float | None]) -> float | None:
    found = [value for value in by_depth if value is not None]
    return found[-1] / found[0] if len(found) == len(by_depth) else None


def ended(points: Sequence[Point]) -> list[Point]:
    """The draws whose networks end at every depth."""
    return [point for point in points if None not in point["trained"]]


def directions(points: Sequence[Point], key: str) -> tuple[int, int]:
    """In how many draws a prediction and training move to the same side with depth, and of how many that end.

    Args:
        points: draws, as the target's record has them.
        key: of the prediction, a value of `PREDICTIONS`; where it says nothing it is not right.

    Examples:
        >>> directions([{"trained": [1.0, 2.0], "law": [1.0, 3.0]}, {"trained": [1.0, None], "law": [1.0, 3.0]}], "law")
        (1, 1)
    """
    grown = [(_grown(point[key]), _grown(point["trained"])) for point in ended(points)]
    right = [None not in (said, seen) and (said > 1) == (seen > 1) for said, seen in grown]  # type: ignore[operator]
    return sum(right), len(right)


def mean_error(points: Sequence[Point], key: str) -> float:
    """Mean of `|predicted / trained - 1|` over all depths of the draws that end; not a number where none does.

    Examples:
        >>> mean_error([{"trained": [1.0, 2.0], "law": [1.5, 3.0]}, {"trained": [1.0, None], "law": [9.0, 9.0]}], "law")
        0.5
    """
    pairs = [pair for point in ended(points) for pair in zip(point[key], point["trained"], strict=True)]
    return float(np.mean([abs(said / seen - 1) for said, seen in pairs])) if pairs else float("nan")


def _table(points: Sequence[Point]) -> list[dict[str, Any]]:
    """For each activation and width: how often each prediction has the direction right, and how far the law is off."""
    rows = []
    for activation, width in product(ACTIVATIONS, WIDTHS):
        chosen = [point for point in points if (point["activation"], point["width"]) == (activation, width)]
        all_end = ended(chosen)
        linear = activation == "identity"
        shares = {
            f"{words} direction right": "{} of {}".format(*directions(chosen, key)) if linear or key != "law" else ""
            for words, key in PREDICTIONS.items()
        }
        below, above = (
            [point["grown"] for point in all_end if (point["difficulty"] > 1) == hard] for hard in (False, True)
        )
        rows.append(
            {
                "activation": activation,
                "width": width,
                "ended": f"{len(all_end)} of {len(chosen)}",
                **shares,
                "median growth, Q < 1": float(np.median(below)) if below else "",
                "median growth, Q > 1": float(np.median(above)) if above else "",
                "the law's mean error": mean_error(chosen, "law") if linear and all_end else "",
            }
        )
    return rows


def _observations(points: Sequence[Point]) -> list[Observation]:
    count = len(ended(points))
    found = [Observation(f"{count} of {len(points)} draws end at every depth", count == len(points))]
    for activation in ACTIVATIONS:
        chosen = [point for point in points if point["activation"] == activation]
        for words, key in PREDICTIONS.items():
            if key == "law" and activation != "identity":
                continue
            right, of = directions(chosen, key)
            text = f"{activation}: {words} direction is right in at least {_MOSTLY:.0%} of the draws; {right} of {of}"
            found.append(Observation(text, right >= _MOSTLY * of))
    return found


def _panels(points: Sequence[Point]) -> list[Panel]:
    """A panel for each activation: how much sharper the most layers are than the fewest, over the difficulty."""
    easiest_first = sorted(points, key=lambda point: point["difficulty"])
    ends = [(point["difficulty"], _grown(point["predicted"])) for point in (easiest_first[0], easiest_first[-1])]
    paper = Curve("the paper's", *np.array(ends, dtype=np.float64).T)
    panels = []
    for activation in ACTIVATIONS:
        curves = [paper]
        for width in WIDTHS:
            own = [point for point in points if (point["activation"], point["width"]) == (activation, width)]
            x, y = (np.array([point[key] for point in own], dtype=np.float64) for key in ("difficulty", "grown"))
            curves.append(Curve(f"width {width}", x, y, dots=True))
        title, y_label = activation, f"S of {DEPTHS[-1]} layers / S of {DEPTHS[0]}"
        panels.append(Panel(title, "difficulty Q", y_label, curves, log_x=True, log_y=True, levels=[("", 1.0)]))
    return panels


TARGETS = [
    _DepthAndWidth(
        "depth-and-width", "Depth and width on the same data: final sharpness by depth, on tables of few columns"
    )
]
