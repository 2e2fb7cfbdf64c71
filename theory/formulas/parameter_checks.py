"""Checks of parameters. Each raises one clear line; symbols pass, since a statement states its own domain."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np

from theory.errors import NotFiniteError, ParameterError
from theory.language.numbers import SYMBOLIC, Number, is_finite, kind

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def within_float64(formula: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Make a formula say in one line that a number left the range of float64 on the way to its result."""

    @functools.wraps(formula)
    def checked(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
        try:
            with np.errstate(over="ignore", under="ignore", invalid="ignore"):
                return formula(*arguments, **named)
        except OverflowError as error:
            raise NotFiniteError(
                f"{formula.__name__} leaves the range of float64: rescale the data, or give mpmath.mpf numbers"
            ) from error

    return checked


def check_depth(depth: Number) -> None:
    """Refuse a depth that is not a whole number of at least 2."""
    if kind(depth) == SYMBOLIC:
        return
    if not isinstance(depth, int) or depth < 2:
        raise ParameterError(f"depth must be a whole number of at least 2, not {depth}")


def check_finite(value: Number, name: str) -> None:
    """Refuse NaN and infinity."""
    if not is_finite(value):
        raise NotFiniteError(f"{name} is {value}: give a finite number")


def check_positive(value: Number, name: str) -> None:
    """Refuse a number that is not positive for certain."""
    check_finite(value, name)
    if kind(value) != SYMBOLIC and not value > 0:
        raise ParameterError(f"{name} must be positive, not {value}")


def check_batch_size(batch_size: Number, n_samples: Number) -> None:
    """Refuse a batch size that is not a whole number from 1 to the number of samples."""
    if kind(batch_size) == SYMBOLIC or kind(n_samples) == SYMBOLIC:
        return
    if not isinstance(batch_size, int) or not 1 <= batch_size <= n_samples:
        raise ParameterError(f"the batch size must be a whole number from 1 to {n_samples}, not {batch_size}")


def check_order(least: Number, greatest: Number) -> None:
    """Refuse eigenvalues of a conserved matrix that are out of order, or all negative for certain."""
    check_finite(least, "the least eigenvalue")
    check_finite(greatest, "the greatest eigenvalue")
    if SYMBOLIC in (kind(least), kind(greatest)):
        return
    if greatest < 0:
        raise ParameterError(f"the greatest eigenvalue is {greatest}: at width 1 give C to two_layer_minimizer instead")
    if least > greatest:
        raise ParameterError(f"the least eigenvalue, {least}, is above the greatest, {greatest}")
