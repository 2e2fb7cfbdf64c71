"""Figures 18 to 20: the gradient flow from random initializations, against Table 14."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import Figure, FigureContent, Observation, numbers_in_words, sizes
from numerics.reproduce.published import published
from numerics.reproduce.random_initialization import deviations
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.spectrum_task import spectrum_of
from numerics.reproduce.training_task import Run
from numerics.work.task import Arrays
from theory.bounds import convergence, two_layer_minimizer

SEEDS = (0, 1, 2)
STEPS = 20_000
CONVERGED = 1e-6


@dataclass(frozen=True)
class _FlowFromRandomInitialization(Figure[Run]):
    """One panel for each of three seeds: the sharpness along the flow for every number of samples.

    Attributes:
        data: key of the data set.
        stands_in: whether the bundled digits take its place where none of the paper's data are at hand.
    """

    data: str
    stands_in: bool = False

    def runs(self, reproduction: Reproduction) -> list[Run]:
        """Give one run for each number of samples and seed."""
        key = reproduction.at_hand(self.data) if self.stands_in else self.data
        return [
            Run(key, samples, 2, "gf-runge-kutta", STEPS, tolerance=CONVERGED, init="alpha-beta", seed=seed)
            for seed in SEEDS
            for samples in sizes(reproduction, key)
        ]

    def show(self, reproduction: Reproduction, runs: Sequence[Run], results: Sequence[Arrays]) -> FigureContent:
        """Draw the flows, with the lower bound on the mean sharpness at their limit."""
        pairs = list(zip(runs, results, strict=True))
        expected = {
            run.samples: float(convergence(spectrum_of(draw), *deviations(int(draw["n_features"]))).lower)
            for run in runs
            for draw in [reproduction.draw(run.data, run.samples, 0)]
        }
        panels = [
            Panel(
                f"seed {seed}",
                "step",
                "sharpness",
                [
                    Curve(f"N = {run.samples}", result["steps"], result["sharpness"])
                    for run, result in pairs
                    if run.seed == seed
                ],
                levels=[(f"N = {samples}", value) for samples, value in expected.items()],
            )
            for seed in SEEDS
        ]
        table = []
        for samples, value in expected.items():
            printed = published("table-14", self.data, "lower bound", samples) if not reproduction.bundled else None
            last = [float(result["sharpness"][-1]) for run, result in pairs if run.samples == samples]
            table.append(
                {
                    "N": samples,
                    "last sharpness, by seed": numbers_in_words(last, 4),
                    "their mean": float(np.mean(last)),
                    "lower bound on the mean (Theorem 5.7)": value,
                    "paper's (Table 14)": "" if printed is None else printed.text,
                }
            )
        ended = [
            (run, result)
            for run, result in pairs
            if float(result["loss"][-1] - result["unreachable_loss"]) <= CONVERGED
        ]
        inside = [_within_corollary(reproduction, run, result) for run, result in ended]
        observations = [
            Observation(
                f"{sum(inside)} of the {len(inside)} runs that converged (of {len(runs)}) end within the bounds of "
                "Corollary 5.3 at their own imbalance, to a thousandth",
                bool(inside) and all(inside),
            )
        ]
        note = (
            f"From alpha-beta initializations, to loss {CONVERGED:g} or {STEPS} steps; with many samples the flow "
            "needs more. Dashed: the lower bound on the mean sharpness at the limit, of this draw."
        )
        return FigureContent(panels, observations, [note], table)


def _within_corollary(reproduction: Reproduction, run: Run, result: Arrays) -> bool:
    spectrum = spectrum_of(reproduction.draw(run.data, run.samples, 0))
    bounds = two_layer_minimizer(spectrum, float(result["imbalance"][0, 0]))
    last = float(result["sharpness"][-1])
    return float(bounds.lower) * 0.999 <= last <= float(bounds.upper) * 1.001


_TITLE = "gradient flow from alpha-beta initializations"
TARGETS = (
    _FlowFromRandomInitialization("figure-18", f"Figure 18: {_TITLE}, CIFAR10", "cifar10", stands_in=True),
    _FlowFromRandomInitialization("figure-19", f"Figure 19: {_TITLE}, SVHN", "svhn"),
    _FlowFromRandomInitialization("figure-20", f"Figure 20: {_TITLE}, Google speech commands", "speech"),
)
