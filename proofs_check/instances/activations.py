"""Activations at exact instances: what the unknown functions of Appendix E stand for, and gradient flow with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb

from theory.formulas.nonlinear import SIGMOID, TANH
from theory.language.unknown_activation import Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue

Function = Callable[[Any], Any]


def _activation(
    value: Function, slope_of_value: Function, antiderivative: Function, of_value: Function
) -> dict[type, Function]:
    """`phi`, its slope as a polynomial in its value, `Phi`, and `Phi` as a function of the value."""
    return {
        Activation: value,
        ActivationSlope: lambda x: slope_of_value(value(x)),
        Antiderivative: antiderivative,
        AntiderivativeOfValue: of_value,
    }


CONCRETE = (
    _activation(lambda x: x, lambda p: 0 * p + 1, lambda x: x * x / 2, lambda t: t * t / 2),
    _activation(lambda x: 2 * x + 1, lambda p: 0 * p + 2, lambda x: (x * x + x) / 2, lambda t: (t * t - 1) / 8),
    _activation(lambda x: arb(x).exp(), lambda p: p, lambda x: x, lambda t: arb(t).log()),
    _activation(
        lambda x: arb(x).tanh(),
        lambda p: 1 - p * p,
        lambda x: TANH.antiderivative(arb(x)),
        lambda t: TANH.antiderivative_of_value(arb(t)),
    ),
    _activation(
        lambda x: SIGMOID.value(arb(x)),
        lambda p: p * (1 - p),
        lambda x: SIGMOID.antiderivative(arb(x)),
        lambda t: SIGMOID.antiderivative_of_value(arb(t)),
    ),
)
"""What an instance puts for the unknown functions: the identity, `2 x + 1`, exp, tanh and the sigmoid."""
