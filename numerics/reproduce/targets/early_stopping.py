"""Early stopping: what sharpness and imbalance are when the loss has fallen to a given part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import Figure, FigureContent, Observation, grows, main_data, sizes
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

PARTS = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
"""At which reachable loss training stops, as a part of the first."""
BATCH = 25
STEPS = 20_000


class _EarlyStopping(Figure[Run]):
    def runs(self, reproduction: Reproduction) -> list[Run]:
        key = main_data(reproduction)
        chosen = []
        for samples in sizes(reproduction, key)[:3]:
            limit = 300 if reproduction.bundled else 3000
            chosen += [
                Run(key, samples, 2, "gf-runge-kutta", STEPS, records=2000),
                Run(key, samples, 2, "gd", STEPS, f"2/{limit}", records=2000),
                Run(key, samples, 2, "sgd-reshuffle", STEPS, f"2/{limit}", BATCH, records=2000),
            ]
        return chosen

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        found = [(run, _along(result)) for run, result in zip(runs, results, strict=True)]
        panels = []
        for samples in dict.fromkeys(run.samples for run in runs):
            for what in ("sharpness", "imbalance gained"):
                curves = [
                    Curve(_name(run), along[_LEFT], along[what]) for run, along in found if run.samples == samples
                ]
                panels.append(Panel(f"N = {samples}", _LEFT, what, curves, log_x=True))
        table = [row for run, along in found for row in _stops(run, along)]
        return FigureContent(panels, _observations(table), [_NOTE], table)


_LEFT = "part of the reachable loss left"
_NOTE = (
    "Two layers, PyTorch's initialization. A row is the first record at which the reachable loss (without the part "
    "of the labels that no weights reach) is at most that part of the first; 'not reached' within the steps taken is "
    "left out."
)


def _along(result: Arrays) -> Arrays:
    reachable = result["loss"] - result["unreachable_loss"]
    imbalance = result["imbalance"][:, 0]
    return {_LEFT: reachable / reachable[0], "imbalance gained": imbalance - imbalance[0], **result}


def _stops(run: Run, along: Arrays) -> Iterator[dict[str, Any]]:
    for part in PARTS:
        at = np.flatnonzero(along[_LEFT] <= part)
        if len(at):
            k = int(at[0])
            yield {
                "N": run.samples,
                "optimizer": _name(run),
                "loss left": part,
                "step": int(along["steps"][k]),
                "sharpness": float(along["sharpness"][k]),
                "sharpness / first": float(along["sharpness"][k] / along["sharpness"][0]),
                "imbalance gained": float(along["imbalance gained"][k]),
            }


def _observations(table: list[dict[str, Any]]) -> list[Observation]:
    rising, order = [], []
    for samples in dict.fromkeys(row["N"] for row in table):
        for name in dict.fromkeys(row["optimizer"] for row in table):
            rows = [row["sharpness"] for row in table if (row["N"], row["optimizer"]) == (samples, name)]
            rising.append(grows(rows))
        for part in PARTS:
            gains = {
                row["optimizer"]: row["imbalance gained"]
                for row in table
                if (row["N"], row["loss left"]) == (samples, part)
            }
            if len(gains) == 3:
                flow, descent, stochastic = gains.values()
                order.append(flow < descent < stochastic)
    return [
        Observation(
            f"in {sum(rising)} of {len(rising)} runs a lower stopping loss means a higher sharpness",
            bool(rising) and all(rising),
        ),
        Observation(
            f"at {sum(order)} of {len(order)} stopping losses that all three reach, SGD has gained more imbalance than "
            "gradient descent, and that more than the gradient flow",
            bool(order) and all(order),
        ),
    ]


def _name(run: Run) -> str:
    if run.step_size is None:
        return "gradient flow"
    return (
        f"gradient descent {run.step_size}" if run.batch_size is None else f"SGD, B = {run.batch_size}, {run.step_size}"
    )


TARGETS = [_EarlyStopping("early-stopping", "Early stopping: sharpness and imbalance at given losses")]
