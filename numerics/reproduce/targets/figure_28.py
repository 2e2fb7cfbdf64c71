"""Figure 28: more bits postpone the fall of the sharpness, or let the run blow up."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.reproduce.edge import later_with_more_bits, passage, passage_row, two_panels
from numerics.reproduce.figure import Figure, Observation, Shown
from numerics.reproduce.shared_work import Study
from numerics.reproduce.targets.figure_27 import LIMITS, run_with
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

BITS = (24, 53, 113, 200, 400)


class _Figure28(Figure):
    def runs(self, study: Study) -> list[Run]:
        return [run_with(limit, f"mpfr:{bits}") for limit in LIMITS for bits in BITS]

    def show(self, study: Study, runs: Sequence[Run], results: Sequence[Arrays]) -> Shown:
        panels, observations = [], []
        for k, limit in enumerate(LIMITS):
            same = results[k * len(BITS) : (k + 1) * len(BITS)]
            panels += two_panels(f"2/eta = {limit}", [f"{bits} bits" for bits in BITS], same)
            seen = list(map(passage, same))
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
        return Shown(panels, observations, table=list(map(passage_row, runs, results)))


TARGET = _Figure28("figure-28", "Figure 28: the edge of stability at several precisions (Appendix D.1)")
