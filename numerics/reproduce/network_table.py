"""Tables of trained networks: predicted and final sharpness over random draws, beside the paper's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.reproduce.correlation import errors_apart, interval, of_draws
from numerics.reproduce.network_task import LOSS, NetworkRun
from numerics.reproduce.published import printed_numbers
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.table import NAMES, NO_DATA, Table, markdown_table, number
from numerics.work.task import Arrays

PAPER_DRAWS = 50
CLOSE, _PRINTED_TO = 0.05, 0.005
_PLACE = ("data", "samples", "activation", "depth", "width")


def printed_for(table: str, run: NetworkRun, quantity: str) -> float | None:
    """Give the paper's `correlation` or `mean` for a network, or None where it prints none.

    Examples:
        >>> printed_for("table-5", NetworkRun("cifar10", 100, "tanh", 3, 1024), "mean")
        266.0
    """
    everything = printed_numbers("published_networks.toml")
    rows = everything.get(table, {}).get(run.data, {}).get(str(run.samples), {}).get(quantity, {})
    if not (run.width in everything["widths"] and run.depth in everything["depths"] and run.activation in rows):
        return None
    row = rows[run.activation][everything["depths"].index(run.depth)]
    return float(row[everything["widths"].index(run.width)])


class TrainedNetworks(Table[NetworkRun]):
    """A table of trained networks: predicted and final sharpness."""

    def draws(self, reproduction: Reproduction) -> int:
        """Give the number that is asked for."""
        return reproduction.network_draws

    def follows(self, reproduction: Reproduction) -> Mapping[str, Collection[object]]:
        """Follow everything that says which networks are trained, and how often."""
        runs = self.runs(reproduction)
        return {
            "draws": [reproduction.network_draws],
            "widths": {run.width for run in runs},
            "depths": {run.depth for run in runs},
            "sizes": {run.samples for run in runs},
            "activations": {run.activation for run in runs},
        }

    def notes(self, draws: int) -> list[str]:
        """Say what is trained, and how far."""
        return [
            f"{draws} draws; --draws, --widths, --depths and --sizes choose more or fewer networks. Gradient flow "
            f"from PyTorch's default start to the loss {LOSS:g} ||y||^2 / N. The law is of linear networks. Intervals "
            f"are by Fisher's transformation; the paper's correlations, of {PAPER_DRAWS} draws, have such ones too."
        ]

    def cell(self, run: NetworkRun, results: Sequence[Arrays] | None) -> dict[str, Any]:
        """Give means, correlation, and the comparison with the paper."""
        cell: dict[str, Any] = {name: getattr(run, name) for name in _PLACE}
        printed = {name: printed_for(self.name, run, name) for name in ("correlation", "mean")}
        if printed["mean"] is not None:
            cell["published"] = printed
        if results is None:
            return cell | {"status": NO_DATA}
        law, predicted, trained = (
            np.array([float(one[name]) for one in results]) for name in ("law", "predicted", "trained")
        )
        correlation = of_draws(predicted, trained)
        cell |= {
            "status": "computed",
            "predicted": float(predicted.mean()),
            "trained": float(trained.mean()),
            "deviation": float(trained.std(ddof=1)),
            "correlation": correlation,
            "values": trained.tolist(),
            "predicted_values": predicted.tolist(),
        }
        if np.isfinite(law).all():
            cell |= {
                "law": float(law.mean()),
                "law_error": float(np.abs(law / trained - 1).mean()),
                "law_correlation": of_draws(law, trained),
            }
        if correlation is None:
            return cell
        cell["interval"] = list(interval(correlation, len(trained)))
        if printed["correlation"] is not None:
            close = abs(correlation - printed["correlation"]) <= CLOSE
            cell["verdict"] = f"correlation within {CLOSE}" if close else "correlation differs"
            cell["errors_apart"] = apart_from_the_paper(correlation, len(trained), printed["correlation"])
        return cell

    def lines(self, cells: Sequence[Mapping[str, Any]]) -> list[str]:
        """Write one line for each cell."""
        place, found = ["data", "N", "activation", "depth", "width"], ["predicted", "law", "trained", "paper's"]
        return markdown_table([*place, *found, "correlation", "95 % interval", "paper's"], map(_words, cells))


@dataclass(frozen=True)
class NetworkTable(TrainedNetworks):
    """One for each activation, depth and width that is asked for.

    Attributes:
        data: key of the data set.
        samples: numbers of samples N.
    """

    data: str
    samples: Sequence[int]

    def runs(self, reproduction: Reproduction) -> list[NetworkRun]:
        """Give the first run of each cell; where none of the paper's data are at hand, on the digits."""
        data = reproduction.at_hand(self.data)
        return [
            NetworkRun(data, samples, activation, depth, width)
            for samples in self.samples
            if samples in reproduction.networks.sizes
            for activation in reproduction.networks.activations
            for depth in reproduction.networks.depths
            for width in reproduction.networks.widths
        ]


def _words(cell: Mapping[str, Any]) -> list[str]:
    place = [NAMES[cell["data"]], *(str(cell[name]) for name in _PLACE[1:])]
    printed = cell.get("published")
    mean, paper = ("", "") if printed is None else (f"{printed['mean']:.0f}", f"{printed['correlation']:.2f}")
    if cell["status"] == NO_DATA:
        return [*place, NO_DATA, "", NO_DATA, mean, NO_DATA, "", paper]
    law = number(cell["law"]) if "law" in cell else ""
    trained = f"{number(cell['trained'])}({number(cell['deviation'])})"
    known = cell["correlation"] is not None
    correlation = [f"{cell['correlation']:.2f}", "{:.2f} to {:.2f}".format(*cell["interval"])] if known else ["", ""]
    return [*place, number(cell["predicted"]), law, trained, mean, *correlation, paper]


def apart_from_the_paper(correlation: float, draws: int, printed: float) -> float | None:
    """Give how far a correlation is from the paper's, of two decimals, in standard errors; None for too few draws."""
    return errors_apart(correlation, draws, printed, PAPER_DRAWS, rounded_by=_PRINTED_TO)
