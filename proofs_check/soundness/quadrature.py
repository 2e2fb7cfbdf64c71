"""Expectations of functions of two independent normal numbers that no grid gives, by numerical integration."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from proofs_check.soundness.random_terms.vocabulary import NORMAL
from proofs_check.soundness.semantics.model import Model
from proofs_check.soundness.semantics.truth import Truth, Undecided
from proofs_check.soundness.semantics.value import evaluation
from theory.language.terms import Term

_POINTS = 80
_TOLERANCE = 1e-6
Function = Callable[[float, float], float]


def mean_equals(left: Term, right: Term, model: Model, indices: dict[Term, int]) -> Truth:
    """Whether an expectation over two independent normal numbers is what the right side says, to six digits."""
    coordinates = _coordinates(model)
    if coordinates is None:
        return Truth.UNDECIDED
    body = evaluation(left.arguments[0])

    def function(*at: float) -> float:
        letters: dict[Any, Any] = {
            letter: {
                place: arb(sum(float(c.p) / float(c.q) * one for c, one in zip(row, at, strict=True)))
                for place, row in coordinates[letter].items()
            }
            for letter in NORMAL
        }
        return float(arb(body(model.with_letters(letters), indices, (0,))))

    try:
        meant = float(arb(evaluation(right)(model, indices, ())))
    except Undecided:
        return Truth.UNDECIDED
    found = _mean_over_circle(function) if _is_homogeneous(function) else _mean_over_plane(function)
    return Truth.HOLDS if abs(found - meant) <= _TOLERANCE * max(1.0, abs(meant)) else Truth.VIOLATED


def _is_homogeneous(function: Function) -> bool:
    """Whether a function is homogeneous of degree 2, as far as two points tell."""
    return all(abs(function(2 * x, 2 * y) - 4 * function(x, y)) < _TOLERANCE for x, y in ((0.3, 0.8), (-1.1, 0.7)))


def _mean_over_circle(function: Function) -> float:
    """Of a function of degree 2: twice its mean over half the unit circle, where the trapezoids converge fast."""
    angles = [math.pi * (step + 0.5) / _POINTS for step in range(_POINTS)]
    return 2 * sum(function(math.cos(angle), math.sin(angle)) for angle in angles) / _POINTS


def _mean_over_plane(function: Function) -> float:
    """By trapezoids over a square outside of which the normal density is negligible."""
    nodes = [0.2 * k for k in range(-30, 31)]
    weights = [0.2 * math.exp(-x * x / 2) / math.sqrt(2 * math.pi) for x in nodes]
    pairs = list(zip(nodes, weights, strict=True))
    return sum(w * v * function(x, y) for x, w in pairs for y, v in pairs)


def _coordinates(model: Model) -> dict[Any, dict[tuple[int, ...], tuple[fmpq, fmpq]]] | None:
    """Each normal number in two of them that are independent; None where there are not two."""
    count = round(math.log(len(model.law), model.grid))
    if count != 2:
        return None
    points = model.grid
    # The outcomes of the grid at which one coordinate is 1 and the other 0.
    middle, step = (points * points - 1) // 2, 1
    units = (middle + points * step, middle + step)
    found: dict[Any, dict[tuple[int, ...], tuple[fmpq, fmpq]]] = {}
    for letter in NORMAL:
        values = model.letters[letter]
        places = {place[1:] for place in values}
        found[letter] = {(0, *rest): (values[units[0], *rest], values[units[1], *rest]) for rest in places}
    return found
