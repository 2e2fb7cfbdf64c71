"""A finite model: how long the axes are, what the letters are, and how the outcomes are spread."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flint import fmpq

from proofs_check.soundness.semantics.arithmetic import Value, exact
from theory.errors import StatementError
from theory.language.terms import OUTCOME, REAL, Axis, Letter, Sort, Term


@dataclass(frozen=True)
class Model:
    """Values for everything that a sentence can speak of.

    Attributes:
        sizes: how many indices each axis has, by the name of its size; at least 1.
        letters: a number for each letter without indices, and for each family its numbers by tuples of indices, which
            count from 0; the outcome is the first index of a random letter. Of a family that a sentence speaks of the
            next entries of, there is one entry more along the first axis.
        law: the probability of each outcome, positive numbers that add up to 1. Where they add up to less, the rest is
            the probability of a tail of outcomes, which counts as one more outcome, and at which numbers can be
            `Geometric`.
        functions: what functions that are known by their name are: coefficients of polynomials, lowest order first.
        degrees: of each random letter the degree of a polynomial in independent normal numbers that it is. Where there
            are some, the outcomes are a grid, on which the polynomials up to `degree` have the expectation that they
            have for normal numbers.
        degree: see `degrees`.
        grid: on how many values of each of the normal numbers the grid stands, so that a polynomial of less degree
            is 0 if it is 0 on the grid.
    """

    sizes: Mapping[str, int]
    letters: Mapping[Letter, Any] = field(default_factory=dict)
    law: tuple[Value, ...] = (fmpq(1),)
    functions: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    degrees: Mapping[Letter, int] = field(default_factory=dict)
    degree: int = 0
    grid: int = 0

    def __post_init__(self) -> None:
        def numbers(value: Any) -> Any:
            return {k: exact(v) for k, v in value.items()} if isinstance(value, Mapping) else exact(value)

        set_ = object.__setattr__
        set_(self, "law", tuple(exact(weight) for weight in self.law))
        set_(self, "letters", {letter: numbers(value) for letter, value in self.letters.items()})
        set_(self, "functions", {n: tuple(exact(c) for c in row) for n, row in self.functions.items()})
        if any(count < 1 for count in self.sizes.values()):
            raise StatementError("every axis has an index")
        if not 0 <= self.tail < 1 or any(weight <= 0 for weight in self.law):
            raise StatementError("the probabilities are positive and add up to 1")

    @cached_property
    def tail(self) -> fmpq:
        """The probability of the tail."""
        return 1 - sum(self.law, fmpq(0))

    def values_of(self, sort: Sort) -> range:
        """The values of a variable of a sort that has finitely many.

        Raises:
            StatementError: the real numbers, or an axis without a size.
        """
        if sort == OUTCOME:
            return range(len(self.law) + bool(self.tail))
        if sort == REAL or not isinstance(sort, Axis):
            raise StatementError("the real numbers are not finitely many")
        if sort.size not in self.sizes:
            raise StatementError(f"the model has no size for {sort.size}")
        return range(self.sizes[sort.size])

    def places(self, sorts: tuple[Sort, ...]) -> Iterator[tuple[int, ...]]:
        """All tuples of values of variables."""
        return itertools.product(*(self.values_of(sort) for sort in sorts))

    def assignments(self, variables: Sequence[Term]) -> Iterator[dict[Term, int]]:
        """All ways to give values to variables."""
        for values in self.places(tuple(one.sort for one in variables)):
            yield dict(zip(variables, values, strict=True))

    def with_letters(self, letters: Mapping[Letter, Any]) -> Model:
        """The model with other values for some letters."""
        return replace(self, letters={**self.letters, **letters})


Indices = Mapping[Term, int]
"""Values of free indices."""
