"""The map of self-stabilization as a phase portrait."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from theory.formulas.self_stabilization import self_stabilization_step


def phase_portrait(alpha: float, beta: float, step_size: float, heights: Sequence[float], steps: int) -> Html:
    """Orbits of the map of self-stabilization around its cycle of period 2."""
    with panels(1, 4.0) as (figure, axes):
        for height in heights:
            x, y = np.sqrt(2 * alpha / beta), height
            orbit = [(x, y)]
            for _ in range(steps):
                x, y = self_stabilization_step(x, y, step_size, alpha, beta)
                orbit.append((abs(x), y))
            axes.plot(*zip(*orbit, strict=True), linewidth=1.1, label=f"from $y = {height:g}$")
        axes.plot(np.sqrt(2 * alpha / beta), 0, "k+", markersize=12, label="cycle of period 2")
        axes.axhline(0, color="black", linewidth=0.8)
        axes.set(xlabel="size of the displacement, $|x_t|$", ylabel=r"$y_t = S_t - 2/\eta$")
        figure.legend(loc="outside upper center", ncols=3)
    return picture(
        figure,
        "Orbits of the self-stabilization map turn around the point where the sharpness is at its threshold",
        f"Appendix D.3's map with alpha = {alpha:g}, beta = {beta:g}, eta = {step_size:g}: {steps} steps each.",
    )
