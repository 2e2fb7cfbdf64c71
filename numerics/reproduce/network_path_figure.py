"""Figures made of a network's loss and sharpness along its training."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence

from numerics.reproduce.network_path import NetworkPath
from numerics.reproduce.reproduction import Reproduction
from numerics.reproduce.target import Report, Target, Used
from numerics.reproduce.training_figure import FigureContent, figure_report
from numerics.work.task import Arrays, Task

_WIDTH = 512
TIME = "step size x steps"
ONE_OUTPUT = (
    "The paper's networks have an output for each of ten classes, and numbers of samples and step sizes that the text "
    "at hand has lost. Ours tell two classes with one output, without biases, from PyTorch's default start."
)
"""What all these figures have to say of their setting."""


class NetworkPathFigure(Target):
    """A figure of networks along their training.

    Args:
        name: such as `figure-1`.
        title: one line.
    """

    def __init__(self, name: str, title: str) -> None:
        self.name, self.title = name, title

    @abstractmethod
    def paths(self, reproduction: Reproduction) -> list[NetworkPath]:
        """Give what the figure shows, each once."""

    @abstractmethod
    def show(
        self, reproduction: Reproduction, paths: Sequence[NetworkPath], results: Sequence[Arrays]
    ) -> FigureContent:
        """Make panels and observations out of the paths."""

    def tasks(self, reproduction: Reproduction) -> list[Task]:
        """Give one task for each path."""
        return [path.task(reproduction) for path in self.paths(reproduction)]

    def used(self, reproduction: Reproduction) -> Used:
        """Train on one subset, whose seed is that of the start too."""
        return Used.of_runs((path.data, path.seed) for path in self.paths(reproduction))

    def follows(self, reproduction: Reproduction) -> Mapping[str, Collection[object]]:
        """Follow the width."""
        return {"widths": {path.width for path in self.paths(reproduction)}}

    def report(self, reproduction: Reproduction, results: Sequence[Arrays]) -> Report:
        """Make the figure."""
        paths = self.paths(reproduction)
        data = [
            f"{reproduction.pool(key).name}, N = {n}"
            for key, n in dict.fromkeys((path.data, path.samples) for path in paths)
        ]
        return figure_report(self.name, self.title, self.show(reproduction, paths, results), data)


def width_of(reproduction: Reproduction) -> int:
    """Give the width of a figure's networks: the paper's, or the greatest that was asked for where that is less."""
    return min(_WIDTH, max(reproduction.networks.widths))


def growth(result: Arrays) -> float:
    """Give the last sharpness over the first."""
    return float(result["sharpness"][-1] / result["sharpness"][0])


def numbers_in_words(values: Sequence[float]) -> str:
    """Write numbers to three digits, with commas.

    Examples:
        >>> numbers_in_words([3.14159, 20.0])
        '3.14, 20'
    """
    return ", ".join(f"{value:.3g}" for value in values)
