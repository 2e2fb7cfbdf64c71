"""How an object finds what typesets it in a notebook."""

from __future__ import annotations

import importlib
from typing import Any


def typesetter(file: str) -> Any:
    """Give a file of `theory.printing`, by name: that room is built on what it prints, which needs it here alone.

    Examples:
        >>> typesetter("values").value_latex(0.25)
        '0.25'
    """
    return importlib.import_module(f"theory.printing.{file}")
