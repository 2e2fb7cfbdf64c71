"""Functions known by their derivatives alone."""

from __future__ import annotations

from typing import ClassVar

import sympy


class UnknownFunction(sympy.Function):  # type: ignore[misc]
    """A real function of one number that is never evaluated.

    Attributes:
        zero_nowhere: whether it may be divided by.
    """

    nargs = 1
    is_real = True
    zero_nowhere: ClassVar[bool] = False
