"""A proof: small steps, each a relation with the method that finds a theorem for it from earlier ones.

Nothing is believed here. A method searches, and what it finds is a theorem that the rules of `proofs_check.rules` have
made. A claim of the statement is proved when there is a theorem that says the claim and assumes nothing but the
statement's hypotheses and the domains of its letters.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from enum import Enum
from functools import cached_property
from typing import Protocol

from sympy import Expr, Indexed, IndexedBase, Symbol

from proofs_check.rules.equality import same_difference
from proofs_check.rules.logic import assume, at, cut, for_all, instance
from proofs_check.rules.theorem import Theorem, proves, theorems_in
from theory.errors import StatementError
from theory.language.formulas import Formula, Kind, closed, opened
from theory.language.relations import Relation
from theory.language.statement import Hypothesis, Statement
from theory.language.statement_reader import ReadStatement, domains, read
from theory.language.substitution import Family, abstract
from theory.language.terms import OUTCOME, THE_OUTCOME, ZERO, Letter, Sort, Term, entry, fresh, subtract

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
    ONE_INSTANCE = "one instance"


class StepFailure(StatementError):  # noqa: N818 - the step fails, not the program
    """A step that its method finds no theorem for; the message says what is missing."""


class Method(Protocol):
    """A way to find a theorem for a relation."""

    @property
    def name(self) -> str:
        """What a reader sees of it: `identity`, `derivation`, `induction`, `established`, ..."""

    @property
    def uses(self) -> frozenset[str]:
        """Names of the hypotheses and steps that the method draws on: those that it was made with."""
        return frozenset(_names_in(tuple(vars(self).values())))

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Return a theorem that says the claim, else raise `StepFailure` or what a rule raises."""


def _names_in(given: object) -> Iterator[str]:
    """Names of facts: as such, marked in an expression, or in a collection of these."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, Expr):
        yield from markers(given)
    elif isinstance(given, tuple | Mapping):
        for one in given.values() if isinstance(given, Mapping) else given:
            yield from _names_in(one)


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
    """What is established so far, each by a theorem: the statement's hypotheses, then each step that passed."""

    statement: Statement
    read: ReadStatement = field(init=False)
    facts: dict[str, Theorem] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    """How each fact is written."""
    integrable: list[Theorem] = field(default_factory=list)
    """What was shown to be integrable on the way."""
    allowed: frozenset[Formula] = frozenset()
    """What may be assumed besides the statement's own hypotheses and domains."""
    given: InitVar[ReadStatement | None] = None
    """The statement as somebody has read it, who keeps what may change."""
    _declared: tuple[int, Mapping[str, Formula]] = (-1, {})

    def __post_init__(self, given: ReadStatement | None) -> None:
        self.read = read(self.statement) if given is None else given.anew()
        for name, formula in self.read.hypotheses.items():
            self.add(name, assume(formula), self.statement.hypotheses[name])

    def add(self, name: str, theorem: Theorem, said: Hypothesis) -> None:
        """Keep a theorem under a name."""
        self.facts[name] = theorem
        if isinstance(said, Relation):
            self.relations[name] = said

    def axioms(self, name: str) -> frozenset[str]:
        """Axioms that a claim rests on: those of the rules, and those that grant the hypotheses it uses."""
        if name not in self.facts:
            return frozenset()
        theorem, granted = self.facts[name], set[str]()
        for which, formula in self.read.hypotheses.items():
            said = self.statement.hypotheses[which]
            if formula in theorem.hypotheses and isinstance(said, Relation) and said.granted_by:
                granted.add(said.granted_by)
        return theorem.axioms | granted

    def relation(self, name: str) -> Relation:
        """How a fact is written.

        Raises:
            StepFailure: nothing of that name is established, or it is no relation.
        """
        if name not in self.relations:
            raise StepFailure(f"{name!r} is no established relation")
        return self.relations[name]

    @property
    def formulas(self) -> frozenset[Formula]:
        """All that a theorem of the statement may assume."""
        return self.allowed.union(self.read.hypotheses.values(), self.read.domains.values())

    def fact(self, name: str) -> Theorem:
        """The theorem of an established step or of a hypothesis.

        Raises:
            StepFailure: nothing of that name is established.
        """
        if name not in self.facts:
            raise StepFailure(f"{name!r} is not established")
        return self.facts[name]

    def domains(self) -> Mapping[str, Formula]:
        """What the declarations of all letters say that were read so far."""
        reader = self.read.reader
        seen = len(reader.seen) + len(reader.functions)
        if seen != self._declared[0]:
            self._declared = seen, domains(reader)
        return self._declared[1]

    def formula(self, relation: Relation) -> Formula:
        """A relation as a formula."""
        return self.read.reader.relation(relation)

    def at_names(self, name: str, scope: Mapping[Symbol, Term]) -> Theorem:
        """A fact at the indices that are written as its own are."""
        by_name = {symbol.name: variable for symbol, variable in scope.items()}
        own = [one.name for one in self.relation(name).free_indices]
        missing = [one for one in own if one not in by_name]
        if missing:
            raise StepFailure(f"{name!r} is stated for every {', '.join(missing)}, which the claim does not speak of")
        theorem, given = self.fact(name), [by_name[one] for one in own]
        return at(theorem, *(THE_OUTCOME if sort == OUTCOME else given.pop(0) for sort in theorem.conclusion.prefix))


@dataclass
class Marker:
    """Reads `fact(name, i, j)` as a letter that stands for `right - left` of the fact until signs have been read.

    Attributes:
        state: has the facts.
        values: what each letter stands for, and the theorem that says its sign for all indices.
    """

    state: State
    values: dict[Letter, tuple[Family, Theorem]] = field(default_factory=dict, init=False)

    def said(self, name: str) -> Formula:
        """What a marker's name stands for."""
        return self.state.fact(name).conclusion

    def sorts(self, entry: Indexed) -> tuple[Sort, ...] | None:
        """The axes of a marker's indices."""
        name = _marked(entry)
        return None if name is None else tuple(sort for sort in self.said(name).prefix if sort != OUTCOME)

    def __call__(self, part: Expr, scope: Mapping[Symbol, Term]) -> Term | None:
        """The letter of a marker at its indices."""
        name = _marked(part)
        if name is None:
            return None
        sorts = [sort for sort in self.said(name).prefix if sort != OUTCOME]
        given = tuple(part.indices) if isinstance(part, Indexed) else ()
        if len(given) != len(sorts):
            raise StepFailure(f"{name!r} has {len(sorts)} indices, but {len(given)} are given")
        return self.at(name, list(zip(given, sorts, strict=True)), scope, part)

    def at(self, name: str, given: list[tuple[Expr, Sort]], scope: Mapping[Symbol, Term], part: Expr) -> Term:
        """The letter of a name at indices with their axes, which stand in a part of an expression."""
        place = self.state.read.reader.place
        return self.letter(name, self.state.fact(name), [place(one, sort, scope, part) for one, sort in given])

    def letter(self, name: str, theorem: Theorem, indices: list[Term]) -> Term:
        """The letter that stands for the difference of a theorem's sides, at indices."""
        bare, variables = freed(theorem)
        signed = difference_of(bare)
        places = sorted(variables, key=lambda one: one.sort != OUTCOME)
        sorts = tuple(one.sort for one in places)
        letter = Letter(f"the difference of {name}", sorts)
        self.values[letter] = Family(sorts, abstract(signed.conclusion.right, *places)), for_each(signed, places)
        return entry(letter, *(one for one in places if one.sort == OUTCOME), *indices)

    def assumptions(self) -> list[Theorem]:
        """What the letters' signs are, assumed."""
        signed = []
        for letter, (family, theorem) in self.values.items():
            variables = [fresh(sort) for sort in family.sorts]
            bare = Formula(theorem.conclusion.kind, (), (ZERO, entry(letter, *variables)))
            signed.append(assume(closed(bare, *variables)))
        return signed

    def settled(self, theorem: Theorem) -> Theorem:
        """A theorem about the letters as one about what they stand for."""
        theorem = instance(theorem, {letter: family for letter, (family, _) in self.values.items()})
        for _, signed in self.values.values():
            if signed.conclusion in theorem.hypotheses:
                theorem = cut(signed, theorem)
        return theorem


def freed(theorem: Theorem) -> tuple[Theorem, list[Term]]:
    """A theorem at free variables in the place of those of its prefix, and these."""
    variables = [fresh(sort) for sort in theorem.conclusion.prefix]
    return (at(theorem, *variables) if variables else theorem), variables


def for_each(theorem: Theorem, variables: Sequence[Term]) -> Theorem:
    """A theorem for all values of variables, of which there may be none."""
    return for_all(theorem, *variables) if variables else theorem


def inside(theorem: Theorem, change: Callable[[Theorem], Theorem]) -> Theorem:
    """What becomes of a theorem by a change of what it says for each value of its prefix."""
    bare, variables = freed(theorem)
    return for_each(change(bare), variables)


def difference_of(theorem: Theorem) -> Theorem:
    """From `L ~ R` to `0 ~ R - L`."""
    said = theorem.conclusion
    if said.left == ZERO:
        return theorem
    return same_difference(theorem, ZERO, subtract(said.right, said.left))


def _marked(part: Expr) -> str | None:
    label = part.base.label if isinstance(part, Indexed) else part
    if isinstance(label, Symbol) and label.name.startswith(_MARK):
        return str(label.name.removeprefix(_MARK))
    return None


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


@dataclass(frozen=True)
class Goal:
    """A claim with its indices free.

    Attributes:
        formula: the claim, closed.
        scope: its free indices, by the symbols that they are written with.
        variables: the free indices and the outcome, in the order of the prefix.
    """

    formula: Formula
    scope: Mapping[Symbol, Term]
    variables: Sequence[Term]

    @classmethod
    def of(cls, claim: Relation, state: State) -> Goal:
        """Open a claim."""
        formula = state.formula(claim)
        scope = state.read.reader.indices((claim.left, claim.right))
        ordered = [scope[symbol] for symbol in sorted(scope, key=lambda one: one.name)]
        return cls(formula, scope, [*ordered, *([THE_OUTCOME] if OUTCOME in formula.prefix else [])])

    @classmethod
    def of_formula(cls, formula: Formula) -> Goal:
        """Open a comparison."""
        return cls(formula, {}, [fresh(sort) for sort in formula.prefix])

    @cached_property
    def bare(self) -> Formula:
        """What is claimed at the free indices."""
        return opened(self.formula, *self.variables)

    @property
    def left(self) -> Term:
        """At the free indices."""
        return self.bare.left

    @property
    def right(self) -> Term:
        """The other side."""
        return self.bare.right

    @property
    def kind(self) -> Kind:
        """How the two sides compare."""
        return self.formula.kind

    def closed(self, theorem: Theorem) -> Theorem:
        """A theorem for all values of the free indices."""
        return for_each(theorem, self.variables)


def check_proof(statement: Statement, steps: list[Step]) -> tuple[dict[str, Outcome], list[StepRecord], State]:
    """Establish each step anew and see which claims they reach.

    Returns:
        The outcome of each claim of the statement, a record for each step, and what was established.

    Raises:
        StatementError: an ill-formed statement, two steps of one name, or a name that a hypothesis has.
    """
    first = read(statement)
    trusted, state = State(statement, given=first), State(statement, given=first)  # methods are given one of their own
    records = run(steps, trusted, state)
    return outcomes(trusted), records, trusted


def run(steps: list[Step], trusted: State, state: State) -> list[StepRecord]:
    """Establish steps one after another; those that are established are kept in both states.

    Args:
        steps: what is established.
        trusted: tells what a step says and what may be assumed.
        state: of the same facts, for the methods.

    Raises:
        StatementError: two steps of one name, or a name that a hypothesis has.
    """
    assumed = trusted.formulas
    records: list[StepRecord] = []
    for step in steps:
        if step.id in trusted.facts or any(step.id == record.id for record in records):
            raise StatementError(f"{trusted.statement.id}: two facts are called {step.id!r}")
        start = time.perf_counter()
        outcome, reason, axioms = Outcome.PROVED, "", frozenset[str]()
        try:
            theorem = step.method.establish(step.claim, state)
            wanted = trusted.formula(step.claim)
            if not proves(theorem, wanted, assumed | set(trusted.domains().values())):
                raise StepFailure(f"the method shows {theorem!r}, not {wanted}")
        except StatementError as error:
            outcome, reason = Outcome.OPEN, str(error)
        except RecursionError:
            outcome, reason = Outcome.OPEN, "the rewriting does not end: a definition leads back to itself"
        else:
            axioms = theorem.axioms
            trusted.add(step.id, theorem, step.claim)
            state.add(step.id, theorem, step.claim)
        seconds = time.perf_counter() - start
        name = step.method.name
        records.append(
            StepRecord(step.id, step.claim, name, outcome, Scope.ALL_SIZES, tuple(sorted(axioms)), seconds, reason)
        )
    granted = assumed | set(trusted.domains().values())
    trusted.integrable = [one for one in state.integrable if type(one) is Theorem and one.hypotheses <= granted]
    return records


def outcomes(trusted: State) -> dict[str, Outcome]:
    """Which claims are proved: by a theorem that says the claim and assumes nothing but what the statement does."""
    assumed = trusted.formulas
    return {
        name: Outcome.PROVED if proves(trusted.facts.get(name), claim, assumed) else Outcome.OPEN
        for name, claim in trusted.read.claims.items()
    }


def unused_steps(statement: Statement, steps: list[Step], state: State) -> list[str]:
    """Names of steps whose theorem no claim's theorem was made from: a proof holds none."""
    reached: set[int] = set()
    waiting = [state.facts[name] for name in statement.claims if name in state.facts]
    while waiting:
        theorem = waiting.pop()
        if id(theorem) not in reached:
            reached.add(id(theorem))
            waiting += theorems_in(theorem.arguments)
    return [step.id for step in steps if step.id in state.facts and id(state.facts[step.id]) not in reached]
