"""Figures made of a network's loss and sharpness along its training."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from numerics.reproduce.figure import Figure
from numerics.reproduce.network_path import NetworkPath
from numerics.reproduce.reproduction import Reproduction

_WIDTH = 512
TIME = "step size x steps"
ONE_OUTPUT = (
    "The paper's networks have an output for each of ten classes, and numbers of samples and step sizes that the text "
    "at hand has lost. Ours tell two classes with one output, without biases, from PyTorch's default start."
)
"""What all these figures have to say of their setting."""


class NetworkPathFigure(Figure[NetworkPath]):
    """A figure of networks along their training, as wide as is asked for."""

    def follows(self, reproduction: Reproduction) -> Mapping[str, Collection[object]]:
        """Follow the width."""
        return {"widths": {run.width for run in self.runs(reproduction)}}


def width_of(reproduction: Reproduction) -> int:
    """Give the width of a figure's networks: the paper's, or the greatest that was asked for where that is less."""
    return min(_WIDTH, max(reproduction.networks.widths))
