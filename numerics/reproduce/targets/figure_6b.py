"""Figure 6, the Transformer's part: it meets the edge of stability on SST-2, and stays there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from numerics.reproduce.edge_of_stability import edge_record, falls_unevenly, two_panels
from numerics.reproduce.figure import Figure, FigureContent, Observation
from numerics.reproduce.paper_data import GRAMMAR
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.transformer_task import TransformerRun
from numerics.work.task import Arrays

RUN = TransformerRun(GRAMMAR, 100, step_size="1/15", steps=2000, record_every=9, size=16)
"""Recorded at odd distances: at the edge the motion has period two, and every other step would show one side of it."""
_CLOSE, _LONG = 0.05, 500
_STAND_IN = "sentences of a grammar that stand in for SST-2"


@dataclass(frozen=True)
class TransformerFigure(Figure[TransformerRun]):
    """Sharpness and loss of a Transformer under gradient descent.

    Attributes:
        run: the Transformer and its training.
    """

    run: TransformerRun

    def runs(self, reproduction: Reproduction) -> list[TransformerRun]:
        """Give the one run, on the sentences at hand."""
        return [replace(self.run, data=reproduction.sentences)]

    def show(
        self, reproduction: Reproduction, runs: Sequence[TransformerRun], results: Sequence[Arrays]
    ) -> FigureContent:
        """Draw both, and say what they did at the edge."""
        (result,), (run,) = results, runs
        stand_in = not run.data.startswith("sst2:")
        data = _STAND_IN if stand_in else "SST-2"
        notes = [
            f"As in the paper a Transformer of {run.blocks} layers and {run.heads} heads with GELU is trained by "
            f"gradient descent on the mean of squares; its vectors have {run.size} numbers here and 64 there, "
            f"{int(result['parameters'])} parameters in all. Sentences of at most 16 words, their number N and "
            f"eta = {run.step_size} are our choice. The sharpness is that of every {run.record_every}th step."
        ]
        if stand_in:
            made = f"{run.data}, seed {run.seed}"
            notes.insert(
                0, f"SST-2 is not at hand: the data are sentences that a grammar makes ({made}), not people's."
            )
        return FigureContent(
            two_panels(data, ["gradient descent"], results),
            observations(result),
            notes,
            data=[f"{data}, N = {run.samples}"],
            title_goes_on=f", on {data}",
        )


def observations(result: Arrays) -> list[Observation]:
    """Say what a run did at the edge, and whether that is what the paper's figure shows."""
    seen = edge_record(result)
    steps, sharpness = result["steps"], result["sharpness"]
    off = np.abs(sharpness / seen.limit - 1)
    far = np.flatnonzero(off > _CLOSE)
    settled = int(far[-1]) + 1 if len(far) else 0
    stays = int(steps[-1] - steps[settled]) if settled < len(steps) else 0
    after = off if seen.crossing_step is None else off[steps >= seen.crossing_step]
    early, late = (float(half.max(initial=0.0)) for half in np.split(after, [len(after) // 2]))
    arrives = "never passes" if seen.crossing_step is None else f"passes it by step {seen.crossing_step}"
    return [
        Observation(
            f"the sharpness rises from {sharpness[0]:.4g} and {arrives}: 2/eta = {seen.limit:.4g}",
            seen.crossing_step is not None and bool(sharpness[0] < seen.limit / 2),
        ),
        Observation(
            f"it stays there: over the last {stays} of {int(steps[-1])} steps the recorded ones are within "
            f"{100 * _CLOSE:.0f} % of 2/eta",
            seen.crossing_step is not None and stays >= _LONG,
        ),
        Observation(
            f"its oscillation decays: at most {100 * early:.2g} % of 2/eta in the first half of the recorded steps "
            f"from there, {100 * late:.2g} % in the second",
            seen.crossings >= 2 and late < early,
        ),
        falls_unevenly(result),
    ]


TARGETS = [TransformerFigure("figure-6b", "Figure 6(b) and (d): the edge of stability of a Transformer", RUN)]
