"""Other versions of statements, made from the statements themselves: nobody chose what could be noticed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sympy import Expr, Symbol

from proofs_check.mutants.expressions import CHANGES, Vocabulary
from theory.language.indexed import FamilySymbol, IndexedArray, label_of
from theory.language.relations import Relation, Sense
from theory.language.statement import Hypothesis, Initialization, Orthonormal, Sharpness, Statement

MOST = 3
"""Mutants of each kind for each statement; which ones is drawn by its id."""


Build = Callable[[], Statement]


@dataclass(frozen=True)
class Mutant:
    """One other version of a statement, which may be true all the same.

    Attributes:
        kind: what kind of thing was changed.
        name: what was changed, in a few words.
        statement: makes the other version, under the id of the true one.
    """

    kind: str
    name: str
    statement: Build


def mutants_of(statement: Statement, most: int = MOST) -> list[Mutant]:
    """Other versions of a statement, of every kind that there are of it."""
    found: dict[str, list[tuple[str, Build]]] = {}
    for kind, name, build in _all(statement):
        found.setdefault(kind, []).append((name, build))
    chosen = []
    for kind, mine in found.items():
        source = random.Random(f"{statement.id} {kind}")
        for name, build in mine if len(mine) <= most else source.sample(mine, most):
            chosen.append(Mutant(kind, name, build))
    return chosen


def _all(statement: Statement) -> Iterator[tuple[str, str, Build]]:
    relations = _relations(statement)
    vocabulary = Vocabulary.of([*relations.values()])
    for name, relation in relations.items():
        for kind, changes in CHANGES.items():
            for side in ("left", "right"):
                for what, build in changes(getattr(relation, side), vocabulary):
                    yield kind, f"{name}: {what}", partial(_changed, statement, name, side, build)
    for name, claim in statement.claims.items():
        for what, other in _other_senses(claim):
            yield "sense", f"{name}: {what}", partial(_with, statement, name, other)
    for name, hypothesis in statement.hypotheses.items():
        yield "hypothesis left out", name, partial(without_hypothesis, statement, name)
        if isinstance(hypothesis, Initialization):
            for what, law in _unlisted(hypothesis):
                yield "random letter not listed", what, partial(_with, statement, name, law)
    for letter, domain in statement.domains.items():
        for wider in ("nonnegative", "real") if domain == "positive" else ("real",):
            if not letter.is_integer:
                yield "domain widened", f"{letter} {wider}", partial(_widened, statement, letter, wider)


def _changed(statement: Statement, name: str, side: str, build: Callable[[], Expr]) -> Statement:
    return _with(statement, name, _side(_relations(statement)[name], side, build()))


def _relations(statement: Statement) -> dict[str, Relation]:
    assumed = {name: one for name, one in statement.hypotheses.items() if isinstance(one, Relation)}
    return {**assumed, **statement.claims}


def _side(relation: Relation, side: str, expression: Any) -> Relation:
    sides = {"left": relation.left, "right": relation.right, side: expression}
    return Relation(sides["left"], relation.sense, sides["right"])


def _with(statement: Statement, name: str, part: Hypothesis) -> Statement:
    if name in statement.claims:
        assert isinstance(part, Relation)
        return replace(statement, claims={**statement.claims, name: part})
    return replace(statement, hypotheses={**statement.hypotheses, name: part})


def _other_senses(claim: Relation) -> Iterator[tuple[str, Relation]]:
    if claim.sense is Sense.EQUAL:
        yield "less instead of equal", Relation(claim.left, Sense.LESS, claim.right)
        return
    if claim.sense is Sense.AT_MOST:
        yield "strict", Relation(claim.left, Sense.LESS, claim.right)
    yield "equal", Relation(claim.left, Sense.EQUAL, claim.right)
    yield "turned", Relation(claim.right, claim.sense, claim.left)


def _unlisted(law: Initialization) -> Iterator[tuple[str, Initialization]]:
    for place, (letter, _) in enumerate(law.scales):
        yield str(label_of(letter)), replace(law, scales=(*law.scales[:place], *law.scales[place + 1 :]))
    for place, letter in enumerate(law.functions):
        yield str(label_of(letter)), replace(law, functions=(*law.functions[:place], *law.functions[place + 1 :]))


def _widened(statement: Statement, letter: Symbol, domain: str) -> Statement:
    """The statement with a letter that may be zero or negative, wherever it is written."""
    wider = {"real": True} if domain == "real" else {"nonnegative": True}
    family = isinstance(letter, FamilySymbol)
    other = FamilySymbol(letter.name, letter.axes, letter.chain, **wider) if family else Symbol(letter.name, **wider)

    def put(part: Any) -> Any:
        if isinstance(part, Relation):
            left, right = put(part.left), put(part.right)
            same = left is part.left and right is part.right and part.case is None
            return part if same else Relation(left, part.sense, right)  # what stays the same is read once
        if isinstance(part, IndexedArray):
            expression = put(part.expression)
            return part if expression is part.expression else replace(part, expression=expression)
        if isinstance(part, Orthonormal):
            family = put(part.family)
            return part if family is part.family else Orthonormal(family)
        if isinstance(part, Sharpness):
            return replace(part, symbol=put(part.symbol), point=tuple(map(put, part.point)))
        if isinstance(part, Initialization):
            return Initialization(tuple((put(a), put(b)) for a, b in part.scales), tuple(map(put, part.functions)))
        return part.xreplace({letter: other}) if hasattr(part, "xreplace") else part

    hypotheses = {name: put(one) for name, one in statement.hypotheses.items()}
    return replace(statement, hypotheses=hypotheses, claims={name: put(one) for name, one in statement.claims.items()})


def without_hypothesis(statement: Statement, name: str) -> Statement:
    """The statement with one hypothesis dropped."""
    return replace(statement, hypotheses={k: h for k, h in statement.hypotheses.items() if k != name})
