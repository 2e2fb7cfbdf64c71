"""The squared radius of the top mode, inside and outside the circle R = 4."""

from __future__ import annotations

import math
from collections.abc import Sequence

from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from theory.formulas.blow_up import squared_radius, top_mode_step

_OUT_OF_SIGHT = 9.0


def around_the_circle(radii: Sequence[float], angle: float, steps: int) -> Html:
    """Runs of the top mode without a label, each from another squared radius: those outside 4 leave the picture."""
    ends = []
    with panels(1, 3.4) as (figure, axes):
        for start in radii:
            x, y = math.sqrt(start) * math.sin(angle), math.sqrt(start) * math.cos(angle)
            run = [squared_radius(x, y)]
            while len(run) <= steps and run[-1] < _OUT_OF_SIGHT:
                x, y = top_mode_step(x, y)
                run.append(squared_radius(x, y))
            axes.plot(run, linewidth=1.4, label=f"from $R = {start:g}$")
            ends.append(f"from {start:g} " + ("out of sight" if run[-1] >= _OUT_OF_SIGHT else f"to {run[-1]:.2f}"))
        axes.axhline(4, color="black", linestyle="dashed", linewidth=1.0)
        axes.set(ylim=(0, _OUT_OF_SIGHT), xlabel="step", ylabel="squared radius $R$")
        figure.legend(loc="outside upper center", ncols=3)
    return picture(
        figure,
        f"Squared radius over {steps} steps: {', '.join(ends)}",
        "One mode without a label: inside R = 4 (dashed) the squared radius never grows, outside it never shrinks.",
    )
