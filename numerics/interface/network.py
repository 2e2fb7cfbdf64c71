"""A network on a few samples, at several precisions: from which of them on the curves coincide."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numerics.arithmetic import parse_arithmetic
from numerics.arithmetic.base import exact_fraction
from numerics.data import Reading
from numerics.interface.given import given
from numerics.interface.shown import Drawn
from numerics.networks.activations import activation as find_activation
from numerics.networks.hessian import NetworkSharpness
from numerics.networks.network import Network
from numerics.networks.problem import NetworkProblem
from numerics.networks.shapes import read_widths
from numerics.networks.starts import check_start
from numerics.optimizers.base import check_step_size
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.trajectory import Outcome, Trajectory
from numerics.trajectory import train as run_training
from numerics.trajectory.edge import Edge, largest_difference
from numerics.trajectory.observers import Loss
from numerics.trajectory.progress_bar import training_bar
from numerics.work.text_table import aligned
from theory.errors import ParameterError

if TYPE_CHECKING:
    from pandas import DataFrame

    from numerics.figures.panels import Panel

_TITLES = ("arithmetic", "outcome", "crossing", "drop", "peak", "final loss", "difference")


@dataclass(frozen=True, eq=False, repr=False)
class NetworkRuns(Drawn):
    """Runs of one network from one start, one for each arithmetic, in the order of their precision.

    Attributes:
        runs: by the arithmetic's name.
        threshold: `2/eta`.
        settings: what determined them.
    """

    runs: Mapping[str, Trajectory]
    threshold: float
    settings: Mapping[str, Any]

    @property
    def last(self) -> Trajectory:
        """The run of most bits."""
        return list(self.runs.values())[-1]

    def record(self) -> dict[str, Any]:
        """Give what the runs did at the edge, each against the one of most bits."""
        bits = {name: parse_arithmetic(name).bits for name in self.runs}
        rows = []
        for name, run in self.runs.items():
            edge = Edge.of(run, self.threshold)
            apart = largest_difference(run, self.last)
            rows.append(
                {
                    "bits": bits[name],
                    "arithmetic": name,
                    "outcome": run.outcome.value,
                    "crossing_step": edge.crossing_step,
                    "drop_step": edge.drop_step,
                    "peak_sharpness": edge.peak_sharpness,
                    "final_loss": float(run.series["loss"][-1]),
                    "largest_difference": apart if apart < float("inf") else None,
                }
            )
        return {"reference_bits": bits[list(self.runs)[-1]], "runs": rows}

    def series(self) -> dict[str, Any]:
        """Give what was recorded, to nine digits; null where it is not finite."""

        def plain(value: float) -> float | None:
            return float(f"{value:.9g}") if math.isfinite(value) else None

        return {
            "steps": max((run.steps.tolist() for run in self.runs.values()), key=len),
            "series": {
                name: {key: [plain(float(value)) for value in values] for key, values in run.series.items()}
                for name, run in self.runs.items()
            },
        }

    def panels(self) -> list[Panel]:
        """Loss and sharpness of every run, with `2/eta`."""
        from numerics.figures.trajectories import panels_of_runs

        return panels_of_runs(self.runs, self.threshold)

    def frame(self) -> DataFrame:
        """Give one row for each run.

        Raises:
            ParameterError: pandas is not installed.
        """
        from numerics.trajectory.result import data_frame

        rows = self.record()["runs"]
        columns = {name: [row[name] for row in rows] for name in rows[0] if name != "arithmetic"}
        return data_frame(columns, "arithmetic", [row["arithmetic"] for row in rows])

    def __repr__(self) -> str:
        rows = [(f"{first:12}", *others) for first, *others in (_TITLES, *self._cells())]
        lines = [line[1:] for line in aligned(rows, (13, 12, 10, 8, 12, 14, 12))]
        return "\n".join([self._head, "", *lines])

    def _repr_html_(self) -> str:
        from theory.printing.tables import table

        return table(self._cells(), _TITLES, notes=[self._head])

    @property
    def _head(self) -> str:
        bits = self.record()["reference_bits"]
        return f"2/step size {self.threshold:.6g}; differences of the sharpness are from {bits} bits"

    def _cells(self) -> list[tuple[str, ...]]:
        cells: list[tuple[str, ...]] = []
        for row in self.record()["runs"]:
            crossing, drop = ("-" if row[key] is None else str(row[key]) for key in ("crossing_step", "drop_step"))
            apart = "-" if row["largest_difference"] is None else f"{row['largest_difference']:.2g}"
            peak, loss = f"{row['peak_sharpness']:.6g}", f"{row['final_loss']:.4g}"
            cells.append((row["arithmetic"], row["outcome"], crossing, drop, peak, loss, apart))
        return cells


def network(
    data: Any,
    y: Any = None,
    *,
    step_size: object,
    widths: int | str | Iterable[int] = (32, 32),
    activation: str = "silu",
    init: str = "default",
    scale: object = 1,
    arithmetic: str | Iterable[str] = "float32,float64,mpfr:113,mpfr:200",
    steps: int = 400,
    record_every: int = 1,
    samples: int | None = None,
    seed: int = 0,
    reading: Reading | None = None,
    folder: str | Path | None = None,
    resume: bool = False,
    checked: Callable[[], object] | None = None,
) -> NetworkRuns:
    """Train a network without biases at several precisions by gradient descent on all the samples.

    Its inputs are the data in an orthonormal basis of their row space, which changes nothing but the cost.

    Args:
        data: as `numerics.study` takes them; few samples, as a step at MPFR's speed takes some ten milliseconds.
        y: likewise.
        step_size: `eta`.
        widths: neurons in each hidden layer.
        activation: `identity`, `tanh`, `silu`, `elu`, `relu` or `sigmoid`.
        init: the start: `default`, PyTorch's; `small`, `balanced` or `mup`.
        scale: a factor on the initial weights.
        arithmetic: kinds of number, separated by commas or in a list, one run for each.
        steps: steps of each run.
        record_every: record every so many steps.
        samples: how many samples to draw, of data named by a text.
        seed: fixes every random choice.
        reading: how to read a file.
        folder: keeps each run's trajectory and checkpoint in a folder of its own.
        resume: whether to go on with what the folder holds.
        checked: called once all of this is found right, before the first step.

    Raises:
        ParameterError: an argument outside its domain, or an arithmetic given twice.
        ShapeError, NotFiniteError, DegenerateDataError, DataFileError: the data; the message says where.

    Examples:
        >>> runs = network("digits:3,5", samples=3, step_size=0.1, widths=(4, 4), arithmetic="float32,float64", steps=5)
        >>> list(runs.runs), runs.threshold
        (['float32', 'float64'], 20.0)
    """
    read = given(data, y, samples=samples, seed=seed, reading=reading)
    eta = str(step_size)
    check_step_size(eta)
    find_activation(activation)
    check_start(init)
    factor = exact_fraction(str(scale))
    if not factor > 0:
        raise ParameterError(f"the scale is {scale}; give a positive number")
    names = arithmetic.split(",") if isinstance(arithmetic, str) else list(arithmetic)
    found = [parse_arithmetic(name) for name in names]
    if len(set(found)) < len(found):
        raise ParameterError(f"{','.join(names)} names an arithmetic twice; give each once")
    sizes, dataset = read_widths(widths), read.dataset
    if checked is not None:
        checked()
    problem = NetworkProblem(dataset.X, dataset.y, sizes, activation, init, read.seed)
    threshold = float(2 / exact_fraction(eta))
    said = {"widths": list(sizes), "activation": activation, "init": init, "scale": str(scale)}
    settings = {**read.settings, **said}
    runs: dict[str, Trajectory] = {}
    for a in sorted(found, key=lambda a: a.bits):
        model = Network.from_data(problem.inside[0], dataset.y, sizes, activation, a)
        own = None if folder is None else Path(folder) / a.name.replace(":", "-")
        if own is not None:
            own.mkdir(parents=True, exist_ok=True)
        with training_bar(a.name, steps, threshold) as watch:
            run = run_training(
                model,
                GradientDescent(eta),
                model.state([float(factor) * matrix for matrix in problem.weights]),
                steps=steps,
                record_every=record_every,
                observers=(Loss(), NetworkSharpness()),
                data=dataset.digest,
                folder=own,
                resume=resume,
                settings=settings,
                progress=watch,
            )
        if own is not None:
            run.save(own / "trajectory.npz")
        runs[a.name] = run
        if run.outcome is Outcome.INTERRUPTED:
            break
    return NetworkRuns(runs, threshold, settings)
