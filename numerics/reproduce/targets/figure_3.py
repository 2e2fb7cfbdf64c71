"""Figure 3: smaller batches and larger steps sharpen a tanh network less."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import FigureContent, growing, main_data
from numerics.reproduce.network_path import NetworkPath
from numerics.reproduce.network_path_figure import ONE_OUTPUT, TIME, NetworkPathFigure, width_of
from numerics.reproduce.reproduction import Reproduction
from numerics.work.task import Arrays

SAMPLES, DEPTH = 100, 3
BATCHES = (5, 10, 25, None)
EDGES, SPAN = (0.5, 1.0, 2.0), 600.0
_RECORDS = 20


class _Figure3(NetworkPathFigure):
    def runs(self, reproduction: Reproduction) -> list[NetworkPath]:
        key, width = main_data(reproduction), width_of(reproduction)
        return [
            NetworkPath(key, SAMPLES, "tanh", DEPTH, width, edge, SPAN, batch, _RECORDS)
            for edge in EDGES
            for batch in BATCHES
        ]

    def show(self, reproduction: Reproduction, runs: Sequence[NetworkPath], results: Sequence[Arrays]) -> FigureContent:
        found = {(run.edge, run.batch_size): result for run, result in zip(runs, results, strict=True)}
        panels = []
        for edge in EDGES:
            step_size = float(found[edge, None]["step_size"])
            curves = [
                Curve(f"B = {batch or SAMPLES}", found[edge, batch]["times"], found[edge, batch]["sharpness"])
                for batch in BATCHES
            ]
            panels.append(Panel(f"eta = {step_size:.3g}", TIME, "sharpness", curves, levels=[("2/eta", 2 / step_size)]))
        ends = {where: _at_the_end(result) for where, result in found.items()}
        by_batch = {edge: [ends[edge, batch] for batch in BATCHES] for edge in EDGES}
        by_step = [ends[edge, BATCHES[0]] for edge in EDGES]
        observations = [
            *(
                growing(f"at 2/eta = {edge:g} S the sharpness at the end grows with the batch", values)
                for edge, values in by_batch.items()
            ),
            growing(f"with batches of {BATCHES[0]} it grows as the step size falls", by_step),
        ]
        batches = ", ".join(str(batch) for batch in BATCHES if batch is not None)
        notes = [
            f"{DEPTH} layers of width {runs[0].width}, tanh. {ONE_OUTPUT} Random reshuffling, batches of {batches} of "
            f"{SAMPLES} samples (the paper's are 125, 250 and 500 of more), and gradient descent. 2/eta (dashed) is "
            f"{', '.join(f'{edge:g}' for edge in EDGES)} of the sharpness S where gradient flow ends. At the end: the "
            "mean of the last quarter of the records."
        ]
        return FigureContent(panels, observations, notes)


def _at_the_end(result: Arrays) -> float:
    values = result["sharpness"]
    return float(np.mean(values[3 * len(values) // 4 :]))


TARGETS = [_Figure3("figure-3", "Figure 3: a tanh network's sharpness under SGD, by batch size and step size")]
