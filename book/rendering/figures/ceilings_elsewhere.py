"""The ceiling on data, depths, mini-batches and networks of their own: tables and a picture of kept results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from book.rendering.figures.results import made_by, result
from book.rendering.formulas import Html, number
from book.rendering.picture import COLOURS, panels, picture
from book.rendering.tables import plain_table, table
from numerics.oscillation.peaks import peaks

BATCHES, NETWORKS = "mini_batch_ceilings", "network_ceilings"


def data_and_depths() -> Html:
    """Gradient descent on each data set at each depth: the ceiling, and the first peaks beside the law."""
    found = result(BATCHES)
    return table(
        [run for run in found["runs"] if run.get("chained")],
        ("data", "data"),
        ("depth", "depth"),
        ("2/eta", "edge"),
        ("ceiling, start to end", _from_start_to_end),
        ("sharpness at the end", "sharpness_at_the_end"),
        ("peaks", "peaks"),
        ("later ones above the ceiling by 1%", "later_peaks_above_the_ceiling_by_a_percent"),
        ("of the first five: heights within 5%", lambda run: _within(run, "height_off", 0.05)),
        ("heights above 2/eta within 10%", lambda run: _within(run, "excess_off", 0.1)),
        ("steps since the crossing within 10%", lambda run: _within(run, "delay_off", 0.1)),
    ) + made_by(found)


def _from_start_to_end(run: Mapping[str, Any]) -> str:
    return f"{number(run['ceiling_at_the_start'])} to {number(run['ceiling_at_the_end'])}"


def _within(run: Mapping[str, Any], name: str, most: float) -> str:
    off = [peak[name] for peak in run["chained"]]
    return f"{sum(one is not None and abs(one) <= most for one in off)} of {len(off)}"


def mini_batches() -> Html:
    """What batches add to the imbalance, derived and seen, and where the sharpness ends; beside gradient descent."""
    return table(
        [run for run in result(BATCHES)["runs"] if run["rank"] == run["samples"]],  # the labels can be reached
        ("data", "data"),
        ("depth", "depth"),
        ("batch", "batch_size"),
        ("C of the first later layer: what descent adds", "added_by_descent"),
        ("what the choice of batches adds, in the mean", "added_by_the_choice_of_batches"),
        ("what was added", lambda run: run["imbalance_at_the_end"] - run["imbalance_at_the_start"]),
        ("ceiling, start to end", _from_start_to_end),
        ("2/eta", "edge"),
        ("highest sharpness", "highest_sharpness"),
        ("sharpness at the end", "sharpness_at_the_end"),
    )


def neutral() -> Html:
    """Where random products of steps at the minimizer neither grow nor shrink, beside where the runs ended."""
    key = "ceiling_where_random_products_neither_grow_nor_shrink"
    return table(
        [run for run in result(BATCHES)["runs"] if key in run],
        ("batch", "batch_size"),
        ("2/eta", "edge"),
        ("sharpness where residuals neither grow nor shrink", key),
        ("sharpness at the end", "sharpness_at_the_end"),
    )


def at_rest() -> Html:
    """Labels that the data cannot reach: the imbalance where the noise adds nothing, and where the runs are."""
    return table(
        [run for run in result(BATCHES)["runs"] if "imbalance_at_rest" in run],
        ("batch", "batch_size"),
        ("C at the start", "imbalance_at_the_start"),
        ("C at rest, from the data", "imbalance_at_rest"),
        ("C at the end", "imbalance_at_the_end"),
        ("ceiling at the start", "ceiling_at_the_start"),
        ("at rest, from the data", "ceiling_at_rest"),
        ("at the end", "ceiling_at_the_end"),
    )


def networks() -> Html:
    """Each network's peaks, the ceiling before and after each, and the end."""
    found = result(NETWORKS)

    def of_peaks(name: str) -> Callable[[Mapping[str, Any]], str]:
        return lambda run: " ".join(f"{peak[name]:.3f}" for peak in run["peaks"])

    return table(
        found["runs"],
        ("activation", "activation"),
        ("width", "width"),
        ("peaks over 2/eta", of_peaks("height_over_edge")),
        ("ceiling before each", of_peaks("ceiling_before_over_edge")),
        ("ceiling after each", of_peaks("ceiling_after_over_edge")),
        ("sharpness at the end", lambda run: f"{run['sharpness'][-1] / run['edge']:.3f}"),
    ) + made_by(found)


def as_one_neuron() -> Html:
    """`a^T M a / ||a||^2` where the flow would end, at the start, before each later peak, and at the end."""
    found = result(NETWORKS)
    rows = []
    for run in found["runs"]:
        if run["imbalance_as_one_neuron"] is not None:
            later = peaks(np.array(run["sharpness"]), run["edge"])[1:]
            places = [0, *(peak.crossing // found["every"] for peak in later), -1]
            rows.append((str(run["width"]), *(f"{run['imbalance_as_one_neuron'][place]:.4f}" for place in places)))
    widest = max(map(len, rows))
    heads = ("width", "start", *(f"before peak {place}" for place in range(2, widest - 1)), "end")
    return plain_table(heads, [(*row[:-1], *[""] * (widest - len(row)), row[-1]) for row in rows])


def network_picture(width: int) -> Html:
    """Sharpness and ceiling of the networks of one width, over `2/eta`."""
    found = result(NETWORKS)
    runs = [run for run in found["runs"] if run["width"] == width]
    with panels(len(runs), 2.2 * len(runs), sharex=True) as (figure, axes):
        for one, run in zip(axes, runs, strict=True):
            sharpness = np.array(run["sharpness"]) / run["edge"]
            steps = np.arange(len(sharpness))
            one.plot(steps, sharpness, color="0.75", linewidth=0.8, label="sharpness")
            means = (sharpness[:-1] + sharpness[1:]) / 2
            one.plot(steps[:-1] + 0.5, means, color="0.15", linewidth=1.0, label="mean of two steps")
            every, ceilings = steps[:: found["every"]], np.array(run["ceilings"]) / run["edge"]
            one.plot(every, ceilings, color=COLOURS[6], linewidth=2.2, label="where the flow would end")
            one.axhline(1.0, color="black", linestyle="dashed", linewidth=0.9)
            one.set_ylabel(f"{run['activation']}, over 2/eta")
        axes[-1].set_xlabel("step")
    return picture(
        figure,
        "Sharpness of three networks under the sharpness where gradient flow from the current weights would end",
        f"Two layers, width {width}, {found['samples']} images of cats and dogs, PyTorch's start.",
    )
