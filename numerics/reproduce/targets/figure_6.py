"""Figure 6, the minimalist part: the edge of stability on Gaussian data, with oscillations that decay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.reproduce.edge_of_stability import edge_record, falls_unevenly, two_panels
from numerics.reproduce.figure import Figure, FigureContent, Observation
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

DATA, SAMPLES = "gaussian:100,100", 100
STEP_SIZE = "1/7"


class _Figure6(Figure[Run]):
    def runs(self, reproduction: Reproduction) -> list[Run]:
        return [Run(DATA, SAMPLES, 2, "gd", 20_000, STEP_SIZE, records=4000)]

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        (result,) = results
        seen = edge_record(result)
        swing = np.abs(result["sharpness"] / seen.limit - 1)
        after = swing[int(np.argmax(result["sharpness"] > seen.limit)) :]
        early, late = float(after[: len(after) // 2].max()), float(after[len(after) // 2 :].max())
        observations = [
            Observation(
                f"the sharpness passes 2/eta = {seen.limit:.4g} and then crosses it {seen.crossings} times in all",
                seen.crossings >= 10,
            ),
            Observation(
                f"its oscillation decays: at most {100 * early:.2g} % of 2/eta in the first half after that, "
                f"{100 * late:.2g} % in the second",
                late < early,
            ),
            falls_unevenly(result),
        ]
        note = (
            "X and y are standard normal as in the paper, whose sizes and step size are not known to us: here N = d "
            f"= 100, two layers and eta = {STEP_SIZE}. The Transformer beside it in the paper is no minimalist model."
        )
        return FigureContent(two_panels("standard normal X and y", ["gradient descent"], results), observations, [note])


TARGETS = [_Figure6("figure-6", "Figure 6: the edge of stability of the minimalist model")]
