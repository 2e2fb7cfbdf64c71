"""What can be recorded along a run."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Vector, exact_fraction
from numerics.model.base import Model, State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import Optimizer
from numerics.sharpness import sharpness_along_a_run
from theory.errors import NotFiniteError, ParameterError
from theory.formulas.imbalance import gradient_descent_increment, sgd_expected_increment, step_terms


class Observer(ABC):
    """One quantity of a model's state, rounded to float64 for the record."""

    name: ClassVar[str]

    @abstractmethod
    def observe(self, model: Model, state: State) -> float | list[float]:
        """Compute the quantity at one state."""

    def on(self, model: Model, states: int) -> Callable[[State], float | list[float]]:
        """Bind to the model of a run, of which so many states will be observed."""
        return partial(self.observe, model)


class Loss(Observer):
    """`L = ||f - y||^2 / (2 N)`."""

    name = "loss"

    def observe(self, model: Model, state: State) -> float:
        """Compute the loss."""
        return model.arithmetic.to_float(model.loss(state))


class Sharpness(Observer):
    """`S = lambda_max(Hess L)`, with its factor 1/N."""

    name = "sharpness"

    def observe(self, model: Model, state: State) -> float:
        """Compute the sharpness exactly; infinity where the arithmetic cannot hold it."""
        return self.on(model, 1)(state)

    def on(self, model: Model, states: int) -> Callable[[State], float]:
        """Bind to the model of a run."""
        sharpness = sharpness_along_a_run(model, states)

        def observed(state: State) -> float:
            try:
                return model.arithmetic.to_float(sharpness(state))
            except NotFiniteError:
                return math.inf

        return observed


class Imbalance(Observer):
    """Each layer's imbalance `||Pi_W u||^2 - v_j^2`."""

    name = "imbalance"

    def observe(self, model: Model, state: State) -> list[float]:
        """Compute the `D - 1` imbalances."""
        return [model.arithmetic.to_float(value) for value in model.imbalance(state)]


class Balancedness(Observer):
    """The spread of `||Pi_W u||^2, v_1^2, ..., v_{D-1}^2`, largest less smallest: 0 if balanced (Assumption 4.5)."""

    name = "balancedness"

    def observe(self, model: Model, state: State) -> float:
        """Compute the spread."""
        values = [0.0, *(model.arithmetic.to_float(value) for value in model.imbalance(state))]
        return max(values) - min(values)


class DescentIncrement(Observer):
    """By how much the next step of gradient descent moves the imbalance at depth 2 (Theorem 5.9)."""

    name = "gd_increment"

    def __init__(self, step_size: object) -> None:
        self.step_size = exact_fraction(step_size)

    def observe(self, model: Model, state: State) -> float:
        """Evaluate the theorem's formula at the state rounded to float64."""
        s, d, c, v = _two_layers(model, state)
        # In the singular basis the data are diag(s); the theorem's N is the data's own.
        step = self.step_size * len(s) / model.n_samples
        return _increment(gradient_descent_increment, np.diag(s), d, c, v, step)


class StochasticIncrement(Observer):
    """The expected increment of the imbalance over the next batch of SGD at depth 2 (Theorem 5.9)."""

    name = "sgd_increment"

    def __init__(self, step_size: object, batch_size: int) -> None:
        self.step_size, self.batch_size = exact_fraction(step_size), batch_size

    def observe(self, model: Model, state: State) -> float:
        """Evaluate the theorem's formula at the state rounded to float64."""
        _, _, c, v = _two_layers(model, state)
        data, labels = _samples(model)
        formula = partial(sgd_expected_increment, batch_size=self.batch_size)
        return _increment(formula, data, labels, c, v, self.step_size)


def _increment(
    formula: Callable[..., Any], data: NDArray[np.float64], labels: NDArray[np.float64], u: Any, v: Any, step: Fraction
) -> float:
    """Evaluate an increment with `sqrt(eta)` taken into data and labels, since `eta^2` may leave the range of float64.

    Where the scaled numbers leave it too, rationals decide, and a value too large for float64 is infinite.
    """
    root = math.sqrt(step)
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            return float(formula(root * data, root * labels, u, v, step_size=1.0))
    except NotFiniteError:
        pass
    exact = formula(*map(_rationals, (data, labels, u)), exact_fraction(v), step_size=step)
    try:
        return float(exact)
    except OverflowError:
        return math.inf if exact > 0 else -math.inf


def _rationals(numbers: Any) -> Any:
    return np.vectorize(Fraction, otypes=[object])(np.asarray(numbers, dtype=np.float64))


class StepTerms(Observer):
    """The terms `T_1, T_2, T_a, T_b, T_3, T_4` of Theorem 5.9 at depth 2 (`theory.formulas.imbalance.StepTerms`)."""

    name = "step_terms"

    def observe(self, model: Model, state: State) -> list[float]:
        """Evaluate the six terms at the state rounded to float64."""
        _, _, c, v = _two_layers(model, state)
        data, labels = _samples(model)
        return [float(term) for term in step_terms(data, labels, c, v)]


def standard_observers() -> tuple[Observer, ...]:
    """Give what a run records if nothing else is asked for."""
    return (Loss(), Sharpness(), Imbalance(), Balancedness())


def increment_observers(optimizer: Optimizer, depth: int) -> tuple[Observer, ...]:
    """Give the increments of the imbalance that Theorem 5.9 knows for an optimizer; none at another depth than 2."""
    if depth != 2 or optimizer.step_size is None:
        return ()
    descent = DescentIncrement(optimizer.step_size)
    if optimizer.batch_size is None or not optimizer.independent_batches:
        return (descent,)
    return descent, StochasticIncrement(optimizer.step_size, optimizer.batch_size)


def _two_layers(
    model: Model, state: State
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    if not isinstance(model, ReducedModel) or model.depth != 2:
        raise ParameterError("Theorem 5.9 is about the linear model of depth 2; leave its observers out")
    c = floats(model, model.coefficients(state))
    return *model.rounded_spectrum, c, model.arithmetic.to_float(state.layers[0])


def _samples(model: Model) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give every sample in the coordinates of the `c_i`, as rows, and the labels."""
    if not isinstance(model, ReducedModel) or model.left_singular_vectors is None or model.labels is None:
        raise ParameterError("the terms over samples need the samples; use ReducedModel.from_data")
    s, _ = model.rounded_spectrum
    return floats(model, model.left_singular_vectors) * s, floats(model, model.labels)


def floats(model: Model, values: Vector) -> NDArray[np.float64]:
    """Round numbers of a model's arithmetic to float64, in an array of the same shape."""
    if values.dtype != object:
        return np.asarray(values, dtype=np.float64)
    to_float = model.arithmetic.to_float
    flat = [to_float(value) for value in values.ravel()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)
