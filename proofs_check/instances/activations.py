"""Activations at exact instances: what the unknown functions of Appendix E stand for, and gradient flow with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb

from theory.formulas.nonlinear import SIGMOID, TANH
from theory.language.unknown_activation import Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue


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
