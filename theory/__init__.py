"""What is true of the minimalist model: closed forms, each in one place, for every kind of number.

>>> from theory import Spectrum
>>> from theory.bounds import two_layer_minimizer
>>> two_layer_minimizer(Spectrum.from_data([[5.0, 0.0], [0.0, 4.0]], [0.0, 15.0]))
Bounds(lower=46.875, upper=76.875)

A theorem shows itself typeset in a notebook:

>>> from theory import statement
>>> statement("thm-4.3")
<Statement thm-4.3: Sharpness at a minimizer, two layers>
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from theory.bounds import Bounds
from theory.spectrum import Spectrum

if TYPE_CHECKING:
    from theory.statements import statement

__all__ = ["Bounds", "Spectrum", "statement"]


def __getattr__(name: str) -> Any:
    if name != "statement":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Statements are made of symbols, which are slow, and no formula needs them: so nothing depends on this import.
    return getattr(importlib.import_module(f"{__name__}.statements"), name)
