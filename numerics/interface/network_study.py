"""How sharp training a network of given widths will get: predicted, by the law at this width, bounds; and trained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from numerics.data import Dataset
from numerics.interface.arguments import loss as read_loss
from numerics.interface.given import Given
from numerics.interface.shown import Listed
from numerics.networks.activations import activation as find_activation
from numerics.networks.gradient_flow import FlowEnd
from numerics.networks.network import Network
from numerics.networks.problem import NetworkProblem
from numerics.networks.shapes import read_widths
from numerics.networks.starts import check_start
from theory import Bounds
from theory.errors import ParameterError

_LAW = "linear network of these widths, by the law, at loss 0"


@dataclass(frozen=True, eq=False, repr=False)
class NetworkStudy(Listed):
    """What is known of a network's sharpness after training, before any training. It shows itself as a table.

    Attributes:
        data: what was given.
        problem: the network, its data and its start.
    """

    data: Given
    problem: NetworkProblem

    @property
    def dataset(self) -> Dataset:
        """The data, in float64."""
        return self.data.dataset

    @property
    def predicted(self) -> float:
        """The paper's `s_1^2 Q^((D-1)/D) / N`, which knows depth alone (Definition 5.8)."""
        return self.problem.predicted

    @property
    def law(self) -> float:
        """Where gradient flow of the linear network of these widths ends from this start, by the law; observed."""
        return self.problem.law

    @property
    def bounds(self) -> Bounds | None:
        """Bounds there, from what gradient flow conserves; None unless the activation is the identity."""
        return self.problem.bounds

    def train(self, loss: float = 1e-4) -> TrainedNetwork:
        """Follow gradient flow until the loss is `loss ||y||^2 / N`, y being the labels that can be reached.

        The law speaks of the end: on badly conditioned data much is still to come at a loss of 1e-4.

        Raises:
            NotConvergedError: it is not reached.
            ParameterError: the loss is not positive, or no less than the start's.
            DegenerateDataError: a linear network can learn no label but 0.
        """
        goal = read_loss(loss, "the loss")
        if goal == 0:
            raise ParameterError(f"the loss is {loss}; give a positive number, which flow reaches in a time")
        return TrainedNetwork(self, self.problem.train(goal))

    def record(self) -> dict[str, Any]:
        """Give everything as JSON values."""
        found: dict[str, Any] = {
            "widths": list(self.problem.widths),
            "activation": self.problem.activation,
            "init": self.problem.init,
            "difficulty": float(self.problem.spectrum.difficulty),
            "predicted": self.predicted,
            "law": self.law,
        }
        if self.bounds is not None:
            found |= {"lower": float(self.bounds.lower), "upper": float(self.bounds.upper)}
        return found

    def rows(self) -> list[tuple[str, str]]:
        """What the table shows."""
        rows = [("predicted, width 1 and balanced", f"{self.predicted:.6g}"), (_LAW, f"{self.law:.6g}")]
        if self.bounds is not None:
            rows.append(("bounds from this start, at loss 0", f"{self.bounds.lower:.6g} to {self.bounds.upper:.6g}"))
        return rows

    @property
    def title(self) -> str:
        """The data and the network."""
        widths = ", ".join(map(str, self.problem.widths))
        size = f"{self.dataset.n_samples} samples, {self.dataset.n_features} features"
        return f"{self.dataset.name}: {size}; {self.problem.activation} network of widths {widths}"


@dataclass(frozen=True, eq=False, repr=False)
class TrainedNetwork(Listed):
    """A network after training, beside what was said before.

    Attributes:
        study: what was said.
        end: where gradient flow was left.
    """

    study: NetworkStudy
    end: FlowEnd

    @cached_property
    def sharpness(self) -> float:
        """`lambda_max(Hess L)`, by Lanczos' iteration on Hessian-vector products.

        Raises:
            NotConvergedError: the iteration did not converge.
        """
        return float(self._top.values[0])

    @cached_property
    def _top(self) -> Any:
        from numerics.arithmetic.float64 import Float64
        from numerics.networks.hessian import top_of_hessian

        problem = self.study.problem
        y = np.asarray(problem.reachable, dtype=np.float64)
        network = Network.from_data(problem.inside[0], y, problem.widths, problem.activation, Float64())
        return top_of_hessian(network, network.state(self.end.weights))

    def record(self) -> dict[str, Any]:
        """Give everything as JSON values."""
        return {
            **self.study.record(),
            "trained": self.sharpness,
            "residual": float(self._top.residuals[0]),
            "kernel_sharpness": self.end.sharpness,
            "loss": self.end.loss,
            "steps": self.end.steps,
        }

    def compare(self) -> str:
        """Say how far the predictions were off, in a table."""
        return repr(self)

    def rows(self) -> list[tuple[str, str]]:
        """What the table shows."""
        off = [
            (name, self.sharpness / value)
            for name, value in (("predicted", self.study.predicted), ("law", self.study.law))
        ]
        return [
            *self.study.rows(),
            (f"trained to loss {self.end.loss:.2g}, {self.end.steps} steps", f"{self.sharpness:.6g}"),
            ("its residual", f"{float(self._top.residuals[0]):.1e}"),
            ("by the tangent kernel", f"{self.end.sharpness:.6g}"),
            *((f"trained over {name}", f"{ratio:.3f}") for name, ratio in off),
        ]

    @property
    def title(self) -> str:
        """The data and the network."""
        return self.study.title


def network_study(
    data: Given, widths: int | str | Iterable[int], activation: str = "silu", init: str = "default"
) -> NetworkStudy:
    """Make the study of a network on data; `numerics.study` with `widths` does.

    Raises:
        ParameterError: an argument outside its domain.

    Examples:
        >>> from numerics.interface.given import given
        >>> s = network_study(given([[2.0, 0.0], [0.0, 1.0]], [1.0, 1.0]), (8,), "identity")
        >>> s.bounds.lower <= s.law <= s.bounds.upper
        True
    """
    sizes = read_widths(widths)
    find_activation(activation)
    check_start(init)
    dataset = data.dataset
    X, y = np.asarray(dataset.X, dtype=np.float64), np.asarray(dataset.y, dtype=np.float64)
    return NetworkStudy(data, NetworkProblem(X, y, sizes, activation, init, data.seed))
