"""A proof: small steps, each a relation with the method that establishes it from earlier ones.

Nothing is believed here. `check_proof` establishes each step anew, in order, from the statement's hypotheses and the
steps before it; a step that names something not established fails, and so do all that build on it. A claim of the
statement is proved when an established step says exactly that.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from sympy import Dummy, Expr, Indexed, IndexedBase, Product, Sum, Symbol

from proofs_check.engine.normal_form import Orthonormal as ContractionRule
from proofs_check.engine.normal_form import Setting, opened
from proofs_check.engine.signs import Sign, declared, sign
from proofs_check.engine.uninterpreted import UNINTERPRETED
from theory.errors import StatementError
from theory.language.relations import Relation, Sense
from theory.language.statement import Orthonormal, Statement
from theory.language.unknown_functions import UnknownFunction

_MARK = "fact:"


class Outcome(Enum):
    """What a check came to. Nothing else is ever recorded."""

    PROVED = "proved"
    ENCLOSED = "enclosed"
    SAMPLED = "sampled"
    OPEN = "open"
    REFUTED = "refuted"
    VACUOUS = "vacuous"


class Scope(Enum):
    """What a step holds for."""

    ALL_SIZES = "all sizes"
    FIXED_SIZE = "fixed size"
    ONE_INSTANCE = "one instance"
    SAMPLED = "sampled"


class StepFailure(StatementError):  # noqa: N818 - the step fails, not the program
    """A step that its method does not establish; the message says why."""


class Method(Protocol):
    """A way to establish a relation from others."""

    @property
    def name(self) -> str:
        """`identity`, `derivation`, `induction`, `established`, `axiom`, `enclosure` or `sample`."""

    @property
    def scope(self) -> Scope:
        """What the step holds for."""

    @property
    def axioms(self) -> tuple[str, ...]:
        """Keys of the trusted base that the method rests on."""

    @property
    def uses(self) -> frozenset[str]:
        """Names of the hypotheses and steps that the method draws on."""

    def check(self, claim: Relation, state: State) -> None:
        """Return if the claim follows, else raise `StepFailure`."""


@dataclass(frozen=True)
class Step:
    """One relation and how it is established."""

    id: str
    claim: Relation
    method: Method


@dataclass(frozen=True)
class StepRecord:
    """What became of a step."""

    id: str
    claim: Relation
    method: str
    outcome: Outcome
    scope: Scope
    axioms: tuple[str, ...]
    seconds: float
    reason: str = ""


@dataclass
class State:
    """What is established so far: the statement's hypotheses, then each step that passed."""

    statement: Statement
    facts: dict[str, Relation] = field(default_factory=dict)
    support: dict[str, frozenset[str]] = field(default_factory=dict)
    """Axioms that each fact rests on, through everything that it uses."""
    universal: set[str] = field(default_factory=set)
    """Facts that hold for all values of all their letters, whatever the hypotheses say."""

    def __post_init__(self) -> None:
        for name, hypothesis in self.statement.hypotheses.items():
            if isinstance(hypothesis, Relation):
                self.facts[name] = hypothesis
                self.support[name] = frozenset({hypothesis.granted_by} if hypothesis.granted_by else ())

    def fact(self, name: str) -> Relation:
        """Return an established relation.

        Raises:
            StepFailure: nothing of that name is established.
        """
        if name not in self.facts:
            raise StepFailure(f"{name!r} is not established")
        return self.facts[name]

    def instance(self, name: str, indices: tuple[Expr, ...]) -> Expr:
        """Return `right - left` of a fact at the given indices, which replace its free ones in alphabetical order."""
        relation = self.fact(name)
        free = free_indices(relation)
        if len(free) != len(indices):
            raise StepFailure(f"{name!r} has {len(free)} free indices, but {len(indices)} are given")
        # An index bound inside the relation must not capture one that is put in.
        given = {symbol.name for index in indices for symbol in index.free_symbols}
        bound = {limits[0] for ranged in relation.difference.atoms(Sum, Product) for limits in ranged.limits}
        apart = {symbol: Dummy(symbol.name, integer=True, positive=True) for symbol in bound if symbol.name in given}
        opened = relation.difference.xreplace(apart)
        return opened.xreplace(dict(zip(free, indices, strict=True)))

    def setting(self, rewrite: tuple[str, ...], given: tuple[str, ...]) -> Setting:
        """Return what a normal form may use: definitions from equalities, signs from inequalities."""
        definitions: dict[Expr, Callable[..., Expr]] = {}
        roots: list[tuple[Expr, Expr]] = []
        for name in rewrite:
            relation = self.fact(name)
            if relation.sense is not Sense.EQUAL:
                raise StepFailure(f"{name!r} is no equality and cannot be rewritten with")
            _define(name, relation, definitions, roots)
        contractions = tuple(
            ContractionRule(hypothesis.family.expression.base.label, len(hypothesis.family.axes) - 1)
            for hypothesis in self.statement.hypotheses.values()
            if isinstance(hypothesis, Orthonormal)
        )
        known = self.known_signs(given)

        def nonzero(expression: Expr) -> bool:
            if sign(expression, known) is Sign.POSITIVE:
                return True
            factors = expression.as_ordered_factors() if expression.is_Mul else [expression]
            bases = [factor.base if factor.is_Pow else factor for factor in factors]
            return all(
                (isinstance(base, UnknownFunction) and base.zero_nowhere)
                or (base.is_Rational and base != 0)
                or sign(base**2, known) is Sign.POSITIVE
                or known(base) is Sign.POSITIVE
                for base in bases
            )

        def nonnegative(expression: Expr) -> bool:
            return sign(expression, known) is not Sign.UNKNOWN

        return Setting(definitions, contractions, nonzero, nonnegative, tuple(roots))

    def known_signs(self, given: tuple[str, ...]) -> Callable[[Expr], Sign]:
        """Return the signs of atoms: by declared domain, by fact markers, and by the given inequalities `0 < p`."""
        told: dict[Expr, Sign] = {}
        for name in given:
            relation = self.fact(name)
            if relation.left != 0 or relation.sense is Sense.EQUAL:
                raise StepFailure(f"{name!r} does not say that something is positive or nonnegative")
            told[relation.right] = Sign.POSITIVE if relation.sense is Sense.LESS else Sign.NONNEGATIVE

        def known(expression: Expr) -> Sign:
            if expression in told:
                return told[expression]
            label = expression.base.label if isinstance(expression, Indexed) else expression
            if isinstance(label, Symbol) and label.name.startswith(_MARK):
                sense = self.fact(label.name.removeprefix(_MARK)).sense
                return {Sense.EQUAL: Sign.ZERO, Sense.AT_MOST: Sign.NONNEGATIVE, Sense.LESS: Sign.POSITIVE}[sense]
            return declared(expression)

        return known


def fact(name: str, *indices: Expr | int) -> Expr:
    """Stand for `right - left` of an established relation inside a combination.

    The marker counts as zero, nonnegative or positive according to the relation's sense. Indices replace the free
    indices of the relation in alphabetical order.
    """
    symbol = Symbol(_MARK + name, real=True)
    return Indexed(IndexedBase(symbol), *indices) if indices else symbol


def markers(expression: Expr) -> set[str]:
    """Names of the facts that an expression draws on."""
    return {symbol.name.removeprefix(_MARK) for symbol in expression.atoms(Symbol) if symbol.name.startswith(_MARK)}


def without_markers(expression: Expr, state: State) -> Expr:
    """The expression with each marker replaced by the difference that it stands for."""
    replacement: dict[Expr, Expr] = {}
    for atom in expression.atoms(Indexed, Symbol):
        label = atom.base.label if isinstance(atom, Indexed) else atom
        if isinstance(label, Symbol) and label.name.startswith(_MARK):
            indices = tuple(atom.indices) if isinstance(atom, Indexed) else ()
            if not isinstance(atom, Indexed) and any(
                isinstance(other, Indexed) and other.base.label == atom for other in expression.atoms(Indexed)
            ):
                continue  # the label of an indexed marker, which is replaced as a whole
            replacement[atom] = state.instance(label.name.removeprefix(_MARK), indices)
    return expression.xreplace(replacement)


def free_indices(relation: Relation) -> list[Symbol]:
    """Index symbols that a relation is stated for all values of, in alphabetical order."""
    return relation.free_indices


def _define(
    name: str,
    relation: Relation,
    definitions: dict[Expr, Callable[..., Expr]],
    roots: list[tuple[Expr, Expr]],
) -> None:
    left, right = relation.left, relation.right
    if isinstance(left, UNINTERPRETED):
        left = opened(left)
    if isinstance(left, Indexed):
        indices = left.indices
        if not all(index.is_Symbol for index in indices) or len(set(indices)) != len(indices):
            raise StepFailure(f"{name!r} does not define every entry of {left.base.label}")

        def define(*given: Expr) -> Expr:
            return right.xreplace(dict(zip(indices, given, strict=True)))

        definitions[left.base.label] = define
    elif left.is_Symbol:
        definitions[left] = lambda: right
    elif left.is_Pow:
        roots.append((left, right))
    else:
        raise StepFailure(f"the left side of {name!r} is no symbol, entry or root to rewrite")


def check_proof(statement: Statement, steps: list[Step]) -> tuple[dict[str, Outcome], list[StepRecord], State]:
    """Establish each step anew and see which claims they reach.

    Returns:
        The outcome of each claim of the statement, a record for each step, and what was established.

    Raises:
        StatementError: two steps of one name, or a name that a hypothesis has.
    """
    state = State(statement)
    records: list[StepRecord] = []
    for step in steps:
        if step.id in state.facts or step.id in statement.hypotheses or any(step.id == r.id for r in records):
            raise StatementError(f"{statement.id}: two facts are called {step.id!r}")
        start = time.perf_counter()
        outcome, reason = Outcome.PROVED, ""
        try:
            for name in step.method.uses:
                if name not in statement.hypotheses:
                    state.fact(name)
            step.method.check(step.claim, state)
        except StatementError as error:
            outcome, reason = Outcome.OPEN, str(error)
        except RecursionError:
            outcome, reason = Outcome.OPEN, "the rewriting does not end: a definition leads back to itself"
        else:
            state.facts[step.id] = step.claim
            if getattr(step.method, "universal", False):
                state.universal.add(step.id)
            inherited = [state.support.get(name, frozenset()) for name in step.method.uses]
            state.support[step.id] = frozenset(step.method.axioms).union(*inherited)
        records.append(
            StepRecord(
                step.id,
                step.claim,
                step.method.name,
                outcome,
                step.method.scope,
                tuple(sorted(step.method.axioms)),
                time.perf_counter() - start,
                reason,
            )
        )
    claims = {name: _outcome_of_claim(name, claim, state) for name, claim in statement.claims.items()}
    return claims, records, state


def _outcome_of_claim(name: str, claim: Relation, state: State) -> Outcome:
    established = state.facts.get(name)
    return Outcome.PROVED if established is not None and same_relation(established, claim) else Outcome.OPEN


def same_relation(first: Relation, second: Relation) -> bool:
    """Whether two relations are the same one, letter by letter."""
    return (first.left, first.sense, first.right) == (second.left, second.sense, second.right)


def unused_steps(statement: Statement, steps: list[Step]) -> list[str]:
    """Names of steps that no claim rests on: a proof holds none."""
    needed = set(statement.claims)
    for step in reversed(steps):
        if step.id in needed:
            needed |= step.method.uses
    return [step.id for step in steps if step.id not in needed]
