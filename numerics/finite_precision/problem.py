"""One question to ask in many precisions: data, depth, step size, initialization."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic import Arithmetic, Float64
from numerics.arithmetic.base import exact_fraction
from numerics.data.dataset import Dataset
from numerics.model.base import State, check_depth
from numerics.model.initialization import Form, initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import check_step_size
from theory import Spectrum


@dataclass(frozen=True, eq=False)
class Problem:
    """Gradient descent on one data set from one start: everything but the precision.

    Attributes:
        spectrum: singular values and label coefficients; every number is taken as exact.
        depth: `D >= 2`.
        step_size: `eta`, an exact rational.
        coefficients: the initial `c_i`, shape `(r,)`: texts and rationals stay exact until they are rounded to p bits.
        layers: the initial `v_j`, shape `(D - 1,)`.

    >>> from numerics.arithmetic import Float64
    >>> problem = Problem(Spectrum([2.0], [1.0], n_samples=1), 2, Fraction(1, 3), ["0.1"], ["0.5"])
    >>> problem.model(Float64()).rank
    1
    """

    spectrum: Spectrum
    depth: int
    step_size: Fraction
    coefficients: Sequence[Any] | NDArray[Any]
    layers: Sequence[Any] | NDArray[Any]

    def __post_init__(self) -> None:
        check_step_size(self.step_size)

    @classmethod
    def from_dataset(cls, dataset: Dataset, depth: int, step_size: Fraction, form: Form, seed: int) -> Problem:
        """Take the data's exact spectrum where their source has one, else the one that float64 finds.

        Args:
            dataset: the data.
            depth: `D`.
            step_size: `eta`.
            form: an initialization (`numerics.model.initialization`).
            seed: fixes its draw.
        """
        check_depth(depth)
        spectrum = dataset.spectrum()
        coefficients, layers = initialize(form, np.asarray(spectrum.right_singular_vectors), depth, seed)
        return cls(spectrum, depth, step_size, coefficients, layers)

    def model(self, arithmetic: Arithmetic) -> ReducedModel:
        """Round the data to an arithmetic."""
        return ReducedModel.from_spectrum(self.spectrum, self.depth, arithmetic)

    def start(self, model: ReducedModel) -> State:
        """Round the initialization to a model's arithmetic."""
        return model.state(self.coefficients, self.layers)

    @cached_property
    def divergence_loss(self) -> float:
        """The loss beyond which a run has diverged: 1e6, or where it starts above 1, a million times the start's."""
        model = self.model(Float64())
        with model.arithmetic.active():
            return 1e6 * max(1.0, float(model.loss(self.start(model))))

    def digest(self) -> str:
        """Give the SHA-256 of the problem's numbers, each as an exact rational."""
        numbers = (
            *self.spectrum.singular_values,
            *self.spectrum.label_coefficients,
            int(self.spectrum.n_samples),
            self.depth,
            self.step_size,
            *self.coefficients,
            *self.layers,
        )
        return hashlib.sha256("\n".join(str(exact_fraction(number)) for number in numbers).encode()).hexdigest()

    def with_step_size(self, step_size: Fraction) -> Problem:
        """Ask the same with another step size."""
        return Problem(self.spectrum, self.depth, step_size, self.coefficients, self.layers)
