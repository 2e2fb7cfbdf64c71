"""Networks by depth: what the page says of the kept records, against a count of its own."""

from html import unescape

import numpy as np

from book.rendering.figures.depth import depth_on_tables, figure_7
from book.rendering.figures.results import result
from tests.book.test_what_pages_say_of_results import cells_of


def test_the_page_counts_the_directions_of_the_kept_runs():
    found = result("reproduced/depth-and-width")
    rows = cells_of(unescape(depth_on_tables().text).replace("\u00a0", " "))[1:]
    linear = [["identity", width] for width in ("1", "16", "128", "512")]
    assert [row[:2] for row in rows] == [*linear, ["tanh", "all"], ["silu", "all"], ["elu", "all"]]
    for row in rows:
        points = [p for p in found["points"] if p["activation"] == row[0] and row[1] in ("all", str(p["width"]))]
        ended = [point for point in points if None not in (point["trained"][0], point["trained"][-1])]
        up = [point["trained"][-1] > point["trained"][0] for point in ended]
        hard = [point["difficulty"] > 1 for point in ended]
        assert row[2] == f"{len(ended)} of {len(points)}"
        assert row[3] == f"{np.sum(np.equal(up, hard))} of {len(ended)}"
        if row[0] == "identity":
            law = [point["law"][-1] > point["law"][0] for point in ended]
            assert row[5] == f"{np.sum(np.equal(up, law))} of {len(ended)}"
        else:
            assert row[5] == ""


def test_the_kept_runs_bear_out_what_the_page_says_of_wide_layers():
    """The law's direction is mostly right, and from 16 neurons on depth sharpens less the wider the layer."""
    points = result("reproduced/depth-and-width")["points"]
    for activation in {point["activation"] for point in points}:
        grown = [
            np.median([p["grown"] for p in points if (p["activation"], p["width"]) == (activation, width)])
            for width in (16, 128, 512)
        ]
        assert grown == sorted(grown, reverse=True)
    linear = [point for point in points if point["activation"] == "identity"]
    right = [(point["law"][-1] > point["law"][0]) == (point["grown"] > 1) for point in linear]
    assert np.mean(right) > 0.9


def test_the_page_says_of_figure_7_what_its_draws_say():
    cell, other = result("reproduced/figure-7")["cells"]
    shown = unescape(figure_7().text)
    correlation = np.corrcoef(cell["predicted_values"], cell["values"])[0, 1]
    assert f"{len(cell['values'])} draws: correlation {correlation:.3f} (" in shown
    assert "the paper's 0.99; mean after training" in shown
    assert other["status"] == "no data"
    assert "Left out, without its data: tanh, 4 layers of width 1024, N = 100 on SVHN." in shown
