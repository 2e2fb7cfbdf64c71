"""Gradient and Hessian of a loss, given as a term, at one model; the top eigenvalue, rest points, trajectories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.instances.eigenvalue import enclose_top_eigenvalue, exact_top_eigenvalue
from proofs_check.instances.hessian import Taylor
from proofs_check.instances.taylor_method import flow
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

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: int) -> Dual:
        result: Any = fmpq(1)
        for _ in range(exponent):
            result = self * result
        return result  # type: ignore[no-any-return]


def point(bodies: tuple[Term, ...], shapes: Shapes, model: Model) -> Array:
    """All weights in a row."""
    rows = [
        value(body, model, stack) for body, sorts in zip(bodies, shapes, strict=True) for stack in cases(sorts, model)
    ]
    array = np.empty(len(rows), dtype=object)
    array[:] = rows
    return array


def loss_at(loss: Term, shapes: Shapes, model: Model, weights: list[Any]) -> Any:
    """The loss with numbers of any kind for the weights.

    Raises:
        Undefined: it is no polynomial in the weights, as these numbers need it to be.
    """
    rest, letters = list(weights), dict(model.letters)
    for place, sorts in enumerate(shapes):
        letter = Letter(str(place), sorts, "weight")
        array = np.empty(model.shape(letter), dtype=object)
        for stack in cases(sorts, model):
            array[stack] = rest.pop(0)
        letters[letter] = array
    try:
        return value(loss, replace(model, letters=letters))
    except TypeError as error:
        raise Undefined("a loss that is no polynomial in its weights") from error


def gradient(loss: Term, shapes: Shapes, model: Model, at: Array) -> Array:
    """The gradient at weights, which may be series in time."""
    units = np.array([[fmpq(int(i == k)) for i in range(len(at))] for k in range(len(at))], dtype=object)
    shown = loss_at(loss, shapes, model, [Dual(weight, unit) for weight, unit in zip(at, units, strict=True)])
    return shown.gradient if isinstance(shown, Dual) else at * fmpq(0)


def top_eigenvalue(loss: Term, shapes: Shapes, model: Model, at: Array) -> Any:
    """The top eigenvalue of the Hessian at exact weights, exact where it is rational, else a ball."""
    size = len(at)
    zeros = np.full((size, size), fmpq(0), dtype=object)
    units = np.array([[fmpq(int(i == k)) for i in range(size)] for k in range(size)], dtype=object)
    shown = loss_at(loss, shapes, model, [Taylor(weight, unit, zeros) for weight, unit in zip(at, units, strict=True)])
    hessian = shown.hessian if isinstance(shown, Taylor) else zeros
    exact = exact_top_eigenvalue(hessian) if all(isinstance(entry, fmpq) for entry in hessian.flat) else None
    return enclose_top_eigenvalue(hessian) if exact is None else exact


def moved(loss: Term, shapes: Shapes, model: Model, start: Array) -> Array:
    """Where gradient flow is some time later, in balls."""

    def field(weights: Array) -> Array:
        return -gradient(loss, shapes, model, weights)

    return flow(field, start)
