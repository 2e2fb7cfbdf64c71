"""Gradients and Hessians of a loss at a point, and whether a number is the top eigenvalue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq

from proofs_check.soundness.semantics.arithmetic import ONE, ZERO, Jet, Value, sign, slope
from proofs_check.soundness.semantics.model import Indices, Model
from proofs_check.soundness.semantics.truth import Truth, Undecided
from proofs_check.soundness.semantics.value import evaluation
from theory.language.formulas import Formula
from theory.language.terms import Letter, Sort, Term

_OUTER, _INNER = (1 << 62) - 1, 1 << 62
"""Levels of the two derivatives, inside of all others."""


@dataclass(frozen=True)
class Loss:
    """A loss as a function of its weights, in a model.

    Attributes:
        term: the loss, in the letters of the weights.
        sorts: of each weight.
        model: values of everything else.
        indices: of free indices.
        stack: of loose bound variables.
    """

    term: Term
    sorts: tuple[tuple[Sort, ...], ...]
    model: Model
    indices: Indices
    stack: tuple[Any, ...]

    def point(self, bodies: tuple[Term, ...]) -> list[Value]:
        """The weights as one list, from families of them."""
        return [
            evaluation(body)(self.model, self.indices, (*self.stack, *place))
            for body, sorts in zip(bodies, self.sorts, strict=True)
            for place in self.model.places(sorts)
        ]

    def __call__(self, weights: list[Value]) -> Value:
        """The loss."""
        letters: dict[Letter, Any] = {}
        rest = iter(weights)
        for number, sorts in enumerate(self.sorts):
            values = {place: next(rest) for place in self.model.places(sorts)}
            letters[Letter(str(number), sorts, "weight")] = values if sorts else values[()]
        return evaluation(self.term)(self.model.with_letters(letters), self.indices, self.stack)

    def gradient(self, weights: list[Value]) -> list[Value]:
        """First derivatives."""
        return [self._slope(_moved(weights, place, _OUTER), _OUTER) for place in range(len(weights))]

    def hessian(self, weights: list[Value]) -> list[list[Value]]:
        """Second derivatives."""
        count = len(weights)
        rows = [[ZERO] * count for _ in range(count)]
        for first in range(count):
            for second in range(first + 1):
                point = _moved(_moved(weights, first, _OUTER), second, _INNER)
                rows[first][second] = rows[second][first] = self._slope(point, _INNER, _OUTER)
        return rows

    def _slope(self, weights: list[Value], *levels: int) -> Value:
        found = self(weights)
        for level in levels:
            found = slope(found, level)
        return found


def _moved(weights: list[Value], place: int, level: int) -> list[Value]:
    return [*weights[:place], Jet(weights[place], ONE, level), *weights[place + 1 :]]


def is_top_eigenvalue(formula: Formula, model: Model, indices: Indices, stack: tuple[Any, ...]) -> Truth:
    """Whether the number is an eigenvalue of the loss's Hessian, and no eigenvalue is larger."""
    number, loss, *point = formula.terms
    value = evaluation(number)(model, indices, stack)
    function = Loss(loss, formula.data, model, indices, stack)
    rows = function.hessian(function.point(tuple(point)))
    exact = isinstance(value, fmpq) and all(isinstance(entry, fmpq) for row in rows for entry in row)
    if not exact:
        raise Undecided("an eigenvalue in a ball")
    shifted = [[(value if i == j else ZERO) - entry for j, entry in enumerate(row)] for i, row in enumerate(rows)]
    least = least_pivot(shifted)
    return Truth.HOLDS if least == 0 else Truth.VIOLATED


def least_pivot(matrix: list[list[fmpq]]) -> int:
    """1 for a positive definite symmetric matrix, 0 for a positive semidefinite singular one, -1 for any other."""
    rows, found = [list(row) for row in matrix], 1
    while rows:
        pivot = rows[0][0]
        if sign(pivot) < 0 or (sign(pivot) == 0 and any(rows[0])):
            return -1
        if sign(pivot) == 0:
            found = 0
            rows = [row[1:] for row in rows[1:]]
            continue
        head = rows[0]
        rows = [[entry - row[0] * head[j] / pivot for j, entry in enumerate(row)][1:] for row in rows[1:]]
    return found
