"""The exact rational numbers that fix a trajectory on a table of numbers: its decimals, and a weight for each feature.

The singular values of a table are irrational, so that the run is followed in full coordinates: with `G = X^T X`,
`b = X^T y` and P the product of the layers, `L = (P^2 u^T G u - 2 P u^T b + y^T y) / (2N)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.base import exact_fraction
from numerics.data import Dataset
from numerics.exact_trajectory.quadratic import Quadratic
from numerics.exact_trajectory.table_run import TableRun
from numerics.model.base import check_depth
from numerics.model.initialization import Initial, explicit, initialize
from theory.errors import ParameterError

MOST_WEIGHTS = 100
MOST_PRODUCTS = 10**7  # N d^2

Rows = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class ExactTable:
    """Gradient descent on a table of numbers, every one an exact rational.

    Attributes:
        features: X, N rows of d.
        labels: y.
        coefficients: u at the start, shape `(d,)`.
        layers: `v_j` at the start, shape `(D - 1,)`.
        step_size: `eta`.
    """

    features: Rows
    labels: tuple[Fraction, ...]
    coefficients: tuple[Fraction, ...]
    layers: tuple[Fraction, ...]
    step_size: Fraction

    letter = "u"
    """What the first layer's weights are called."""

    @classmethod
    def of(cls, dataset: Dataset, init: str, step_size: object, depth: int, seed: int) -> ExactTable:
        """Take the numbers of a data set as the rationals that they are.

        Raises:
            ParameterError: the start is in coefficients of singular vectors, which are irrational, or the table is
                too large.
        """
        check_depth(depth)
        rows, columns = dataset.X.shape
        if columns + depth - 1 > MOST_WEIGHTS or rows * columns**2 > MOST_PRODUCTS:
            raise ParameterError(
                f"{dataset.name}: {columns} features of {rows} samples; a certificate is for at most {MOST_WEIGHTS} "
                f"weights and N d^2 up to {MOST_PRODUCTS:.0e}: take fewer --samples, or leave features out with --drop"
            )
        if init.startswith("u="):
            start: Initial = explicit(init, "u", columns, depth - 1)
        elif init.partition(":")[0] in ("default", "alpha-beta"):
            start = initialize(init, np.eye(columns), depth, seed)
        else:
            raise ParameterError(
                f"on a table --init {init!r} is in a basis of irrational vectors; say --init u=U1,U2,...,v=V1,..., "
                "default or alpha-beta"
            )
        exact = dataset.numbers.exact
        X = [[int(value) * exact.unit for value in row] for row in exact.matrix.tolist()]
        y = [int(value) * exact.label_unit for value in exact.labels.entries()]
        run = cls(
            tuple(tuple(row) for row in X),
            tuple(y),
            tuple(exact_fraction(value) for value in start[0]),
            tuple(exact_fraction(value) for value in start[1]),
            exact_fraction(step_size),
        )
        if run.step_size <= 0:
            raise ParameterError(f"the step size is {run.step_size}; give a positive number")
        return run

    @property
    def n_samples(self) -> int:
        """`N`."""
        return len(self.labels)

    @property
    def depth(self) -> int:
        """The number of layers `D`."""
        return len(self.layers) + 1

    @property
    def edge(self) -> Fraction:
        """`2/eta`."""
        return 2 / self.step_size

    @cached_property
    def quadratic(self) -> Quadratic:
        """The loss in full coordinates."""
        X, y = np.array(self.features, dtype=object), np.array(self.labels, dtype=object)
        return Quadratic(X.T @ X, X.T @ y, y @ y, self.n_samples)

    def enclosed(self, ball: Ball) -> TableRun:
        """Enclose the run in balls of one precision."""
        return TableRun(ball, self.quadratic, self.coefficients, self.layers, self.step_size)
