"""Figure 30: precision at the edge of stability in a SiLU network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.reproduce.edge_of_stability import edge_record, later_with_more_bits, two_panels
from numerics.reproduce.figure import Figure, FigureContent, Observation, main_data
from numerics.reproduce.network_path import NetworkPath
from numerics.reproduce.reproduction import Reproduction
from numerics.work.task import Arrays

SAMPLES, DEPTH, WIDTH, SEED = 5, 3, 32, 1
EDGE, SPAN, RECORDS = 0.9, 900.0, 400
KINDS = {24: "float32", 53: "float64", **{bits: f"mpfr:{bits}" for bits in (80, 113, 160, 200, 400)}}
"""By number of bits."""
_SAME = 1e-9


class _Figure30(Figure[NetworkPath]):
    def runs(self, reproduction: Reproduction) -> list[NetworkPath]:
        key = main_data(reproduction)
        return [
            NetworkPath(key, SAMPLES, "silu", DEPTH, WIDTH, EDGE, SPAN, records=RECORDS, arithmetic=kind, seed=SEED)
            for kind in KINDS.values()
        ]

    def show(self, reproduction: Reproduction, runs: Sequence[NetworkPath], results: Sequence[Arrays]) -> FigureContent:
        seen = [edge_record(result) for result in results]
        labels = [f"{bits} bits" for bits in KINDS]
        last = results[-1]["sharpness"]
        apart = [_apart(result["sharpness"], last) for result in results]
        drops = [one.drop_step for one in seen]
        alike = [bits for bits, value in zip(KINDS, apart, strict=True) if value <= _SAME]
        panels = two_panels(f"SiLU, D = {DEPTH}, width {WIDTH}", labels, results)
        observations = [
            Observation("no run blows up", not any(one.diverged for one in seen)),
            Observation(f"more bits do not hasten the fall of the sharpness: {drops}", later_with_more_bits(drops)),
            Observation(
                f"from some precision on the curves coincide to nine digits: {alike} bits",
                len(alike) > 1 and alike == list(KINDS)[-len(alike) :],
            ),
        ]
        table = [
            {"bits": bits, **one.steps(), "farthest from most bits": value}
            for bits, one, value in zip(KINDS, seen, apart, strict=True)
        ]
        note = (
            f"{DEPTH} layers of width {WIDTH}, SiLU, one output, no biases, from PyTorch's default start. The paper's "
            f"number of samples and step size are not known to us: here N = {SAMPLES}, at which 400 bits are "
            f"affordable, and 2/eta = {EDGE} S, S being the sharpness where gradient flow ends. A loss that "
            "is 0 in its arithmetic is not drawn."
        )
        return FigureContent(panels, observations, [note], table)


def _apart(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], others: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float:
    shared = min(len(values), len(others))
    return float(np.max(np.abs(values[:shared] / others[:shared] - 1)))


TARGETS = [_Figure30("figure-30", "Figure 30: precision at the edge of stability in a SiLU network (Appendix D.2)")]
