"""Figure 2: a tanh network's sharpness along gradient flow, over number of samples, depth and width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.network_path import NetworkPath
from numerics.reproduce.network_path_figure import (
    ONE_OUTPUT,
    NetworkPathFigure,
    growth,
    numbers_in_words,
    width_of,
)
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.training_figure import FigureContent, Observation, grows, main_data
from numerics.work.task import Arrays

SAMPLES, DEPTH = 100, 3
SIZES, DEPTHS, WIDTHS = (50, 100, 200), (3, 4, 5), (64, 128, 256, 512, 1024, 2048)


class _Figure2(NetworkPathFigure):
    def paths(self, reproduction: Reproduction) -> list[NetworkPath]:
        every = [path for paths in _series(reproduction).values() for path in paths]
        return list(dict.fromkeys(every))

    def show(
        self, reproduction: Reproduction, paths: Sequence[NetworkPath], results: Sequence[Arrays]
    ) -> FigureContent:
        found = dict(zip(paths, results, strict=True))
        panels, growths, ends = [], {}, []
        for what, chosen in _series(reproduction).items():
            curves = [Curve(_label(what, path), found[path]["times"], found[path]["sharpness"]) for path in chosen]
            panels.append(Panel(what, "time of the gradient flow", "sharpness", curves))
            growths[what] = [growth(found[path]) for path in chosen]
            ends.append(numbers_in_words([float(found[path]["sharpness"][-1]) for path in chosen]))
        samples, depths, widths = growths.values()
        observations = [
            Observation(
                f"the sharpness grows by a larger factor with more samples: {numbers_in_words(samples)}, to {ends[0]}",
                grows(samples),
            ),
            Observation(
                f"the sharpness grows by a larger factor with more layers: {numbers_in_words(depths)}, to {ends[1]}",
                grows(depths),
            ),
        ]
        if len(widths) > 1:
            observations.append(
                Observation(
                    f"that factor does not fall at each step to wider layers: {numbers_in_words(widths)}, to {ends[2]}",
                    any(map(grows, pairwise(widths))),
                )
            )
        width, widest = paths[0].width, max(path.width for path in paths)
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


def _label(what: str, path: NetworkPath) -> str:
    if what == "numbers of samples":
        return f"N = {path.samples}"
    return f"D = {path.depth}" if what == "numbers of layers" else f"width {path.width}"


TARGET = _Figure2("figure-2", "Figure 2: a tanh network's sharpness along the flow, by samples, depth and width")
