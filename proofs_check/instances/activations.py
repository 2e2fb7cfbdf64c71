"""Activations at exact instances: what the unknown functions of Appendix E stand for, and gradient flow with them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import arb, fmpq

from proofs_check.instances.data_sets import orthonormal_rows, positive, rational, vector
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from proofs_check.instances.taylor_method import flow
from theory.formulas.nonlinear import SIGMOID, TANH, ActivationFunction, nonlinear_imbalance
from theory.language.reading import label_of as label
from theory.setting.nonlinear_model import DIRECTIONS, END, LINE, NORMS, PREACTIVATIONS, START
from theory.setting.symbols import C, N, X, n_features, u, v, y
from theory.setting.unknown_activation import Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue


@dataclass(frozen=True)
class Concrete:
    """One activation: `phi`, its slope as a polynomial in its value, `Phi`, and `Phi` as a function of the value."""

    name: str
    value: Callable[[Any], Any]
    slope_of_value: Callable[[Any], Any]
    antiderivative: Callable[[Any], Any]
    of_value: Callable[[Any], Any]

    def functions(self) -> dict[type, Callable[[Any], Any]]:
        """What an instance puts for the unknown functions."""
        return {
            Activation: self.value,
            ActivationSlope: lambda x: self.slope_of_value(self.value(x)),
            Antiderivative: self.antiderivative,
            AntiderivativeOfValue: self.of_value,
        }


_CONSTRUCTED = frozenset({"minimizer", "imbalance", "inverse"})
CONCRETE = (
    Concrete("identity", lambda x: x, lambda p: 0 * p + 1, lambda x: x * x / 2, lambda t: t * t / 2),
    Concrete("2 x + 1", lambda x: 2 * x + 1, lambda p: 0 * p + 2, lambda x: (x * x + x) / 2, lambda t: (t * t - 1) / 8),
    Concrete("exp", lambda x: arb(x).exp(), lambda p: p, lambda x: x, lambda t: arb(t).log()),
    Concrete(
        "tanh",
        lambda x: arb(x).tanh(),
        lambda p: 1 - p * p,
        lambda x: TANH.antiderivative(arb(x)),
        lambda t: TANH.antiderivative_of_value(arb(t)),
    ),
    Concrete(
        "sigmoid",
        lambda x: SIGMOID.value(arb(x)),
        lambda p: p * (1 - p),
        lambda x: SIGMOID.antiderivative(arb(x)),
        lambda t: SIGMOID.antiderivative_of_value(arb(t)),
    ),
)


def orthogonal_samples(source: random.Random) -> Instance:
    """Samples along orthogonal directions, with weights, labels and a direction in the weights."""
    size = source.randint(1, 3)
    d = size + source.randint(0, 1)
    norms = np.array([positive(source, 4, 2) for _ in range(size)], dtype=object)
    directions = orthonormal_rows(source, size, d)
    weights = vector(source, d) / 4
    return Instance(
        {N: size, n_features: d, v: rational(source) / 4 or fmpq(1, 2), LINE[1]: rational(source)},
        {
            label(NORMS): norms,
            label(DIRECTIONS): directions,
            label(X): (directions.T * norms).T,
            label(y): vector(source, size),
            label(u): weights,
            label(LINE[0]): vector(source, d),
        },
    )


def with_activation_flow(instance: Instance, activation: Concrete) -> Instance:
    """The instance with a trajectory of gradient flow from its weights: polynomial in `(u, v, phi(X u))`."""
    data, labels, first = value_of(instance, X), value_of(instance, y), value_of(instance, u)
    size, d = data.shape

    def field(state: Array) -> Array:
        second, values = state[d], state[d + 1 :]
        slopes = np.array([activation.slope_of_value(value) for value in values], dtype=object)
        residual = values * second - labels
        change = -(data.T @ (residual * slopes)) * second / size
        rate = -(residual @ values) / size
        return np.concatenate([change, [rate], slopes * (data @ change)])

    values = np.array([activation.value(entry) for entry in data @ first], dtype=object)
    moved = flow(field, np.concatenate([first, [instance.scalars[v]], values]))
    placed = with_values(
        instance, (START[0], first), (START[1], instance.scalars[v]), (END[0], moved[:d]), (END[1], moved[d])
    )
    return replace(placed, functions=activation.functions(), description=activation.name)


def at_zero_loss(seed: int = 0, activations: tuple[Concrete, ...] = CONCRETE) -> Iterator[tuple[Instance, Concrete]]:
    """Orthogonal samples whose labels are what the weights give."""
    source = random.Random(seed)
    for _ in range(4):
        for activation in activations:
            instance = orthogonal_samples(source)
            before = value_of(instance, X) @ value_of(instance, u)
            weight = instance.scalars[v]
            labels = np.array([activation.value(entry) * weight for entry in before], dtype=object)
            placed = with_values(instance, (y, labels))
            yield replace(placed, functions=activation.functions(), by_construction=_CONSTRUCTED), activation


def zero_loss_minimizers(activation: ActivationFunction) -> Iterator[Instance]:
    """The same with one activation alone, and the imbalance."""
    for instance, _ in at_zero_loss(activations=tuple(one for one in CONCRETE if one.name == activation.name)):
        yield with_values(instance, (C, evaluate(nonlinear_imbalance(NORMS, PREACTIVATIONS, v, activation), instance)))
