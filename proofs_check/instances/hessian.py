"""Hessian of a loss at one instance, exactly: second-order Taylor arithmetic through the loss's own expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Array, Instance
from theory.language.indexed import IndexedArray
from theory.language.statement import Sharpness


@dataclass(frozen=True)
class Taylor:
    """A number with its gradient and Hessian in the parameters; sums and products follow the rules of calculus."""

    value: Any
    gradient: Array
    hessian: Array

    def __add__(self, other: Any) -> Taylor:
        if not isinstance(other, Taylor):
            return Taylor(self.value + other, self.gradient, self.hessian)
        return Taylor(self.value + other.value, self.gradient + other.gradient, self.hessian + other.hessian)

    def __mul__(self, other: Any) -> Taylor:
        if not isinstance(other, Taylor):
            return Taylor(self.value * other, self.gradient * other, self.hessian * other)
        crossed = np.outer(self.gradient, other.gradient)
        return Taylor(
            self.value * other.value,
            self.gradient * other.value + other.gradient * self.value,
            self.hessian * other.value + other.hessian * self.value + crossed + crossed.T,
        )

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: int) -> Taylor:
        result: Any = fmpq(1)
        for _ in range(exponent):
            result = self * result
        return result  # type: ignore[no-any-return]


def exact_hessian(sharpness: Sharpness, instance: Instance) -> Array:
    """Hessian of the loss at the instance's weights, shape (p, p), in the order of the parameters.

    Args:
        sharpness: names the loss and the parameters.
        instance: gives the data and the weights as exact numbers.
    """
    values: list[Any] = []
    for part in sharpness.point:
        if isinstance(part, IndexedArray):
            values.extend(instance.families[part.expression.base.label])
        else:
            values.append(instance.scalars[part])
    size = len(values)
    zeros = np.full((size, size), fmpq(0), dtype=object)
    variables = [
        Taylor(value, np.array([fmpq(int(i == k)) for i in range(size)], dtype=object), zeros)
        for k, value in enumerate(values)
    ]
    scalars, families = dict(instance.scalars), dict(instance.families)
    for part in sharpness.point:
        if isinstance(part, IndexedArray):
            label = part.expression.base.label
            length = len(families[label])
            entries = np.empty(length, dtype=object)
            entries[:] = variables[:length]
            families[label], variables = entries, variables[length:]
        else:
            scalars[part], variables = variables[0], variables[1:]
    loss = evaluate(sharpness.loss(*sharpness.point), Instance(scalars, families))
    return np.asarray(loss.hessian)
