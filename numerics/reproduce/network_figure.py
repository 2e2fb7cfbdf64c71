"""Figures 7 and 8: trained networks beside their predicted sharpness, draw by draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from numerics.figures.panels import Curve, Panel
from numerics.reproduce.network_table import TrainedNetworks
from numerics.reproduce.network_task import NetworkRun
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.target import Report
from numerics.work.task import Arrays


@dataclass(frozen=True)
class NetworkScatter(TrainedNetworks):
    """Final over predicted sharpness, one dot a draw, a panel for each network.

    Attributes:
        networks: data set, number of samples, activation, depth and the paper's width of each panel; the width gives
            way to those that are asked for.
    """

    networks: Sequence[tuple[str, int, str, int, int]]

    def runs(self, reproduction: Reproduction) -> list[NetworkRun]:
        """Give the networks, of the greatest width that was asked for, no wider than the paper's."""
        widest = max(reproduction.networks.widths)
        return list(
            dict.fromkeys(
                NetworkRun(reproduction.at_hand(data), samples, activation, depth, min(width, widest))
                for data, samples, activation, depth, width in self.networks
                if samples in reproduction.networks.sizes
                and depth in reproduction.networks.depths
                and activation in reproduction.networks.activations
            )
        )

    def report(self, reproduction: Reproduction, results: Sequence[Arrays]) -> Report:
        """Add the panels to the table of the same networks."""
        table = super().report(reproduction, results)
        panels = [
            Panel(
                f"{cell['activation']}, D = {cell['depth']}, width {cell['width']}, N = {cell['samples']}",
                "predicted sharpness",
                "final sharpness",
                [Curve("", np.array(cell["predicted_values"]), np.array(cell["values"]), dots=True)],
            )
            for cell in table.record["cells"]
            if cell["status"] == "computed"
        ]
        return Report(table.record, table.text, panels)
