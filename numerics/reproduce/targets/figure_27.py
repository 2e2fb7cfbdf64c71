"""Figure 27: float32 and float64 on the synthetic data of Appendix D.1."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.reproduce.edge_of_stability import edge_record, edge_row, two_panels
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.training_figure import FigureContent, Observation, TrainingFigure
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

DATA, SAMPLES = "minimal:100,5.477,0.233,0.3,1.414", 100
START = "c=0.1,0.1,v=0.5"
LIMITS = {"0.8": "5/2", "1.2": "5/3", "1.5": "4/3"}
"""The paper's 2/eta, each with its step size eta."""
STEPS = 2000


def run_with(limit: str, arithmetic: str) -> Run:
    """Give the run of Appendix D.1 at `2/eta = limit`."""
    return Run(DATA, SAMPLES, 2, "gd", STEPS, LIMITS[limit], init=START, arithmetic=arithmetic, records=STEPS)


class _Figure27(TrainingFigure):
    def runs(self, reproduction: Reproduction) -> list[Run]:
        return [run_with(limit, kind) for limit in LIMITS for kind in ("float32", "float64")]

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        panels, observations = [], []
        for k, limit in enumerate(LIMITS):
            pair = results[2 * k : 2 * k + 2]
            panels += two_panels(f"2/eta = {limit}", ["float32", "float64"], pair)
            single, double = map(edge_record, pair)
            observations.append(
                Observation(
                    f"at 2/eta = {limit} both survive, and the sharpness falls back later in float64 "
                    f"(step {double.drop_step}) than in float32 (step {single.drop_step})",
                    not (single.diverged or double.diverged) and (single.drop_step or 0) < (double.drop_step or 0),
                )
            )
        return FigureContent(panels, observations, table=list(map(edge_row, runs, results)))


TARGET = _Figure27("figure-27", "Figure 27: the edge of stability in float32 and float64 (Appendix D.1)")
