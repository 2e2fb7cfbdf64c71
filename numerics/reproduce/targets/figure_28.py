"""Figure 28: more bits postpone the fall of the sharpness, or let the run blow up."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.reproduce.edge_of_stability import edge_record, edge_row, later_with_more_bits, two_panels
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.targets.figure_27 import LIMITS, run_with
from numerics.reproduce.training_figure import FigureContent, Observation, TrainingFigure
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

BITS = (24, 53, 113, 200, 400)


class _Figure28(TrainingFigure):
    def runs(self, reproduction: Reproduction) -> list[Run]:
        return [run_with(limit, f"mpfr:{bits}") for limit in LIMITS for bits in BITS]

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        panels, observations = [], []
        for k, limit in enumerate(LIMITS):
            same = results[k * len(BITS) : (k + 1) * len(BITS)]
            panels += two_panels(f"2/eta = {limit}", [f"{bits} bits" for bits in BITS], same)
            seen = list(map(edge_record, same))
            gone = [bits for bits, one in zip(BITS, seen, strict=True) if one.diverged]
            if limit == min(LIMITS):
                observations.append(
                    Observation(
                        f"at 2/eta = {limit} runs of 200 bits and more blow up, the others survive: {gone}",
                        gone == [200, 400],
                    )
                )
                continue
            drops = [one.drop_step for one in seen]
            observations.append(
                Observation(
                    f"at 2/eta = {limit} every run survives, and more bits postpone the fall: {drops}",
                    not gone and later_with_more_bits(drops),
                )
            )
        return FigureContent(panels, observations, table=list(map(edge_row, runs, results)))


TARGET = _Figure28("figure-28", "Figure 28: the edge of stability at several precisions (Appendix D.1)")
