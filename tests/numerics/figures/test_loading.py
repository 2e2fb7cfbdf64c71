"""A command's matplotlib draws what any other does, and is as before once it is loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

DRAW = """
import sys
from pathlib import Path
import numpy as np
from numerics.figures.loading import load_undocumented
from numerics.figures.panels import Curve, Panel, draw_panels

if sys.argv[2] == "undocumented":
    load_undocumented()
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    print("Properties:" in Line2D.set.__doc__ or "antialiased" in Line2D.set.__doc__)

    class Own(Line2D):
        def set_height(self, height):
            "Set how high: a number."

    print("height" in Own.set.__doc__)
steps = np.arange(1, 30)
draw_panels([Panel("title $S$", "step", "loss", [Curve("label", steps, 1.0 / steps)], log_y=True)], Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_a_picture_is_the_same_and_only_help_texts_are_left_out(tmp_path: Path) -> None:
    pictures, told = [], ""
    for way in ("undocumented", "documented"):
        path = tmp_path / f"{way}.png"
        done = subprocess.run([sys.executable, "-c", DRAW, path, way], check=True, capture_output=True, text=True)
        pictures.append(path.read_bytes())
        told += done.stdout
    assert pictures[0] == pictures[1]
    assert told.split() == ["False", "True"]
