"""Figure 2: a tanh network's sharpness along gradient flow, over number of samples, depth and width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.figure import FigureContent, Observation, growing, grows, growth, main_data, numbers_in_words
from numerics.reproduce.network_path import NetworkPath
from numerics.reproduce.network_path_figure import ONE_OUTPUT, NetworkPathFigure, width_of
from numerics.reproduce.reproduction import Reproduction
from numerics.work.task import Arrays

SAMPLES, DEPTH = 100, 3
SIZES, DEPTHS, WIDTHS = (50, 100, 200), (3, 4, 5), (64, 128, 256, 512, 1024, 2048)


class _Figure2(NetworkPathFigure):
    def runs(self, reproduction: Reproduction) -> list[NetworkPath]:
        return list(dict.fromkeys(run for runs in _series(reproduction).values() for run in runs))

    def show(self, reproduction: Reproduction, runs: Sequence[NetworkPath], results: Sequence[Arrays]) -> FigureContent:
        found = dict(zip(runs, results, strict=True))
        panels, growths, ends = [], {}, []
        for what, chosen in _series(reproduction).items():
            curves = [Curve(_label(what, run), found[run]["times"], found[run]["sharpness"]) for run in chosen]
            panels.append(Panel(what, "time of the gradient flow", "sharpness", curves))
            growths[what] = [growth(found[run]) for run in chosen]
            ends.append(numbers_in_words([float(found[run]["sharpness"][-1]) for run in chosen]))
        samples, depths, widths = growths.values()
        observations = [
            growing("the sharpness grows by a larger factor with more samples", samples, after=f", to {ends[0]}"),
            growing("the sharpness grows by a larger factor with more layers", depths, after=f", to {ends[1]}"),
        ]
        if len(widths) > 1:
            observations.append(
                Observation(
                    f"that factor does not fall at each step to wider layers: {numbers_in_words(widths)}, to {ends[2]}",
                    any(map(grows, pairwise(widths))),
                )
            )
        width, widest = runs[0].width, max(run.width for run in runs)
        left_out = [str(one) for one in WIDTHS if one > widest]
        notes = [
            f"Where nothing else is said: {DEPTH} layers of width {width}, N = {SAMPLES}. {ONE_OUTPUT} Widths of the "
            f"paper that are left out: {', '.join(left_out) or 'none'}; --widths chooses the widest. The flow ends at "
            "a thousandth of ||y||^2 / N; the sharpness is that of the Hessian."
        ]
        return FigureContent(panels, observations, notes)


def _series(reproduction: Reproduction) -> Mapping[str, list[NetworkPath]]:
    key, width = main_data(reproduction), width_of(reproduction)
    widths = [one for one in WIDTHS if one <= max(reproduction.networks.widths)] or [width]
    return {
        "numbers of samples": [NetworkPath(key, samples, "tanh", DEPTH, width) for samples in SIZES],
        "numbers of layers": [NetworkPath(key, SAMPLES, "tanh", depth, width) for depth in DEPTHS],
        "widths": [NetworkPath(key, SAMPLES, "tanh", DEPTH, one) for one in widths],
    }


def _label(what: str, run: NetworkPath) -> str:
    if what == "numbers of samples":
        return f"N = {run.samples}"
    return f"D = {run.depth}" if what == "numbers of layers" else f"width {run.width}"


TARGETS = [_Figure2("figure-2", "Figure 2: a tanh network's sharpness along the flow, by samples, depth and width")]
