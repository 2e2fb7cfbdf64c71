"""Random models: small, with many zeros, ones and equal numbers, and now and then a huge one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import lru_cache
from random import Random
from typing import Any

from flint import fmpq

from proofs_check.soundness.random_terms.vocabulary import AXES, DEVIATIONS, FUNCTION, NORMAL, RANDOM
from proofs_check.soundness.semantics.geometric import Geometric
from proofs_check.soundness.semantics.model import Model
from theory.language.terms import OUTCOME, Axis, Letter

_USUAL = [fmpq(p, q) for p, q in ((0, 1), (0, 1), (1, 1), (1, 1), (-1, 1), (-1, 1), (2, 1), (-2, 1), (3, 1), (1, 2))]
_USUAL += [fmpq(p, q) for p, q in ((-1, 2), (-3, 2), (4, 1), (1, 3))]
_RARE = [fmpq(10**9), -fmpq(10**9), fmpq(1, 10**6), fmpq(8), fmpq(-7, 3)]


def random_number(random: Random) -> fmpq:
    """A small rational number, often one that was there before."""
    return random.choice(_RARE) if random.random() < 0.03 else random.choice(_USUAL)


class _Letters(dict[Letter, Any]):
    """Letters that get a random value when somebody asks for it."""

    def __init__(self, random: Random, sizes: Mapping[str, int], outcomes: int, *, tail: bool = False) -> None:
        super().__init__()
        self.source = (random, sizes, outcomes, tail)

    def __missing__(self, letter: Letter) -> Any:
        random, sizes, outcomes, tail = self.source
        if letter.sorts:
            ranges = [range(sizes[sort.size]) if isinstance(sort, Axis) else range(outcomes) for sort in letter.sorts]
            if isinstance(letter.sorts[0], Axis):
                ranges[0] = range(len(ranges[0]) + 1)
            value: Any = {place: random_number(random) for place in itertools.product(*ranges)}
            if tail and letter.sorts[0] == OUTCOME:
                for place in itertools.product(*ranges[1:]):
                    value[outcomes, *place] = _sequence(random)
        else:
            value = random_number(random)
        super().__setitem__(letter, value)
        return value

    def __setitem__(self, letter: Letter, value: Any) -> None:
        """Give a letter a value; the entries that come after the last index stay as they are."""
        if letter.sorts and isinstance(letter.sorts[0], Axis):
            value = {**self[letter], **value}
        super().__setitem__(letter, value)


def _sequence(random: Random) -> Any:
    """A number along the tail: the same at each outcome, or one that grows or shrinks."""
    if random.random() < 0.4:
        return random_number(random)
    rate = random.choice((fmpq(1, 2), fmpq(3, 2), fmpq(2), fmpq(2), fmpq(3), fmpq(-3)))
    return Geometric({rate: random.choice((fmpq(1), fmpq(-1), fmpq(2))), fmpq(1): random_number(random)})


class _Changed(dict[Letter, Any]):
    """Letters of another model, but for some."""

    def __init__(self, letters: Mapping[Letter, Any], changed: Mapping[Letter, Any]) -> None:
        super().__init__(changed)
        self.others = letters

    def __missing__(self, letter: Letter) -> Any:
        return self.others[letter]


class RandomModel(Model):
    """A model whose letters get their values when they are asked for, and can get others."""

    letters: dict[Letter, Any]

    def __post_init__(self) -> None:
        """Take the numbers as they are: there are no others than exact ones."""

    def with_letters(self, letters: Mapping[Letter, Any]) -> RandomModel:
        """The model with other values for some letters; the rest is the same still."""
        changed = _Changed(self.letters, letters)
        return RandomModel(self.sizes, changed, self.law, self.functions, self.degrees, self.degree, self.grid)


_LAWS = [tuple(fmpq(p, sum(row)) for p in row) for row in ((1,), (1, 1), (1, 2), (1, 1, 1), (3, 2, 1), (1, 8, 1))]


def random_model(random: Random, *, tail: bool = False) -> RandomModel:
    """A model with one to three indices on an axis, and with one to three outcomes.

    Args:
        random: where chance comes from.
        tail: whether there are infinitely many outcomes, along which numbers may have no expectation.
    """
    sizes = {axis.size: random.choice((1, 2, 2, 3)) for axis in AXES}
    law = random.choice(_LAWS)
    if tail:
        law = tuple(weight / 2 for weight in law)
    function = {FUNCTION: tuple(random_number(random) for _ in range(random.choice((1, 2, 3))))}
    return RandomModel(sizes, _Letters(random, sizes, len(law), tail=tail), law, function)


_GRIDS = {
    5: {0: fmpq(1, 2), 1: fmpq(1, 6), 2: fmpq(1, 12)},
    7: {0: fmpq(7, 18), 1: fmpq(1, 4), 2: fmpq(1, 20), 3: fmpq(1, 180)},
}
"""Weights of 0, +-1, +-2, ...: the moments up to the order 5, or 7, are those of a normal number."""


@lru_cache(maxsize=8)
def _grid(points: int, count: int) -> tuple[tuple[fmpq, ...], list[tuple[fmpq, ...]]]:
    """Weights and places of a grid for several independent normal numbers."""
    weights = _GRIDS[points]
    places = list(itertools.product([fmpq(k) for k in range(-(points // 2), points // 2 + 1)], repeat=count))
    law = []
    for place in places:
        weight = fmpq(1)
        for one in place:
            weight *= weights[abs(int(one.p))]
        law.append(weight)
    return tuple(law), places


def normal_model(random: Random, *, two: bool = False) -> RandomModel:
    """A model with independent normal numbers: `g`, `h` and the family `n`; `r` and `s` are functions of them.

    Args:
        random: where chance comes from.
        two: whether just `g` and `h` are not 0.
    """
    sizes = {axis.size: random.choice((1, 2)) for axis in AXES}
    spread = random.choice(((1, 0, 0), (1, 1, 0), (0, 0, 1), (1, 0, 1)))
    if two:
        spread = (1, 1, 0)
    counts = [spread[0], spread[1], spread[2] * sizes["A"]]
    points = 7 if sum(counts) < 3 else 5
    law, places = _grid(points, sum(counts))
    letters = _Letters(random, sizes, len(law))
    start = 0
    for letter, deviation, present, count in zip(NORMAL, DEVIATIONS, spread, counts, strict=True):
        scales = (fmpq(1), fmpq(2), fmpq(-1)) if two else (fmpq(1), fmpq(2), fmpq(1, 2), fmpq(-1), fmpq(3))
        scale = random.choice(scales) if present else fmpq(0)
        letters[deviation] = scale
        axes = [(k,) for k in range(sizes["A"])] if len(letter.sorts) == 2 else [()]
        letters[letter] = {
            (outcome, *axis): scale * place[start + k] if present else fmpq(0)
            for outcome, place in enumerate(places)
            for k, axis in enumerate(axes)
        }
        start += count
    degrees = dict.fromkeys(NORMAL, 1)
    for letter in RANDOM[:2]:
        shape, degrees[letter] = random.choice((((0, 1), 1), ((0, -1), 1), ((1, 0, 1), 2), ((0, 0, 1), 2), ((1,), 0)))
        letters[letter] = {
            (outcome,): sum((c * place[0] ** k for k, c in enumerate(shape)), fmpq(0))
            for outcome, place in enumerate(places)
        }
    function = {FUNCTION: tuple(random_number(random) for _ in range(3))}
    return RandomModel(sizes, letters, law, function, degrees, points, points)
