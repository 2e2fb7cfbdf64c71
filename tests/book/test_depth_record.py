"""Networks by depth: what the page says of the kept records, against a count of its own."""

from html import unescape

import numpy as np

from book.rendering.figures.depth import at_the_start, depth_on_tables, figure_7
from book.rendering.figures.results import result
from tests.book.test_what_pages_say_of_results import cells_of


def test_the_page_counts_the_directions_of_the_kept_draws():
    found = result("reproduced/depth-and-width")
    rows = cells_of(unescape(depth_on_tables().text).replace("\u00a0", " "))[1:]
    linear = [["identity", width] for width in ("1", "16", "128", "512")]
    assert [row[:2] for row in rows] == [*linear, ["tanh", "all"], ["silu", "all"], ["elu", "all"]]
    for row in rows:
        points = [p for p in found["points"] if p["activation"] == row[0] and row[1] in ("all", str(p["width"]))]
        ended = [point for point in points if all(point["trained"])]
        up = [point["trained"][-1] > point["trained"][0] for point in ended]
        hard = [point["difficulty"] > 1 for point in ended]
        assert row[2] == f"{len(ended)} of {len(points)}"
        assert row[3] == f"{np.sum(np.equal(up, hard))} of {len(ended)}"
        if row[0] == "identity":
            law = [point["law"][-1] > point["law"][0] for point in ended]
            assert row[5] == f"{np.sum(np.equal(up, law))} of {len(ended)}"
        else:
            assert row[5] == ""


def test_the_record_and_the_page_say_how_many_draws_end_and_how_far_predictions_are_off():
    found = result("reproduced/depth-and-width")
    whole = [point for point in found["points"] if all(point["trained"])]
    assert found["observations"][0]["text"] == f"{len(whole)} of {len(found['points'])} draws end at every depth"
    assert any(all((p["trained"][0], p["trained"][-1])) and not all(p["trained"]) for p in found["points"])
    assert all((point["grown"] is not None) == (point in whole) for point in found["points"])
    shown = unescape(depth_on_tables().text)
    linear = [point for point in whole if point["activation"] == "identity"]
    for words, key in (("the paper's", "predicted"), ("the balanced minimizer's", "balanced"), ("the law's", "law")):
        ratios = np.array([point[key] for point in linear]) / np.array([point["trained"] for point in linear])
        assert f"{words} {100 * np.abs(ratios - 1).mean():.2g}%" in shown


def test_the_page_gives_the_start_of_the_images_and_of_every_table():
    head, *rows = cells_of(unescape(at_the_start().text))
    assert head == ["columns", "κ at width 512", "D = 2", "D = 3", "D = 4", "D = 5"]
    assert [int(row[0]) for row in rows] == [3072, 30, 13, 10, 4, 3]
    for row in rows:
        kappa = 512 / (3 * int(row[0]))
        scales = [(depth - 1) * kappa / 3 ** (depth - 2) + 1 / 3 ** (depth - 1) for depth in (2, 3, 4, 5)]
        assert row[1:] == [f"{value:.2g}" for value in (kappa, *scales)]


def test_the_kept_draws_bear_out_what_the_page_says_of_wide_layers():
    """The law's direction is mostly right, and from 16 neurons on depth sharpens less the wider the layer."""
    points = result("reproduced/depth-and-width")["points"]
    for activation in {point["activation"] for point in points}:
        grown = [
            np.median(
                [p["grown"] for p in points if p["grown"] and (p["activation"], p["width"]) == (activation, width)]
            )
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
