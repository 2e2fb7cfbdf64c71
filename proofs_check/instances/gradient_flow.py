"""Trajectories of gradient flow from exact weights, enclosed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from proofs_check.instances.instance import Array, Instance, value_of, with_values
from proofs_check.instances.taylor_method import flow
from theory.formulas.deep_model import gradient
from theory.language.indexed import IndexedArray
from theory.setting.symbols import X, u, y


def descent(X: Array, y: Array, size: int) -> Callable[[Array], Array]:
    """The field of gradient flow: the negative gradient, for the first layer's `size` weights and the later layers."""

    def field(weights: Array) -> Array:
        return -np.concatenate(gradient(X, y, weights[:size], weights[size:]))

    return field


def with_flow(instance: Instance, start: tuple[Any, Any], end: tuple[Any, Any], later: Array) -> Instance:
    """The instance with a trajectory of gradient flow from its first layer and the given later layers.

    Args:
        instance: gives the data and `u`.
        start: letters for the weights at time 0; the second may be a symbol, for two layers.
        end: letters for the weights at a later time.
        later: the later layers at time 0.
    """
    field = descent(value_of(instance, X), value_of(instance, y), len(value_of(instance, u)))
    return with_trajectory(instance, field, start, end, later)


def with_trajectory(
    instance: Instance, field: Callable[[Array], Array], start: tuple[Any, Any], end: tuple[Any, Any], later: Array
) -> Instance:
    """The same for any field."""
    first = value_of(instance, u)
    moved = flow(field, np.concatenate([first, later]))
    pairs = list(zip(start, (first, later), strict=True))
    pairs += zip(end, (moved[: len(first)], moved[len(first) :]), strict=True)
    scalars = [(letter, value if isinstance(letter, IndexedArray) else value[0]) for letter, value in pairs]
    return with_values(instance, *scalars)
