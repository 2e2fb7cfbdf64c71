"""What people say beside the data, read: the texts of the commands, or the objects that they name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from numerics.arithmetic.base import exact_fraction
from numerics.arithmetic.whole_numbers import whole
from numerics.model.initialization import FORMS, Form
from numerics.optimizers import Optimizer, Options, optimizers
from numerics.spectrum.arrays import in_float64, plain_array
from theory.did_you_mean import did_you_mean
from theory.errors import ParameterError


def number(value: object) -> Fraction | None:
    """Read a number, exactly; a float is the decimal that it prints as, and None is none.

    Raises:
        NumberKindError, NotFiniteError, ParameterError: it is no finite number.

    Examples:
        >>> number(0.03), number("2/0.8"), number(None)
        (Fraction(3, 100), Fraction(5, 2), None)
    """
    if value is None:
        return None
    return exact_fraction(str(value) if isinstance(value, float | np.floating) else value)


def loss(value: object, what: str = "the tolerance") -> float:
    """Read a loss, 0 or more.

    Raises:
        ParameterError, NumberKindError, NotFiniteError: it is none.

    Examples:
        >>> loss("1e-3")
        0.001
    """
    number = float(exact_fraction(value))
    if number < 0:
        raise ParameterError(f"{what} is {value}; give 0 or a positive loss")
    return number


def optimizer_of(value: str | Optimizer, step_size: object, batch_size: object, seed: int) -> Optimizer:
    """Read a rule for the next step, and what it needs; 0.03 is 3/100, and not the float64 next to it.

    Raises:
        ParameterError: there is none of that name, or it needs something else.

    Examples:
        >>> optimizer_of("gd", 0.03, None, 0).settings()
        {'optimizer': 'gd', 'step_size': '0.03'}
    """
    if isinstance(value, Optimizer):
        if step_size is not None or batch_size is not None:
            raise ParameterError(f"{value.name} has its step size already; leave step_size and batch_size out")
        return value
    name, known = str(value), optimizers()
    if name not in known:
        raise ParameterError(
            f"there is no optimizer {name!r}; give one of {', '.join(known)}{did_you_mean(name, known)}"
        )
    size = None if batch_size is None else whole(batch_size, "the batch size")
    return known[name].from_options(Options(None if step_size is None else str(step_size), size, seed))


def start_of(value: Any) -> Form:
    """Read a start: a form of `numerics.model.initialization`, or the weights `(u, v)`, shapes `(d,)` and `(D-1,)`.

    Raises:
        ParameterError: it is neither.

    Examples:
        >>> start_of(([1, 2], [0.5]))
        (array([1., 2.]), array([0.5]))
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise ParameterError(f"the initialization is a {type(value).__name__}; give {FORMS}, or weights (u, v)")
    u, v = (
        in_float64("init", name, plain_array("init", name, part)).reshape(-1)
        for name, part in zip("uv", value, strict=True)
    )
    return u, v
