"""Hessian of a loss at one instance, exactly: second-order Taylor arithmetic through the loss's own expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.instances.arrays import arrays, units
from proofs_check.instances.eigenvalue import top_eigenvalue
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from proofs_check.instances.truncated_series import whole_power
from theory.language.indexed import IndexedArray
from theory.language.statement import Sharpness, Statement


@dataclass(frozen=True)
class Taylor:
    """A number with its gradient and Hessian in the parameters; sums and products follow the rules of calculus."""

    value: Any
    gradient: Array
    hessian: Array

    @classmethod
    def variables(cls, values: Array) -> list[Taylor]:
        """The parameters themselves, at these values."""
        size = len(values)
        zeros = np.full((size, size), fmpq(0), dtype=object)
        return [cls(value, unit, zeros) for value, unit in zip(values, units(size), strict=True)]

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

    __radd__, __rmul__, __pow__ = __add__, __mul__, whole_power


def exact_hessian(sharpness: Sharpness, instance: Instance) -> Array:
    """Hessian of the loss at the instance's weights, shape (p, p), in the order of the parameters.

    Args:
        sharpness: names the loss and the parameters.
        instance: gives the data and the weights as exact numbers.
    """
    families = [
        value_of(instance, part) if isinstance(part, IndexedArray) else np.array(instance.scalars[part], dtype=object)
        for part in sharpness.point
    ]
    variables = Taylor.variables(np.concatenate([family.ravel() for family in families]))
    moved = arrays(variables, *(family.shape for family in families))
    there = with_values(instance, *zip(sharpness.point, (family[()] for family in moved), strict=True))
    return np.asarray(evaluate(sharpness.loss(*sharpness.point), there).hessian)


def with_sharpness(instance: Instance, statement: Statement) -> Instance:
    """The instance with each sharpness of a statement, exact or enclosed, from the exact Hessian of the loss."""
    named = (one for one in statement.hypotheses.values() if isinstance(one, Sharpness))
    return with_values(instance, *((one.symbol, top_eigenvalue(exact_hessian(one, instance))) for one in named))
