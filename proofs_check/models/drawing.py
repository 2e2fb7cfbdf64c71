"""Numbers to try: small whole ones first, then small quotients; and functions for those known by name alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.instances.activations import CONCRETE
from proofs_check.instances.data_sets import orthonormal_rows
from proofs_check.instances.instance import Array
from proofs_check.models.values import places
from theory.language.unknown_functions import UnknownFunction

_WHOLE: tuple[fmpq | int, ...] = (1, 0, -1, 1, 2, -2, 0, 1, 3, -1)
_HALVES: tuple[fmpq | int, ...] = tuple(fmpq(top, bottom) for top in range(-5, 6) for bottom in (1, 2, 3))
_NICE = ((3, 4), (4, 3), (1, 0), (0, 1), (1, 1), (1, 2, 2), (2, 1, 2), (2, 2, 1), (2, 3, 6), (1, 0, 0), (0, 0, 1))
"""Whole vectors, most of whole length."""


def number(source: random.Random, level: int) -> fmpq:
    """A number; higher levels know more of them."""
    return fmpq(source.choice(_WHOLE if level < 2 else _HALVES))


def above_zero(source: random.Random, level: int) -> fmpq:
    """A positive number."""
    if level < 1:
        return fmpq(1)
    return fmpq(source.choice((1, 1, 2, 3)), source.choice((1, 1, 1, 2) if level < 2 else (1, 2, 3)))


def whole(source: random.Random, level: int) -> fmpq:
    """A whole number of at least 1."""
    return fmpq(source.randint(1, 2 + level))


def entries(source: random.Random, level: int, shape: Sequence[int]) -> Array:
    """Entries of a family: drawn one by one, or a vector of whole length."""
    array = np.empty(tuple(shape), dtype=object)
    nice = [one for one in _NICE if shape and len(one) == shape[-1]]
    scale = number(source, level) if nice and source.random() < 0.5 else None
    for place in places(shape):
        array[place] = number(source, level)
    if scale is not None:
        for place in places(shape[:-1]):
            array[place] = [fmpq(entry) * source.choice((1, -1)) * (scale or 1) for entry in source.choice(nice)]
    return array


def orthonormal(source: random.Random, level: int, rows: int, columns: int) -> Array:
    """Orthonormal rows: unit vectors, or rotated ones."""
    if level >= 2 and source.random() < 0.6:
        return orthonormal_rows(source, rows, columns)
    array = np.array([[fmpq(0)] * columns for _ in range(rows)], dtype=object)
    turned = level >= 1 and source.random() < 0.5
    order = source.sample(range(columns), rows) if turned else list(range(rows))
    for row, place in enumerate(order):
        array[row, place] = fmpq(-1 if turned and source.random() < 0.3 else 1)
    return array


def functions(named: Mapping[str, type[UnknownFunction]], source: random.Random) -> dict[str, Callable[[Any], Any]]:
    """A choice for each function: one activation for those of the paper, for any other what its declaration allows."""
    known = source.choice(CONCRETE[:2] if source.random() < 0.8 else CONCRETE)
    found: dict[str, Callable[[Any], Any]] = {}
    for name, kind in named.items():
        if kind in known:
            found[name] = known[kind]
        elif kind.fdiff is UnknownFunction.fdiff:
            shift = fmpq(source.choice((0, 1, -1, 2)))
            slope = fmpq(0) if kind.zero_nowhere else fmpq(source.choice((0, 1, -1, 2)))
            found[name] = _line(slope, shift or fmpq(1))
    return found


def _line(slope: fmpq, shift: fmpq) -> Callable[[Any], Any]:
    return lambda x: slope * x + shift
