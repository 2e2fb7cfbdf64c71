"""Figure 1: gradient descent follows the flow past 2/eta, falls back, and comes to 2/eta."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import FigureContent, Observation, main_data, numbers_in_words
from numerics.reproduce.network_path import NetworkPath
from numerics.reproduce.network_path_figure import ONE_OUTPUT, TIME, NetworkPathFigure, width_of
from numerics.reproduce.reproduction import Reproduction
from numerics.work.task import Arrays

SAMPLES, DEPTH = 100, 3
EDGES, SPAN = (0.4, 0.6, 0.8), 1000.0
NEAR, CLOSE, AT = 0.9, 0.05, 0.1
"""Of 2/eta; apart from the flow, relatively; apart from 2/eta, relatively."""


class _Figure1(NetworkPathFigure):
    def runs(self, reproduction: Reproduction) -> list[NetworkPath]:
        key, width = main_data(reproduction), width_of(reproduction)
        flow = NetworkPath(key, SAMPLES, "tanh", DEPTH, width)
        return [flow, *(NetworkPath(key, SAMPLES, "tanh", DEPTH, width, edge, SPAN) for edge in EDGES)]

    def show(self, reproduction: Reproduction, runs: Sequence[NetworkPath], results: Sequence[Arrays]) -> FigureContent:
        flow, *descents = results
        labels = ["gradient flow", *(f"eta = {float(run['step_size']):.3g}" for run in descents)]
        curves = list(zip(labels, results, strict=True))
        limits = [2 / float(run["step_size"]) for run in descents]
        apart = [_farthest_before(run, limit, flow) for run, limit in zip(descents, limits, strict=True)]
        late = [
            float(np.mean(run["sharpness"][2 * len(run["sharpness"]) // 3 :]) / limit)
            for run, limit in zip(descents, limits, strict=True)
        ]
        panels = [
            Panel(
                "sharpness",
                TIME,
                "sharpness",
                [Curve(label, run["times"], run["sharpness"]) for label, run in curves],
                levels=list(zip(labels[1:], limits, strict=True)),
            ),
            Panel("loss", TIME, "loss", [Curve(label, run["times"], run["loss"]) for label, run in curves], log_y=True),
        ]
        observations = [
            Observation(
                f"until its sharpness is at {_percent(NEAR)} % of 2/eta, gradient descent is within "
                f"{_percent(CLOSE)} % of the flow's sharpness at the same time; at most "
                f"{', '.join(map(_percent, apart))} % apart",
                all(value is not None and value <= CLOSE for value in apart),
            ),
            Observation(
                f"over the last third of its steps, its sharpness is within {_percent(AT)} % of 2/eta on average: "
                f"{numbers_in_words(late)} of it",
                all(abs(value - 1) <= AT for value in late),
            ),
        ]
        notes = [
            f"{DEPTH} layers of width {runs[0].width}, tanh. {ONE_OUTPUT} 2/eta (dashed) is "
            f"{', '.join(f'{edge:g}' for edge in EDGES)} of the sharpness where the flow ends, at a thousandth of "
            "||y||^2 / N. The sharpness is that of the Hessian."
        ]
        return FigureContent(panels, observations, notes)


def _farthest_before(run: Arrays, limit: float, flow: Arrays) -> float | None:
    """How far, relatively, a run is from the flow up to its first record near `2/eta`; None for none but the start."""
    near = np.flatnonzero(run["sharpness"] >= NEAR * limit)
    before = slice(1, int(near[0]) if len(near) else None)  # both have the same start
    if not len(run["times"][before]):
        return None
    expected = np.interp(run["times"][before], flow["times"], flow["sharpness"])
    return float(np.max(np.abs(run["sharpness"][before] / expected - 1)))


def _percent(share: float | None) -> str:
    return "(no record to compare)" if share is None else f"{100 * share:.3g}"


TARGETS = [_Figure1("figure-1", "Figure 1: a tanh network's sharpness under gradient flow and gradient descent")]
