"""The generators of instances, by the names of their rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from proofs_check.soundness.world import World

Generator = Callable[[World], Any]
"""Applies a rule to random arguments, of which most meet its conditions."""

GENERATORS: dict[str, Generator] = {}
"""Every generator, once the room of the generators is loaded."""


def generator(function: Generator) -> Generator:
    """Register a generator, which is called like its rule."""
    GENERATORS[function.__name__] = function
    return function
