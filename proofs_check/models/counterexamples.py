"""Where a claim fails: the simplest model of the hypotheses that was found at which it surely does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Symbol

from proofs_check.instances.evaluation import Truth, at_precision, compared, mean_at
from proofs_check.instances.instance import Instance
from proofs_check.models.moving import simpler, spare, towards
from proofs_check.models.quotient import Undefined
from proofs_check.models.search import Found, Search
from proofs_check.models.values import cases, sides, value
from theory.errors import StatementError
from theory.language.expectation import Mean
from theory.language.formulas import Formula, Kind
from theory.language.relations import Sense
from theory.language.statement_reader import ReadStatement
from theory.language.substitution import abstract
from theory.language.terms import OUTCOME

ATTEMPTS = (120, 400, 400)
"""Attempts at each level of size."""
ENOUGH = (80, 80, 60)
"""Models of each level that are looked at to refute what somebody says."""
A_FEW = (2, 4, 1)
"""The same, to see that hypotheses can be met and that nothing fails there."""
ATTEMPTS_AT_A_FEW = (120, 400, 280)
"""Attempts at these."""
SECONDS = 10.0
"""After so long no more models are looked for, once there are some of each level."""
MOVED = 2
"""Models from which one sets out for each claim."""
TRIES = 250
"""Moves on the way."""


@dataclass(frozen=True)
class Candidate:
    """A model of the hypotheses as an instance, and the claims that seem to fail there."""

    instance: Instance
    claims: tuple[str, ...]


@dataclass
class Models:
    """Models of a statement's hypotheses, and which claims they tell to be false."""

    read: ReadStatement
    enough: tuple[int, ...] = ENOUGH
    """Models of each level after which the next is begun."""
    attempts: tuple[int, ...] = ATTEMPTS
    """Attempts at each level of size."""

    def __post_init__(self) -> None:
        self.search = Search(self.read)
        self.found: list[Found] = []

    def candidates(self) -> Iterator[Candidate]:
        """Models in the order in which they are best looked at: those first at which a claim seems to fail."""
        with at_precision():
            for level in range(len(self.attempts)):
                found = list(self.of_level(level))
                failing = sorted((one for one in found if self.failing(one)), key=lambda one: one.cost)
                for one in failing:
                    yield self._candidate(self._simplest(one))
                yield from (self._candidate(one) for one in found if one not in failing)
            yield from (self._candidate(self._simplest(one)) for one in self.moved())

    def of_level(self, level: int) -> Iterator[Found]:
        """Models of one level of size."""
        end, count = time.monotonic() + SECONDS / len(self.attempts), 0
        for one in self.search.at_level(level, self.attempts[level]):
            if one is not None:
                self.found.append(one)
                count += 1
                yield one
            if count >= self.enough[level] or (count >= 8 and time.monotonic() > end):
                break

    def moved(self, starts: int = MOVED, tries: int = TRIES) -> Iterator[Found]:
        """From the models at which a claim has the least to spare to others, where it fails."""
        for name, claim in self.read.claims.items():
            if claim.kind is Kind.EQUAL:
                continue
            by_spare = sorted(self.found, key=lambda one: (spare(claim, one), one.cost))
            for one in by_spare[:starts]:
                moved = towards(self.search, one, claim, tries)
                if name in self.failing(moved):
                    yield moved

    def _simplest(self, found: Found) -> Found:
        return simpler(self.search, found, lambda one: bool(self.failing(one)))

    def failing(self, found: Found) -> tuple[str, ...]:
        """Names of the claims that fail at a model."""
        return tuple(name for name, claim in self.read.claims.items() if fails(claim, found))

    def _candidate(self, found: Found) -> Candidate:
        return Candidate(as_instance(self.read, found), self.failing(found))


def fails(claim: Formula, found: Found) -> bool:
    """Whether a claim surely fails at a model; what is said of almost all outcomes must fail around it too."""
    try:
        pairs = list(sides(claim, found.model))
    except StatementError:
        return False
    almost = claim.kind is Kind.LESS and OUTCOME in claim.prefix
    sense = Sense.AT_MOST if almost else Sense(claim.kind.value)
    return any(compared(sense, right - left) is Truth.VIOLATED for left, right in pairs)


def as_instance(read: ReadStatement, found: Found) -> Instance:
    """A model in the letters that the statement is written with."""
    scalars: dict[Any, Any] = {}
    families: dict[Any, Any] = {}
    for axis, size in found.model.sizes.items():
        scalars[Symbol(axis, integer=True, positive=True)] = size
    for letter, array in sorted(found.model.letters.items(), key=lambda item: item[0].key):
        label = read.reader.seen[letter.name]
        if array.ndim:
            families[label] = array
        else:
            scalars[label] = array[()]
    for claim in read.statement.claims.values():
        for mean in claim.left.atoms(Mean) | claim.right.atoms(Mean):
            try:
                scope = read.reader.indices((mean,))
                body = abstract(read.reader.expression(mean, scope=scope), *scope.values())
                for places in cases(tuple(one.sort for one in scope.values()), found.model):
                    there = {index: place + 1 for index, place in zip(scope, places, strict=True)}
                    scalars[mean_at(mean, there)] = value(body, found.model, places)
            except (Undefined, StatementError):
                continue
    functions = {
        kind: found.model.functions[name]
        for name, kind in read.reader.functions.items()
        if name in found.model.functions
    }
    return Instance(scalars, families, functions=functions, by_construction=found.by_construction)
