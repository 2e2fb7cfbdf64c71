"""Tables of trained networks: predicted and final sharpness over random draws, beside the paper's."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.reproduce.correlation import errors_apart, interval, of_draws
from numerics.reproduce.network_task import LOSS, NetworkRun
from numerics.reproduce.paper_data import BUNDLED, PAPER_DATA
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.table import NO_DATA, number
from numerics.reproduce.target import Report, Target, Used
from numerics.work.task import Arrays, Task

PAPER_DRAWS = 50
CLOSE, _PRINTED_TO = 0.05, 0.005
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """A cell of such a table.

    Attributes:
        data: key of the data set.
        samples, activation, depth, width: the network, and how much it learns.
    """

    data: str
    samples: int
    activation: str
    depth: int
    width: int

    def runs(self, draws: int) -> list[NetworkRun]:
        """Give the run of each draw."""
        return [
            NetworkRun(self.data, self.samples, seed, self.activation, self.depth, self.width) for seed in range(draws)
        ]

    def published(self, table: str, quantity: str) -> float | None:
        """Give the paper's `correlation` or `mean`, or None where it prints none.

        Examples:
            >>> Place("cifar10", 100, "tanh", 3, 1024).published("table-5", "mean")
            266.0
        """
        everything = _published()
        rows = everything.get(table, {}).get(self.data, {}).get(str(self.samples), {}).get(quantity, {})
        if not (self.width in everything["widths"] and self.depth in everything["depths"] and self.activation in rows):
            return None
        row = rows[self.activation][everything["depths"].index(self.depth)]
        return float(row[everything["widths"].index(self.width)])


class NetworkTable(Target):
    """A table of trained networks.

    Args:
        name: such as `table-5`.
        title: one line.
        data: key of the data set.
        samples: numbers of samples N.
    """

    def __init__(self, name: str, title: str, data: str, samples: Sequence[int]) -> None:
        self.name, self.title, self._data, self._samples = name, title, data, tuple(samples)

    def places(self, reproduction: Reproduction) -> list[Place]:
        """Give every cell; where none of the paper's data are at hand, those of the digits."""
        data = BUNDLED.key if reproduction.bundled else self._data
        return [
            Place(data, samples, activation, depth, width)
            for samples in self._samples
            if samples in reproduction.networks.sizes
            for activation in reproduction.networks.activations
            for depth in reproduction.networks.depths
            for width in reproduction.networks.widths
        ]

    def used(self, reproduction: Reproduction) -> Used:
        """Draw each cell's data as often as is asked for."""
        places = [place for place in self.places(reproduction) if reproduction.allows(place.data, place.samples)]
        draws = reproduction.network_draws
        return Used(list(dict.fromkeys(place.data for place in places)), draws, range(draws))

    def follows(self, reproduction: Reproduction) -> Mapping[str, Collection[object]]:
        """Follow everything that says which networks are trained, and how often."""
        places = self.places(reproduction)
        return {
            "draws": [reproduction.network_draws],
            "widths": {place.width for place in places},
            "depths": {place.depth for place in places},
            "sizes": {place.samples for place in places},
            "activations": {place.activation for place in places},
        }

    def tasks(self, reproduction: Reproduction) -> list[Task]:
        """Give one task for each cell and draw."""
        return [
            run.task(reproduction.pool(place.data))
            for place in self.places(reproduction)
            if reproduction.allows(place.data, place.samples)
            for run in place.runs(reproduction.network_draws)
        ]

    def report(self, reproduction: Reproduction, results: Sequence[Arrays]) -> Report:
        """Compare every cell with the paper's."""
        remaining, draws = iter(results), reproduction.network_draws
        cells = []
        for place in self.places(reproduction):
            if reproduction.allows(place.data, place.samples):
                found = gathered([next(remaining) for _ in range(draws)])
            else:
                found = None
            cells.append(cell_record(self.name, place, found))
        notes = [
            f"{draws} draws; --draws, --widths, --depths and --sizes choose more or fewer networks. Gradient flow "
            f"from PyTorch's default start to the loss {LOSS:g} ||y||^2 / N. The law is of linear networks. Intervals "
            f"are by Fisher's transformation; the paper's correlations, of {PAPER_DRAWS} draws, have such ones too."
        ]
        if reproduction.bundled:
            notes.append("The paper's data are not at hand: these are the bundled digits, with nothing to compare.")
        record = {"target": self.name, "title": self.title, "draws": draws, "notes": notes, "cells": cells}
        return Report(record, as_markdown(self.title, cells, notes))


def gathered(results: Sequence[Arrays]) -> dict[str, Values]:
    """Put the numbers of all draws side by side."""
    return {name: np.array([float(result[name]) for result in results]) for name in ("predicted", "law", "trained")}


def cell_record(table: str, place: Place, found: Mapping[str, Values] | None) -> dict[str, Any]:
    """Give everything about a cell as JSON values: means, correlation, and the comparison with the paper."""
    record: dict[str, Any] = {
        "data": place.data,
        "samples": place.samples,
        "activation": place.activation,
        "depth": place.depth,
        "width": place.width,
    }
    printed = {name: place.published(table, name) for name in ("correlation", "mean")}
    if printed["mean"] is not None:
        record["published"] = printed
    if found is None:
        return record | {"status": NO_DATA}
    predicted, trained = found["predicted"], found["trained"]
    record |= {
        "status": "computed",
        "predicted": float(predicted.mean()),
        "trained": float(trained.mean()),
        "deviation": float(trained.std(ddof=1)),
        "correlation": of_draws(predicted, trained),
        "values": trained.tolist(),
        "predicted_values": predicted.tolist(),
    }
    if np.isfinite(found["law"]).all():
        record |= {
            "law": float(found["law"].mean()),
            "law_error": float(np.abs(found["law"] / trained - 1).mean()),
            "law_correlation": of_draws(found["law"], trained),
        }
    if record["correlation"] is not None:
        record["interval"] = list(interval(record["correlation"], len(trained)))
    if printed["correlation"] is not None and record["correlation"] is not None:
        apart = abs(record["correlation"] - printed["correlation"])
        record["verdict"] = f"correlation within {CLOSE}" if apart <= CLOSE else "correlation differs"
        record["errors_apart"] = apart_from_the_paper(record["correlation"], len(trained), printed["correlation"])
    return record


def apart_from_the_paper(correlation: float, draws: int, printed: float) -> float | None:
    """Give how far a correlation is from the paper's, of two decimals, in standard errors; None for too few draws."""
    return errors_apart(correlation, draws, printed, PAPER_DRAWS, rounded_by=_PRINTED_TO)


def as_markdown(title: str, cells: Sequence[Mapping[str, Any]], notes: Sequence[str]) -> str:
    """Write the table for people: one line for each cell."""
    head = (
        "data",
        "N",
        "activation",
        "depth",
        "width",
        "predicted",
        "law",
        "trained",
        "paper's",
        "correlation",
        "95 % interval",
        "paper's",
    )
    lines = [f"## {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    names = {**{key: data.name for key, data in PAPER_DATA.items()}, BUNDLED.key: BUNDLED.name}
    for cell in cells:
        printed = cell.get("published", {})
        place = [names[cell["data"]], *(str(cell[key]) for key in ("samples", "activation", "depth", "width"))]
        if cell["status"] == NO_DATA:
            ours = [NO_DATA, "", NO_DATA, _paper(printed, "mean"), NO_DATA, "", _paper(printed, "correlation")]
        else:
            ours = [
                number(cell["predicted"]),
                number(cell["law"]) if "law" in cell else "",
                f"{number(cell['trained'])}({number(cell['deviation'])})",
                _paper(printed, "mean"),
                "" if cell["correlation"] is None else f"{cell['correlation']:.2f}",
                "" if cell["correlation"] is None else "{:.2f} to {:.2f}".format(*cell["interval"]),
                _paper(printed, "correlation"),
            ]
        lines.append("| " + " | ".join([*place, *ours]) + " |")
    return "\n".join([*lines, *(f"\n{note}" for note in notes)]) + "\n"


def _paper(printed: Mapping[str, float], name: str) -> str:
    return "" if name not in printed else f"{printed[name]:.2f}" if name == "correlation" else f"{printed[name]:.0f}"


@functools.cache
def _published() -> Mapping[str, Any]:
    return tomllib.loads((files("numerics.reproduce") / "published_networks.toml").read_text(encoding="utf-8"))
