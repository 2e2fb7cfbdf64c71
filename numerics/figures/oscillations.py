"""The figure that shows why oscillations decay: the sharpness under its ceiling, the peaks, and the imbalance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.figures.panels import Curve, Panel
from numerics.oscillation.ceiling import ceiling
from numerics.oscillation.oscillations import Oscillations
from numerics.oscillation.peaks import Peak

_HEADROOM, _ASIDE, _POINTS, _STEPS = 1.1, 0.2, 200, 500
CEILING, FLATTEST = "ceiling $S_\\infty(C)$", "flattest minimizer"
_SLIM, _BOLD = {"linewidth": 1.0, "color": "0.25"}, {"linewidth": 2.2, "color": "tab:red"}


def oscillation_panels(found: Oscillations) -> list[Panel]:
    """Sharpness, ceiling and peaks above, the layer imbalances below.

    Args:
        found: the run.
    """
    steps = np.arange(len(found.run.sharpness))
    some = np.unique(np.linspace(0, steps[-1], _STEPS).round().astype(np.int64))  # more would not be seen
    heights = found.ceilings_at(some)
    finite = heights[np.isfinite(heights)]
    crossings = [peak.height for peak in found.peaks]
    highest = max([2 * found.edge] if found.run.diverged else [found.edge, float(finite.max()), *crossings])
    curves = [
        Curve("sharpness $S$", steps, found.run.sharpness, style=_SLIM),
        Curve(CEILING, some, heights, style=_BOLD),
        _marks("peaks", found.peaks, "o", "full"),
        _marks("peaks predicted from the first crossing", found.predicted_peaks, "D", "none"),
    ]
    levels = [("2/step size", found.edge), (FLATTEST, found.flattest)]
    depth = found.problem.depth
    imbalances = [
        Curve("" if depth == 2 else f"later layer {place + 1}", steps, found.imbalances[:, place])
        for place in range(depth - 1)
    ]
    return [
        Panel(
            "", "", "sharpness", [one for one in curves if len(one.x)], levels=levels, limits=(0.0, highest * _HEADROOM)
        ),
        Panel("", "step", "layer imbalance $C$", imbalances),
    ]


def valley_panel(found: Oscillations) -> Panel:
    """The ceiling over the imbalance, and where the run stands: at the start, before each later peak, at the end.

    Args:
        found: a run of two layers.
    """
    steps = [0, *(peak.crossing for peak in found.peaks[1:]), -1]
    visited = found.imbalances[steps, 0]
    low, high = float(visited.min()), float(visited.max())
    wide = np.linspace(low - _ASIDE * (high - low), high + _ASIDE * (high - low), _POINTS)
    heights = np.array([ceiling(found.spectrum, [one]) for one in wide.tolist()])
    curves = [
        Curve(CEILING, wide, heights, style=_BOLD),
        Curve(
            "at the start, before each later peak, at the end",
            visited,
            found.ceilings_at(steps),
            style={"linestyle": "none", "marker": "o", "markersize": 6, "color": "black"},
        ),
    ]
    return Panel("", "layer imbalance $C$", "sharpness", curves, levels=[("2/step size", found.edge)])


def _marks(label: str, found: Sequence[Peak], marker: str, fill: str) -> Curve:
    style = {"linestyle": "none", "marker": marker, "markersize": 6, "fillstyle": fill, "color": "tab:blue"}
    steps, heights = np.array([one.step for one in found]), np.array([one.height for one in found])
    return Curve(label, steps, heights, style=style)
