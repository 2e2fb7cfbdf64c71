"""At the edge of stability: one run per precision, the map of self-stabilization, one step of SGD."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from book.rendering.training import EDGE_DATA, EDGE_START, at_the_edge
from theory.self_stabilization import self_stabilization_step


def per_precision(threshold: str, arithmetics: Sequence[str], steps: int) -> Html:
    """Loss and sharpness of gradient descent with the same step size in several arithmetics."""
    ends = []
    with panels(2, 5.0, sharex=True) as (figure, (above, below)):
        for arithmetic in arithmetics:
            run = at_the_edge(threshold, arithmetic, steps)
            ends.append(f"{arithmetic} {run.outcome.value} at step {run.last_step}")
            above.plot(run.steps, run.series["loss"], label=arithmetic)
            below.plot(run.steps, run.series["sharpness"])
        above.set_yscale("log")
        above.set_ylim(top=10)  # a run that blows up leaves the picture
        above.set_ylabel("loss")
        above.legend(ncols=2)
        below.set_ylim(0, 2.2)
        below.axhline(float(threshold), color="black", linestyle="dashed", label=r"$2/\eta$")
        below.set_ylabel("sharpness")
        below.set_xlabel("step")
        below.legend()
    return picture(
        figure,
        "Loss and sharpness over the steps, one curve per precision: more bits delay the drop of the sharpness",
        f"{EDGE_DATA} from {EDGE_START}, 2/eta = {threshold}: {'; '.join(ends)}.",
    )


def phase_portrait(alpha: float, beta: float, step_size: float, heights: Sequence[float], steps: int) -> Html:
    """Orbits of the map of self-stabilization around its cycle of period 2."""
    with panels() as (figure, axes):
        for height in heights:
            x, y = np.sqrt(2 * alpha / beta), height
            orbit = [(x, y)]
            for _ in range(steps):
                x, y = self_stabilization_step(x, y, step_size, alpha, beta)
                orbit.append((abs(x), y))
            axes.plot(*zip(*orbit, strict=True), linewidth=1.1, label=f"from $y = {height:g}$")
        axes.plot(np.sqrt(2 * alpha / beta), 0, "k+", markersize=12, label="cycle of period 2")
        axes.axhline(0, color="black", linewidth=0.8)
        axes.set_xlabel("size of the displacement, $|x_t|$")
        axes.set_ylabel(r"$y_t = S_t - 2/\eta$")
        axes.legend(loc="upper right")
    return picture(
        figure,
        "Orbits of the self-stabilization map turn around the point where the sharpness is at its threshold",
        f"Appendix D.3's map with alpha = {alpha:g}, beta = {beta:g}, eta = {step_size:g}: {steps} steps each.",
    )
