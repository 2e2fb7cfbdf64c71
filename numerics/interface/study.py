"""How sharp training on a data set will get, and when: known before any training."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from numerics.arithmetic import Arithmetic
from numerics.arithmetic.whole_numbers import whole, whole_numbers
from numerics.data import Dataset, Reading
from numerics.interface.arguments import number, start_of
from numerics.interface.given import Given, given
from numerics.interface.training import Run, train
from numerics.model.initialization import Form
from numerics.optimizers import Optimizer, optimizers
from numerics.prediction.bounds_notes import notes
from numerics.prediction.bounds_report import BoundsReport, DepthBounds, Question, bounds_report, certain_float
from numerics.prediction.bounds_text import (
    bounds_text,
    depth_rows,
    expectation_title,
    expectations,
    facts,
    minimizer_title,
)
from numerics.prediction.edge import EdgePrediction, predict_edge
from theory import Bounds, Spectrum
from theory.errors import ParameterError

if TYPE_CHECKING:
    from pandas import DataFrame

    from numerics.interface.network_study import NetworkStudy
    from numerics.interface.oscillations import ShownOscillations

_DIGITS = 10


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """What the theory says of a data set. It shows itself as a table; `train` makes a run to hold against it.

    Attributes:
        data: what was given.
        report: every number as a ball that holds it.
        notes: what is to be said beside the numbers.
        step_size: `eta`, if one was given.
        init: the start from which the edge is predicted, and from which `train` begins.
    """

    data: Given
    report: BoundsReport
    notes: tuple[str, ...]
    step_size: Fraction | None
    init: Form

    @property
    def dataset(self) -> Dataset:
        """The data, in float64."""
        return self.data.dataset

    @property
    def spectrum(self) -> Spectrum:
        """Singular values and label coefficients, in float64."""
        return self.data.spectrum

    @property
    def rank(self) -> int:
        """The rank `r` of X, which is exact."""
        return int(self.report.spectrum.rank)

    @property
    def difficulty(self) -> float:
        """`Q = ||X^+ y||^2` (Definition 4.1)."""
        return certain_float(self.report.spectrum.difficulty)

    @property
    def imbalance_threshold(self) -> float:
        """`T_1` (Theorem 4.3)."""
        return certain_float(self.report.spectrum.imbalance_threshold)

    @property
    def depths(self) -> tuple[int, ...]:
        """The numbers of layers that were asked for."""
        return self.report.question.depths

    @property
    def predicted(self) -> float:
        """`(s_1^2 / N) Q^((D-1)/D)` (Definition 5.8)."""
        return certain_float(self._at().predicted)

    @property
    def bounds(self) -> Bounds:
        """Bounds on the sharpness at the minimizer (Theorem 4.3 for two layers, 4.6 for more)."""
        row = self._at()
        return Bounds(certain_float(row.lower), certain_float(row.upper))

    @property
    def exact(self) -> float:
        """The sharpness at the minimizer."""
        return certain_float(self._at().exact)

    def edge(self, step_size: object = None, *, depth: int | None = None) -> EdgePrediction:
        """Predict when gradient descent with a step size passes `2/eta`.

        Args:
            step_size: `eta`; by default the study's.
            depth: which of the study's.

        Raises:
            ParameterError: no step size, or one that is not positive.
        """
        eta = self._step_size(step_size)
        return predict_edge(self.spectrum, self._at(depth).depth, eta, self.init, self.data.seed)

    def oscillations(
        self, step_size: object = None, *, depth: int | None = None, steps: int = 5000
    ) -> ShownOscillations:
        """Run gradient descent in float64, and show its sharpness beside the ceiling that its imbalances set.

        Args:
            step_size: `eta`; by default the study's.
            depth: which of the study's.
            steps: how many steps.

        Raises:
            ParameterError: no step size, or one that is not positive.
        """
        from numerics.finite_precision.problem import Problem
        from numerics.interface.oscillations import ShownOscillations
        from numerics.oscillation.oscillations import oscillations

        eta = self._step_size(step_size)
        problem = Problem.from_dataset(self.dataset, self._at(depth).depth, eta, self.init, self.data.seed)
        found = oscillations(problem, steps)
        return ShownOscillations(found.problem, found.run)

    def train(
        self,
        *,
        step_size: object = None,
        steps: int = 1000,
        depth: int | None = None,
        optimizer: str | Optimizer = "gd",
        batch_size: int | None = None,
        arithmetic: str | Arithmetic = "float64",
        init: Any = None,
        tolerance: object = 0.0,
        record_every: int = 1,
    ) -> Run:
        """Train on these data; the arguments are those of `numerics.train`, with the study's own where it has them."""
        if step_size is None and isinstance(optimizer, str) and _takes_step_size(optimizer):
            step_size = self.step_size
        return train(
            self.data,
            depth=self._at(depth).depth,
            optimizer=optimizer,
            step_size=step_size,
            batch_size=batch_size,
            arithmetic=arithmetic,
            init=self.init if init is None else init,
            steps=steps,
            tolerance=tolerance,
            record_every=record_every,
        )

    def frame(self) -> DataFrame:
        """Give predicted value, bounds and exact value, one row for each depth, which is the index.

        Raises:
            ParameterError: pandas is not installed.
        """
        from numerics.trajectory.result import data_frame

        names = ("predicted", "lower", "exact", "upper")
        columns = {name: [certain_float(getattr(row, name)) for row in self.report.depths] for name in names}
        return data_frame(columns, "depth", self.depths)

    def _at(self, depth: int | None = None) -> DepthBounds:
        rows = {row.depth: row for row in self.report.depths}
        if depth is None and len(rows) == 1:
            return self.report.depths[0]
        if depth not in rows:
            known = ", ".join(map(str, rows))
            raise ParameterError(f"this study has the depths {known}; say which, as in depth={min(rows)}")
        return rows[depth]

    def _step_size(self, given: object) -> Fraction:
        eta = self.step_size if given is None else number(given)
        if eta is None:
            raise ParameterError("give a step size: edge(0.03)")
        return eta

    @cached_property
    def _edges(self) -> list[tuple[str, str]]:
        if self.step_size is None:
            return [
                (f"edge at depth {row.depth}", f"met where the step size is above {2 / certain_float(row.exact):.6g}")
                for row in self.report.depths
            ]
        start = f"from the start {self.init!r}" if isinstance(self.init, str) else "from these weights"
        return [(f"edge at depth {depth}", f"{start} {self.edge(depth=depth)}") for depth in self.depths]

    @property
    def _size(self) -> str:
        return f"{self.dataset.name}: {self.dataset.n_samples} samples, {self.dataset.n_features} features"

    def __repr__(self) -> str:
        edges = "\n".join(f"{what}: {text}" for what, text in self._edges)
        return f"{self._size}\n\n{bounds_text(self.report, self.notes).rstrip()}\n\n{edges}"

    def _repr_html_(self) -> str:
        from theory.printing.tables import table

        head = ("depth", "predicted", "lower", "exact", "upper", "bounds from")
        remarks = [*(f"{what}: {text}" for what, text in self._edges), *(f"note: {note}" for note in self.notes)]
        random = expectations(self.report)
        means = table(random, ("", "lower", "upper", "bounds from"), expectation_title(self.report)) if random else ""
        sharpness = table(depth_rows(self.report), head, minimizer_title(self.report), remarks)
        return table(facts(self.report), caption=self._size) + means + sharpness


def _takes_step_size(name: str) -> bool:
    """Whether there is such an optimizer, and it takes a step size: without it training says what is wrong."""
    return name in optimizers() and optimizers()[name].takes_step_size()


@overload
def study(data: Any, y: Any = None, *, widths: None = None, **arguments: Any) -> Study: ...
@overload
def study(data: Any, y: Any = None, *, widths: int | str | Iterable[int], **arguments: Any) -> NetworkStudy: ...
def study(  # type: ignore[misc]  # the overloads leave the other arguments to this
    data: Any,
    y: Any = None,
    *,
    widths: int | str | Iterable[int] | None = None,
    activation: str | None = None,
    depth: int | str | Iterable[int] | None = None,
    step_size: object = None,
    init: Any = "default",
    imbalance: object = None,
    alpha: object = None,
    beta: object = None,
    digits: int = _DIGITS,
    rank_tolerance: float | None = None,
    samples: int | None = None,
    seed: int = 0,
    reading: Reading | None = None,
) -> Study | NetworkStudy:
    """Say how sharp training on some data will get: Q, T_1, the predicted sharpness, bounds and the exact value.

    They are those of the minimalist model `f(X) = (X u) v_1 ... v_{D-1}` on the loss `||f(X) - y||^2 / (2N)`, at a
    balanced global minimizer. Every digit is certain for the numbers given, as `sharpness bounds` prints them.

    Args:
        data: features, shape `(N, d)`: an array, a frame, a sparse matrix, a tensor; or a text such as `digits:3,5`, or
            a file.
        y: labels, shape `(N,)`; of a frame or a file the name of the column.
        widths: neurons in each hidden layer of a network, such as `(512, 512)`: then the study is of that network, a
            `NetworkStudy`, whose start is named by `init`; of the other arguments it takes the data's alone.
        activation: of the network; by default `silu`.
        depth: `D >= 2`, or several, such as `[2, 3]` or `"2,3"`; by default 2. A network's widths say its own.
        step_size: `eta`, to be told when the sharpness passes `2/eta`; a float is the decimal that it prints as.
        init: the start for which that is predicted, and from which `train` begins.
        imbalance: `C` at the minimizer, for two layers alone; without it the layers are balanced.
        alpha: standard deviation of the first layer's initial weights, with beta: for bounds on the expected sharpness
            of two layers at the start and at the limit of gradient flow (Theorems 5.6 and 5.7).
        beta: of the second layer's.
        digits: how many digits are wanted.
        rank_tolerance: singular values up to so much of the largest are left out.
        samples: how many samples to draw, of data named by a text.
        seed: fixes every random choice.
        reading: how to read a file.

    Raises:
        ParameterError: an argument outside its domain.
        ShapeError, NotFiniteError, DegenerateDataError, DataFileError: the data; the message says where.

    Examples:
        >>> s = study([[2.0, 0.0], [0.0, 1.0]], [4.0, 1.0], depth=3)
        >>> s.difficulty, s.bounds.lower <= s.exact <= s.bounds.upper
        (5.0, True)
    """
    if widths is not None:
        from numerics.interface.network_study import network_study

        names = ("depth", "step_size", "imbalance", "alpha", "beta", "rank_tolerance", "digits")
        values = (depth, step_size, imbalance, alpha, beta, rank_tolerance, None if digits == _DIGITS else digits)
        said = [name for name, value in zip(names, values, strict=True) if value is not None]
        if said:
            raise ParameterError(f"the study of a network does not follow {', '.join(said)}; leave that or widths out")
        found = given(data, y, samples=samples, seed=seed, reading=reading)
        return network_study(found, widths, "silu" if activation is None else activation, init)
    if activation is not None:
        raise ParameterError("an activation is a network's; give its widths too, such as widths=(512, 512)")
    depths = read_depths(2 if depth is None else depth)
    eta = number(step_size)
    if imbalance is not None and depths != (2,):
        raise ParameterError("an imbalance is for two layers; leave it out, or take depth=2 alone")
    if rank_tolerance is not None and not 0 <= rank_tolerance < 1:
        raise ParameterError(f"rank_tolerance is {rank_tolerance}; give a number from 0 to below 1")
    if (alpha is None) != (beta is None):
        raise ParameterError("alpha and beta belong together; give both or neither")
    found = given(data, y, samples=samples, seed=seed, reading=reading)
    question = Question(depths, number(imbalance), number(alpha), number(beta), whole(digits, "digits"), rank_tolerance)
    report = bounds_report(found.dataset, question)
    made = Study(found, report, tuple(notes(report)), eta, start_of(init))
    made._edges  # noqa: B018  # a start or a step size that is none is refused now, not where it is shown
    return made


def read_depths(depth: int | str | Iterable[int]) -> tuple[int, ...]:
    """Read one number of layers or several, each once.

    Raises:
        ParameterError: one is no whole number from 2 to 999999.

    Examples:
        >>> read_depths(3), read_depths([2, 3]), read_depths("2,3,2")
        ((3,), (2, 3), (2, 3))
    """
    return tuple(dict.fromkeys(whole_numbers(depth, "depth is", 2, 999_999, "2,3")))
