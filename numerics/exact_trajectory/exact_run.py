"""The exact rational numbers that fix a trajectory of gradient descent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import exact_fraction
from numerics.data import Dataset
from numerics.exact_trajectory.quadratic import Quadratic
from numerics.exact_trajectory.spectrum_run import SpectrumRun
from numerics.model.base import State, check_depth
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from theory import Spectrum
from theory.errors import DataFileError, ParameterError


@dataclass(frozen=True)
class ExactRun:
    """Gradient descent on a data set given by its spectrum, every number an exact rational.

    Attributes:
        n_samples: `N`.
        singular_values: `s_i`, shape `(r,)`, descending.
        label_coefficients: `d_i`, shape `(r,)`.
        coefficients: `c_i` at the start, shape `(r,)`.
        layers: `v_j` at the start, shape `(D - 1,)`.
        step_size: `eta`.

    Raises:
        ParameterError: the step size is not positive.
        ShapeError, ParameterError, DegenerateDataError: as `Spectrum` and `ReducedModel.state`.

    Examples:
        >>> from numerics.data import load
        >>> run = ExactRun.of(load("minimal:100,5.477,0.233,0.3,1.414"), "c=0.1,0.1,v=0.5", "5/2")
        >>> run.singular_values, run.layers, run.depth
        ((Fraction(5477, 1000), Fraction(233, 1000)), (Fraction(1, 2),), 2)
    """

    n_samples: int
    singular_values: tuple[Fraction, ...]
    label_coefficients: tuple[Fraction, ...]
    coefficients: tuple[Fraction, ...]
    layers: tuple[Fraction, ...]
    step_size: Fraction

    def __post_init__(self) -> None:
        if self.step_size <= 0:
            raise ParameterError(f"the step size is {self.step_size}; give a positive number")
        Spectrum(self.singular_values, self.label_coefficients, n_samples=self.n_samples)
        self.start(self.model(Ball(53)))

    @classmethod
    def of(cls, dataset: Dataset, init: str, step_size: object, depth: int = 2, seed: int = 0) -> ExactRun:
        """Take a data set that is defined by its spectrum, a form of `initialize` and a step size, as exact rationals.

        Decimal texts are read as the decimals they write; an initialization that is drawn has float64 numbers, which
        are taken as they are.

        Raises:
                ParameterError, NumberKindError, ShapeError: see the messages.
        """
        check_depth(depth)
        s, d = dataset.exact_singular_values, dataset.exact_label_coefficients
        if s is None or d is None:
            raise DataFileError(f"{dataset.name}: not given by its spectrum; take ExactTable for a table of numbers")
        c, v = initialize(init, np.asarray(dataset.spectrum().right_singular_vectors), depth, seed)
        return cls(dataset.n_samples, s, d, _rationals(c), _rationals(v), exact_fraction(step_size))

    @property
    def depth(self) -> int:
        """The number of layers `D`."""
        return len(self.layers) + 1

    @property
    def edge(self) -> Fraction:
        """`2/eta`."""
        return 2 / self.step_size

    letter = "c"
    """What the first layer's weights are called."""

    @property
    def quadratic(self) -> Quadratic:
        """The loss as a function of the coefficients `c_i`."""
        s, d = np.array(self.singular_values, dtype=object), np.array(self.label_coefficients, dtype=object)
        return Quadratic(np.diag(s * s), s * d, d @ d, self.n_samples)

    def enclosed(self, ball: Ball) -> SpectrumRun:
        """Enclose the run in balls of one precision."""
        model = self.model(ball)
        return SpectrumRun(model, self.start(model), self.step_size)

    def model(self, ball: Ball) -> ReducedModel:
        """Give the model in balls that hold the exact numbers."""
        s, d = ball.vector(self.singular_values), ball.vector(self.label_coefficients)
        return ReducedModel(ball, self.depth, self.n_samples, s, d)

    def start(self, model: ReducedModel) -> State:
        """Give the exact start in balls."""
        return model.state(self.coefficients, self.layers)


def _rationals(values: Iterable[object]) -> tuple[Fraction, ...]:
    return tuple(exact_fraction(value) for value in values)
