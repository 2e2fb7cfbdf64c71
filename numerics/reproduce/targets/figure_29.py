"""Figure 29: the same dependence on precision on real images."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.reproduce.edge_of_stability import edge_record, edge_row, later_with_more_bits, two_panels
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.targets.figure_28 import BITS
from numerics.reproduce.training_figure import FigureContent, Observation, TrainingFigure, main_data
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

SAMPLES, SEED = 100, 2
BLOWS_UP, SURVIVES = "0.4", "0.95"
"""2/eta as a part of the sharpness S at the limit of the gradient flow: below S/2 a run may blow up."""


class _Figure29(TrainingFigure):
    def runs(self, reproduction: Reproduction) -> list[Run]:
        key = main_data(reproduction)
        return [
            Run(key, SAMPLES, 2, "gd", 8000, f"edge:{part}", seed=SEED, arithmetic=f"mpfr:{bits}", records=2000)
            for part in (BLOWS_UP, SURVIVES)
            for bits in BITS
        ]

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        panels = []
        labels = [f"{bits} bits" for bits in BITS]
        first, second = results[: len(BITS)], results[len(BITS) :]
        for part, same in ((BLOWS_UP, first), (SURVIVES, second)):
            panels += two_panels(f"2/eta = {part} S", labels, same)
        gone = [bits for bits, result in zip(BITS, first, strict=True) if edge_record(result).diverged]
        drops = [edge_record(result).drop_step for result in second]
        observations = [
            Observation(
                f"at 2/eta = {BLOWS_UP} S runs blow up from some precision on: {gone}",
                bool(gone) and gone == list(BITS[-len(gone) :]),
            ),
            Observation(
                f"at 2/eta = {SURVIVES} S more bits postpone the fall of the sharpness: {drops}",
                later_with_more_bits(drops),
            ),
        ]
        note = (
            "The paper's number of samples and step sizes are not known to us: here N = 100 and two step sizes below "
            "the edge of the sharpness S that the gradient flow would reach. The spectrum is that of float64, taken "
            "as exact."
        )
        return FigureContent(panels, observations, [note], list(map(edge_row, runs, results)))


TARGET = _Figure29("figure-29", "Figure 29: precision at the edge of stability on images (Appendix D.2)")
