"""What stands for functions that are known by name alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from flint import fmpq

from proofs_check.instances.activations import CONCRETE
from theory.language.unknown_functions import UnknownFunction

Named = Mapping[str, Callable[[Any], Any]]


def drawn(functions: Mapping[str, type[UnknownFunction]], source: random.Random) -> dict[str, Callable[[Any], Any]]:
    """A choice for each function: one activation for those of the paper, for any other what its declaration allows."""
    known = source.choice(CONCRETE[:2] if source.random() < 0.8 else CONCRETE).functions()
    found: dict[str, Callable[[Any], Any]] = {}
    for name, kind in functions.items():
        if kind in known:
            found[name] = known[kind]
        elif kind.fdiff is UnknownFunction.fdiff:
            shift = fmpq(source.choice((0, 1, -1, 2)))
            slope = fmpq(0) if kind.zero_nowhere else fmpq(source.choice((0, 1, -1, 2)))
            found[name] = _line(slope, shift or fmpq(1))
    return found


def _line(slope: fmpq, shift: fmpq) -> Callable[[Any], Any]:
    return lambda x: slope * x + shift
