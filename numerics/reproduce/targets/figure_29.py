"""Figure 29: the same dependence on precision on real images."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.reproduce.edge import later_with_more_bits, passage, passage_row, two_panels
from numerics.reproduce.figure import Figure, Observation, Shown, main_data
from numerics.reproduce.shared_work import Study
from numerics.reproduce.targets.figure_28 import BITS
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

SAMPLES, SEED = 100, 2
BLOWS_UP, SURVIVES = "0.4", "0.95"
"""2/eta as a part of the sharpness S at the limit of the gradient flow: below S/2 a run may blow up."""


class _Figure29(Figure):
    def runs(self, study: Study) -> list[Run]:
        key = main_data(study)
        return [
            Run(key, SAMPLES, 2, f"edge:{part}", None, 8000, seed=SEED, arithmetic=f"mpfr:{bits}", records=2000)
            for part in (BLOWS_UP, SURVIVES)
            for bits in BITS
        ]

    def show(self, study: Study, runs: Sequence[Run], results: Sequence[Arrays]) -> Shown:
        panels = []
        labels = [f"{bits} bits" for bits in BITS]
        first, second = results[: len(BITS)], results[len(BITS) :]
        for part, same in ((BLOWS_UP, first), (SURVIVES, second)):
            panels += two_panels(f"2/eta = {part} S", labels, same)
        gone = [bits for bits, result in zip(BITS, first, strict=True) if passage(result).diverged]
        drops = [passage(result).drop_step for result in second]
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
        return Shown(panels, observations, [note], list(map(passage_row, runs, results)))


TARGET = _Figure29("figure-29", "Figure 29: precision at the edge of stability on images (Appendix D.2)")
