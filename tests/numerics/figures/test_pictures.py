"""Pictures show what they are given, look the same on every machine, and are whole or not there."""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pytest

import numerics
from numerics.figures.canvas import canvas
from numerics.figures.panels import Curve, Panel, draw_panels
from numerics.figures.trajectories import panels_of_runs, trajectory_panels
from numerics.trajectory import Outcome, Trajectory

STEPS = np.arange(4)


def _run(*sharpness: float, outcome: Outcome = Outcome.STEP_LIMIT) -> Trajectory:
    series = {
        "loss": np.array([1.0, 0.5, 0.0, 0.1]),
        "sharpness": np.array(sharpness),
        "imbalance": np.array([[1.0, 2.0]] * 4),
    }
    return Trajectory(outcome, 3, STEPS, series, {"step_size": "0.5"}, ((), ()))


@pytest.mark.slow
def test_a_run_is_shown_with_its_limit(tmp_path):
    figure = draw_panels(trajectory_panels(_run(1, 3, 5, 2)), tmp_path / "figure.png", columns=1)
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")
    assert [axes.get_ylabel() for axes in figure.axes] == ["loss", "sharpness", "imbalance"]
    loss, top, layers = (axes.lines for axes in figure.axes)
    assert loss[0].get_xdata().tolist() == [0, 1, 3]  # a logarithm cannot show 0
    assert top[1].get_label() == "above 2/step size at step 2"
    assert 4.0 in top[2].get_ydata()  # 2 / 0.5
    assert [line.get_label() for line in layers] == ["layer 1", "layer 2"]


def test_runs_that_diverge_do_not_flatten_the_others():
    runs = {"one": _run(1, 3, 5, 2), "gone": _run(1, 3, 1e9, 1e30, outcome=Outcome.DIVERGED)}
    _, top = panels_of_runs(runs, 4.0)
    assert top.limits == pytest.approx((0.0, 6.0))
    assert [panel.limits for panel in trajectory_panels(runs["one"])][:2] == [None, None]


def test_a_run_that_diverges_shows_the_edge_and_then_the_blow_up():
    run = _run(1, 3, 5, 1e30, outcome=Outcome.DIVERGED)
    run.series["loss"][-1], run.series["imbalance"][-1] = 1e60, 1e61
    loss, top, layers, end = trajectory_panels(run)
    assert top.limits == (0.0, 12.0)
    assert top.curves[1].label == "above 2/step size at step 2"
    assert loss.limits[1] == 1e3
    assert -2 < layers.limits[0] < 1 < 2 < layers.limits[1] < 4
    kept = trajectory_panels(_run(1, 2, 3, 3))[2]
    assert kept.limits is None  # two layers, whose imbalances are not the same
    one = _run(1, 2, 3, 3)
    one.series["imbalance"] = np.array([[0.0], [1e-16], [2e-16], [9e-16]])
    assert trajectory_panels(one)[2].limits == pytest.approx((-0.1, 0.1))
    assert end.log_y
    assert end.curves[0].y[-1] == 1e30
    assert [value for _, value in end.levels] == [4.0, 8.0]
    at_once = _run(1e30, 1e31, np.inf, np.nan, outcome=Outcome.DIVERGED)
    assert [panel.limits for panel in trajectory_panels(at_once)] == [None, None, None]


@pytest.mark.slow
def test_what_a_logarithm_cannot_show_is_left_out(tmp_path):
    curve = Curve("x", np.arange(4.0), np.array([1.0, -1.0, np.nan, np.inf]))
    panel = Panel("t", "x", "y", [curve], log_y=True, levels=[("x", 2.0), ("other", 3.0)], diagonal=True)
    figure = draw_panels([panel] * 4, tmp_path / "figure.png")
    assert figure.axes[0].lines[0].get_ydata().tolist() == [1.0]
    assert panel.record()["curves"][0]["y"] == [1.0, -1.0, None, None]
    long = Curve("x", np.arange(10_000), np.arange(10_000)).thinned()
    assert (len(long.x), long.x[0], long.x[-1]) == (200, 0, 9999)


def test_a_figure_that_fails_leaves_the_former_one(tmp_path):
    path = tmp_path / "figure.png"
    path.write_bytes(b"former")
    with pytest.raises(ZeroDivisionError), canvas(2.0, 2.0, path):
        1 / 0  # noqa: B018
    assert path.read_bytes() == b"former"


DRAWN = """
import sys
import matplotlib
import numpy as np
from pathlib import Path
from numerics.figures.panels import Curve, Panel, draw_panels

before = dict(matplotlib.rcParams)
draw_panels([Panel("title", "x", "y", [Curve("label", np.arange(3), np.arange(3))])], Path(sys.argv[1]))
assert dict(matplotlib.rcParams) == before
"""


@pytest.mark.slow
def test_a_users_own_style_changes_nothing(tmp_path, monkeypatch):
    """With `text.usetex` a machine without LaTeX could draw nothing."""
    plain, own = tmp_path / "plain.png", tmp_path / "own.png"
    monkeypatch.setattr(sys, "argv", ["", str(plain)])
    with matplotlib.rc_context():
        matplotlib.rcdefaults()  # whatever the style of who runs this
        exec(DRAWN, {})
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\naxes.facecolor: black\nfigure.dpi: 30\n")
    source, style = str(Path(numerics.__file__).parents[1]), str(tmp_path / "matplotlibrc")
    environment = {**os.environ, "PYTHONPATH": source, "MATPLOTLIBRC": style}
    subprocess.run([sys.executable, "-c", DRAWN, str(own)], env=environment, check=True, timeout=120)
    assert plain.read_bytes() == own.read_bytes()


@pytest.mark.slow
def test_where_matplotlib_does_not_start_that_is_said():
    draw = "from numerics.figures.canvas import canvas\nwith canvas(1, 1):\n    pass"
    asked = subprocess.run(
        [sys.executable, "-c", draw], env={**os.environ, "MPLBACKEND": "nosuch"}, capture_output=True, text=True
    )
    assert "ParameterError: matplotlib does not start: Key backend: 'nosuch'" in asked.stderr
