"""The generators of instances, by the names of their rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from proofs_check.soundness.random_terms.world import World

Generator = Callable[[World], Any]
"""Applies a rule to random arguments, of which most meet its conditions."""

GENERATORS: dict[str, Generator] = {}
"""Every generator, once the room of the generators is loaded."""


def generator(function: Generator) -> Generator:
    """Register a generator, which is called like its rule."""
    GENERATORS[function.__name__] = function
    return function


def arguments(**rules: Callable[[World], tuple[Any, ...]]) -> None:
    """Register generators by the random arguments that they give to their rules."""
    for name, given in rules.items():
        GENERATORS[name] = partial(_applied, name, given)


def _applied(name: str, given: Callable[[World], tuple[Any, ...]], w: World) -> Any:
    return w.rules[name](*given(w))
