"""Figures 27 to 29: the edge of stability in several kinds of number, on synthetic data and on images."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from numerics.reproduce.edge_of_stability import EdgeRecord, edge_record, edge_row, later_with_more_bits, two_panels
from numerics.reproduce.figure import Figure, FigureContent, Observation, main_data
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays

LIMITS = {"0.8": "5/2", "1.2": "5/3", "1.5": "4/3"}
"""The paper's 2/eta on its synthetic data, each with its step size eta."""
BLOWS_UP, SURVIVES = "0.4 S", "0.95 S"
"""2/eta on images, S being the sharpness at the limit of the gradient flow: below S/2 a run may blow up."""
BITS = (24, 53, 113, 200, 400)
_OF_BITS = {f"{bits} bits": f"mpfr:{bits}" for bits in BITS}


def run_with(reproduction: Reproduction, limit: str, arithmetic: str) -> Run:
    """Give the run of Appendix D.1 at `2/eta = limit`."""
    data, start = "minimal:100,5.477,0.233,0.3,1.414", "c=0.1,0.1,v=0.5"
    return Run(data, 100, 2, "gd", 2000, LIMITS[limit], init=start, arithmetic=arithmetic, records=2000)


def _on_images(reproduction: Reproduction, limit: str, arithmetic: str) -> Run:
    step_size = f"edge:{limit.removesuffix(' S')}"
    return Run(main_data(reproduction), 100, 2, "gd", 8000, step_size, seed=2, arithmetic=arithmetic, records=2000)


@dataclass(frozen=True)
class _PrecisionFigure(Figure[Run]):
    limits: Sequence[str]
    kinds: Mapping[str, str]
    run: Callable[[Reproduction, str, str], Run]
    observe: Callable[[str, Sequence[EdgeRecord]], Observation]
    notes: Sequence[str] = ()

    def runs(self, reproduction: Reproduction) -> list[Run]:
        return [self.run(reproduction, limit, kind) for limit in self.limits for kind in self.kinds.values()]

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        panels, observations = [], []
        for k, limit in enumerate(self.limits):
            same = results[k * len(self.kinds) : (k + 1) * len(self.kinds)]
            panels += two_panels(f"2/eta = {limit}", list(self.kinds), same)
            observations.append(self.observe(limit, list(map(edge_record, same))))
        return FigureContent(panels, observations, list(self.notes), list(map(edge_row, runs, results)))


def _later_in_float64(limit: str, seen: Sequence[EdgeRecord]) -> Observation:
    single, double = seen
    return Observation(
        f"at 2/eta = {limit} both survive, and the sharpness falls back later in float64 "
        f"(step {double.drop_step}) than in float32 (step {single.drop_step})",
        not (single.diverged or double.diverged) and (single.drop_step or 0) < (double.drop_step or 0),
    )


def _later_or_gone(limit: str, seen: Sequence[EdgeRecord]) -> Observation:
    gone = [bits for bits, one in zip(BITS, seen, strict=True) if one.diverged]
    drops = [one.drop_step for one in seen]
    if limit == min(LIMITS):
        text = f"at 2/eta = {limit} runs of 200 bits and more blow up, the others survive: {gone}"
        return Observation(text, gone == [200, 400])
    if limit == BLOWS_UP:
        text = f"at 2/eta = {limit} runs blow up from some precision on: {gone}"
        return Observation(text, bool(gone) and gone == list(BITS[-len(gone) :]))
    if limit == SURVIVES:
        text = f"at 2/eta = {limit} more bits postpone the fall of the sharpness: {drops}"
        return Observation(text, later_with_more_bits(drops))
    text = f"at 2/eta = {limit} every run survives, and more bits postpone the fall: {drops}"
    return Observation(text, not gone and later_with_more_bits(drops))


TARGETS = (
    _PrecisionFigure(
        "figure-27",
        "Figure 27: the edge of stability in float32 and float64 (Appendix D.1)",
        tuple(LIMITS),
        {"float32": "float32", "float64": "float64"},
        run_with,
        _later_in_float64,
    ),
    _PrecisionFigure(
        "figure-28",
        "Figure 28: the edge of stability at several precisions (Appendix D.1)",
        tuple(LIMITS),
        _OF_BITS,
        run_with,
        _later_or_gone,
    ),
    _PrecisionFigure(
        "figure-29",
        "Figure 29: precision at the edge of stability on images (Appendix D.2)",
        (BLOWS_UP, SURVIVES),
        _OF_BITS,
        _on_images,
        _later_or_gone,
        [
            "The paper's number of samples and step sizes are not known to us: here N = 100 and two step sizes below "
            "the edge of the sharpness S that the gradient flow would reach. The spectrum is that of float64, taken "
            "as exact."
        ],
    ),
)
