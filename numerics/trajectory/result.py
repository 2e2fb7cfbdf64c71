"""What a run leaves behind."""

from __future__ import annotations

import enum
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from numerics.work.files import replace_file
from theory.errors import DataFileError, ParameterError

if TYPE_CHECKING:
    from pandas import DataFrame

_SHOWN = ("loss", "sharpness")


class Outcome(enum.Enum):
    """How a run ended."""

    CONVERGED = "converged"
    """The loss fell to the tolerance."""
    DIVERGED = "diverged"
    """A layer reached 2^100, or the loss left the finite numbers."""
    STEP_LIMIT = "step limit"
    """All steps were taken."""
    INTERRUPTED = "interrupted"
    """The user stopped it."""
    UNDECIDED = "undecided"
    """In ball arithmetic: the balls became too wide to tell."""


@dataclass(frozen=True, eq=False, repr=False)
class Trajectory:
    """A run's outcome and its recorded series.

    Attributes:
        outcome: how the run ended.
        last_step: how many steps were taken.
        steps: at which steps the series were recorded, shape `(K,)`; 0 is the initialization.
        series: by name, values rounded to float64 (of a ball: its midpoint), shape `(K,)` or `(K, D - 1)`.
        settings: everything that determined the run: arithmetic, seed, optimizer, data, versions.
        final_state: the last weights, exactly, as texts: the first layer, then the others.

    >>> from numerics.arithmetic import Float64
    >>> from numerics.model.reduced import ReducedModel
    >>> from numerics.optimizers.gradient_descent import GradientDescent
    >>> from numerics.trajectory import train
    >>> from theory import Spectrum
    >>> model = ReducedModel.from_spectrum(Spectrum([2.0], [1.0], n_samples=1), 2, Float64())
    >>> run = train(model, GradientDescent(0.1), model.state([0.5], [0.5]), steps=1000, tolerance=1e-12)
    >>> run.outcome, run.last_step
    (<Outcome.CONVERGED: 'converged'>, 27)
    """

    outcome: Outcome
    last_step: int
    steps: NDArray[np.int64]
    series: Mapping[str, NDArray[np.float64]]
    settings: Mapping[str, Any]
    final_state: tuple[tuple[str, ...], tuple[str, ...]]

    def __repr__(self) -> str:
        last = ", ".join(f"{name} {self.series[name][-1]:.6g}" for name in _SHOWN if len(self.series.get(name, ())))
        return f"<{type(self).__name__}: {self.outcome.value} at step {self.last_step}{last and f', {last}'}>"

    def _repr_html_(self) -> str:
        from theory.printing.tables import table

        shown = {name: self.series[name] for name in _SHOWN if len(self.series.get(name, ()))}
        rows = [(name, f"{values[0]:.6g}", f"{values[-1]:.6g}") for name, values in shown.items()]
        return table(rows, ("", "first", "last"), f"{self.outcome.value} at step {self.last_step:,}")

    def frame(self) -> DataFrame:
        """Give everything that was recorded, one row for each recorded step, which is the index.

        A series with a number for each layer has a column for each: `imbalance_1`, ...

        Raises:
            ParameterError: pandas is not installed.
        """
        columns: dict[str, NDArray[np.float64]] = {}
        for name, values in self.series.items():
            if values.ndim == 1:
                columns[name] = values
            else:
                columns |= {f"{name}_{place}": column for place, column in enumerate(values.T, start=1)}
        return data_frame(columns, "step", self.steps)

    def save(self, path: Path | str) -> None:
        """Write one `.npz` file: `numpy.load(path)["loss"]` gives a series, `steps` the step numbers.

        The text arrays `settings` (JSON), `outcome` and `final_...` hold the rest. Equal trajectories give equal files.

        Raises:
            OSError: the file cannot be written; a former one is untouched.
        """
        arrays: dict[str, NDArray[Any]] = {
            "steps": self.steps,
            **self.series,
            "outcome": np.array(self.outcome.value),
            "last_step": np.array(self.last_step),
            "settings": np.array(json.dumps(dict(self.settings), sort_keys=True)),
            "final_first_layer": np.array(self.final_state[0]),
            "final_layers": np.array(self.final_state[1]),
        }
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, array in arrays.items():
                content = io.BytesIO()
                np.lib.format.write_array(content, array, allow_pickle=False)
                # A fixed date, where NumPy would write the clock's.
                entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
                # Higher levels take twice as long, and leave out no hundredth more.
                archive.writestr(entry, content.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=1)
        replace_file(Path(path), target.getvalue())

    @classmethod
    def load(cls, path: Path | str) -> Trajectory:
        """Read what `save` wrote.

        Raises:
            DataFileError: the file is not a trajectory.
            OSError: it cannot be read.
        """
        try:
            with Path(path).open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
            fields = {
                "outcome": Outcome(str(arrays.pop("outcome"))),
                "last_step": int(arrays.pop("last_step")),
                "steps": arrays.pop("steps"),
                "settings": json.loads(str(arrays.pop("settings"))),
                "final_state": (
                    tuple(map(str, arrays.pop("final_first_layer"))),
                    tuple(map(str, arrays.pop("final_layers"))),
                ),
            }
        except (OSError, MemoryError):
            raise
        except Exception:  # damaged archives, and files that are none, raise nearly every kind of error
            raise DataFileError(f"{path} is no trajectory; give a file that Trajectory.save wrote") from None
        return cls(series=arrays, **fields)

    def summary(self) -> dict[str, Any]:
        """Give what JSON can hold: outcome, last recorded values, settings; infinite values become None."""
        last = {name: _plain(values[-1]) for name, values in self.series.items() if len(values)}
        return {
            "outcome": self.outcome.value,
            "last_step": self.last_step,
            "last_recorded_step": int(self.steps[-1]) if len(self.steps) else None,
            "last_recorded": last,
            "settings": dict(self.settings),
        }


def data_frame(columns: Mapping[str, Any], index: str, values: Any) -> DataFrame:
    """Make a frame with a named index.

    Raises:
        ParameterError: pandas is not installed.
    """
    try:
        from pandas import DataFrame, Index
    except ImportError:
        raise ParameterError("a frame needs pandas; pip install pandas") from None
    return DataFrame(columns, index=Index(values, name=index))


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(entry) for entry in value]
    return float(value) if np.isfinite(value) else None
