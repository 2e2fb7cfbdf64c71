"""Gradient and Hessian of a loss, given as a term, at one model; the top eigenvalue, rest points, trajectories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.instances import eigenvalue
from proofs_check.instances.arrays import arrays, units
from proofs_check.instances.hessian import Taylor
from proofs_check.instances.taylor_method import flow
from proofs_check.instances.truncated_series import whole_power
from proofs_check.models.quotient import Undefined
from proofs_check.models.values import Array, Model, cases, value
from theory.language.terms import Letter, Sort, Term

Shapes = tuple[tuple[Sort, ...], ...]
"""The sorts of each weight."""


@dataclass(frozen=True)
class Dual:
    """A number with its gradient; sums and products follow the rules of calculus."""

    value: Any
    gradient: Array

    def __add__(self, other: Any) -> Dual:
        if not isinstance(other, Dual):
            return Dual(self.value + other, self.gradient)
        return Dual(self.value + other.value, self.gradient + other.gradient)

    def __mul__(self, other: Any) -> Dual:
        if not isinstance(other, Dual):
            return Dual(self.value * other, self.gradient * other)
        return Dual(self.value * other.value, self.gradient * other.value + other.gradient * self.value)

    __radd__, __rmul__, __pow__ = __add__, __mul__, whole_power


def point(bodies: tuple[Term, ...], shapes: Shapes, model: Model) -> Array:
    """All weights in a row."""
    rows = [
        value(body, model, stack) for body, sorts in zip(bodies, shapes, strict=True) for stack in cases(sorts, model)
    ]
    return np.array(rows, dtype=object)


def loss_at(loss: Term, shapes: Shapes, model: Model, weights: Iterable[Any]) -> Any:
    """The loss with numbers of any kind for the weights.

    Raises:
        Undefined: it is no polynomial in the weights, as these numbers need it to be.
    """
    names = [Letter(str(place), sorts, "weight") for place, sorts in enumerate(shapes)]
    families = arrays(weights, *map(model.shape, names))
    try:
        return value(loss, replace(model, letters={**model.letters, **dict(zip(names, families, strict=True))}))
    except TypeError as error:
        raise Undefined("a loss that is no polynomial in its weights") from error


def gradient(loss: Term, shapes: Shapes, model: Model, at: Array) -> Array:
    """The gradient at weights, which may be series in time."""
    shown = loss_at(loss, shapes, model, map(Dual, at, units(len(at))))
    return shown.gradient if isinstance(shown, Dual) else at * fmpq(0)


def top_eigenvalue(loss: Term, shapes: Shapes, model: Model, at: Array) -> Any:
    """The top eigenvalue of the Hessian at exact weights, exact where it is rational, else a ball."""
    variables = Taylor.variables(at)
    shown = loss_at(loss, shapes, model, variables)
    return eigenvalue.top_eigenvalue(shown.hessian if isinstance(shown, Taylor) else variables[0].hessian)


def moved(loss: Term, shapes: Shapes, model: Model, start: Array) -> Array:
    """Where gradient flow is some time later, in balls."""

    def field(weights: Array) -> Array:
        return -gradient(loss, shapes, model, weights)

    return flow(field, start)
