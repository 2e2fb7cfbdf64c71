"""From one model to another, a number at a time: to where a claim fails, and to where the numbers are simple."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from proofs_check.models.search import Found, Search
from proofs_check.models.values import Array, places, sides
from theory.errors import StatementError
from theory.language.formulas import Formula, Kind
from theory.language.terms import Letter

_STEPS = (Fraction(1, 2), Fraction(1, 5), Fraction(1, 12), Fraction(1, 40))
"""Relative changes of a number."""
_BOTTOM = 12
"""Largest denominator of a number that is moved."""


def spare(claim: Formula, found: Found) -> float:
    """By how much an inequality holds, relative to its sides; infinite where that is not known."""
    try:
        pairs = list(sides(claim, found.model))
    except StatementError:
        return float("inf")
    least = float("inf")
    for left, right in pairs:
        gap, size = right - left, abs(_float(left)) + abs(_float(right))
        least = min(least, _float(gap) / size if size else 0.0)
    return least


def _float(value: Any) -> float:
    return float(value.mid()) if isinstance(value, arb) else float(Fraction(int(value.p), int(value.q)))


def towards(search: Search, found: Found, claim: Formula, tries: int) -> Found:
    """A model at which an inequality has less to spare: numbers are moved as long as that helps."""
    if claim.kind is Kind.EQUAL:
        return found
    best, least = found, spare(claim, found)
    for step in _STEPS:
        improved = True
        while improved and least >= 0:
            improved = False
            for other in _moves(best, step, search):
                tries -= 1
                if tries < 0:
                    return best
                following = search.again(best, other)
                value = float("inf") if following is None else spare(claim, following)
                if following is not None and value < least - 1e-6:
                    best, least, improved = following, value, True
                    break
    return best


def simpler(search: Search, found: Found, fails: Callable[[Found], bool]) -> Found:
    """A model with simpler numbers at which the same claim fails."""
    best, changed = found, True
    while changed:
        changed = False
        for other in _simplified(best, search):
            following = search.again(best, other)
            if following is not None and following.cost < best.cost and fails(following):
                best, changed = following, True
                break
    return best


def _free(found: Found, search: Search) -> Iterator[tuple[Letter, tuple[int, ...]]]:
    """Drawn numbers, but for those in orthonormal rows."""
    for letter, array in found.drawn.items():
        if letter not in search.rows:
            for place in places(array.shape):
                yield letter, place


def _moves(found: Found, step: Fraction, search: Search) -> Iterator[dict[Letter, Array]]:
    moved = []
    for letter, place in _free(found, search):
        now = Fraction(_float(found.drawn[letter][place])).limit_denominator(1000)
        for following in (now * (1 + step), now * (1 - step), *((step, -step) if now == 0 else ())):
            simple = following.limit_denominator(_BOTTOM)
            if simple != now:
                moved.append((letter, place, fmpq(simple.numerator, simple.denominator)))
    random.Random(0).shuffle(moved)
    return (_with(found, *one) for one in moved)


def _simplified(found: Found, search: Search) -> Iterator[dict[Letter, Array]]:
    for letter, place in _free(found, search):
        now = found.drawn[letter][place]
        whole = round(_float(now))
        for simple in dict.fromkeys((fmpq(0), fmpq(1), fmpq(-1), fmpq(whole), fmpq(round(2 * _float(now)), 2))):
            if simple != now:
                yield _with(found, letter, place, simple)


def _with(found: Found, letter: Letter, place: tuple[int, ...], value: fmpq) -> dict[Letter, Array]:
    array = found.drawn[letter].copy()
    array[place] = value
    return {**found.drawn, letter: array}
