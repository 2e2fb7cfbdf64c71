"""Models of hypotheses: letters are drawn one after another, and solved for as soon as an equation has one left.

The order is drawn too. Whatever equation is left with one unknown letter is solved for it exactly; a drawn number that
an inequality forbids is drawn again. Orders that led to a model are tried again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from flint import arb, fmpq

from proofs_check.instances.arrays import arrays
from proofs_check.models import drawing
from proofs_check.models.derivatives import gradient, moved, point, top_eigenvalue
from proofs_check.models.equations import Irrational, NoSolution, solution, unknowns
from proofs_check.models.moments import Law
from proofs_check.models.quotient import Undefined, numerator
from proofs_check.models.values import Array, Model, cases, entries, place_of, places, sides, value
from theory.errors import SharpnessError
from theory.language import terms
from theory.language.formulas import Formula, Kind
from theory.language.statement_reader import ReadStatement
from theory.language.terms import BOUND, ENTRY, OUTCOME, Axis, Letter, Sort, Term

MOST_UNKNOWNS = 12
"""Entries of a letter that is solved for."""
AGAIN = 12
"""How often a letter is drawn where an inequality forbids what was drawn."""
_ORDERED = {Kind.AT_MOST: lambda gap: gap >= 0, Kind.LESS: lambda gap: gap > 0, Kind.DIFFERENT: lambda gap: gap != 0}


class Failed(Exception):  # noqa: N818 - no fault of the program
    """This attempt leads nowhere."""


@dataclass(frozen=True)
class Condition:
    """A hypothesis or a domain, with the letters that it speaks of."""

    name: str
    formula: Formula

    @cached_property
    def letters(self) -> frozenset[Letter]:
        """Letters without which nothing can be said."""
        return self.formula.free_letters()

    @cached_property
    def definitions(self) -> list[tuple[Term, Term]]:
        """Letters that it gives directly, each at its indices, with what they are."""
        return sides_that_define(self.formula)

    def steps(self, chain: Letter) -> list[tuple[Term, Term]]:
        """Entries of a chain that it gives, each with what they are, which may speak of others."""
        pair = self.formula.terms if self.formula.kind is Kind.EQUAL else ()
        return [
            (side, other)
            for side, other in zip(pair, reversed(pair), strict=True)
            if side.head == ENTRY and terms.family(side.data) == chain
        ]


@dataclass(frozen=True, eq=False)
class Found:
    """A model, and the equations that hold in it by the way that balls were made."""

    model: Model
    by_construction: frozenset[str]
    level: int
    order: tuple[Letter, ...]
    drawn: dict[Letter, Array]
    """What was drawn, from which all else follows."""
    tight: dict[str, fmpq]
    """Inequalities that were solved as equations, with what they have to spare."""

    @property
    def cost(self) -> int:
        """How much there is to look at."""
        entries = [entry for array in self.model.letters.values() for entry in array.flat]
        return sum(_height(entry) for entry in entries)


def _height(entry: Any) -> int:
    if isinstance(entry, fmpq):
        return 2 + len(str(abs(int(entry.p)))) + 2 * (len(str(entry.q)) if entry.q != 1 else 0) if entry else 1
    return 12


@dataclass
class Search:
    """Looks for models of a statement's hypotheses.

    Attributes:
        read: the statement.
        seed: of the draws.
    """

    read: ReadStatement
    seed: int = 0
    orders: list[tuple[Letter, ...]] = field(default_factory=list)

    @cached_property
    def conditions(self) -> list[Condition]:
        """Hypotheses, and what the letters' declarations say."""
        domains = [Condition(name, one) for name, one in self.read.domains.items() if one.kind in _ORDERED]
        return [*(Condition(name, one) for name, one in self.read.hypotheses.items()), *domains]

    @cached_property
    def about(self) -> dict[Letter | None, list[Condition]]:
        """The conditions that speak of each letter; under None those that speak of none."""
        found: dict[Letter | None, list[Condition]] = {}
        for one in self.conditions:
            for letter in one.letters or (None,):
                found.setdefault(letter, []).append(one)
        return found

    @cached_property
    def letters(self) -> list[Letter]:
        """Every letter that a hypothesis or a claim speaks of."""
        spoken = [one.letters for one in self.conditions]
        spoken += [claim.free_letters() for claim in self.read.claims.values()]
        return sorted(frozenset[Letter]().union(*spoken), key=lambda letter: letter.key)

    @cached_property
    def axes(self) -> list[str]:
        """Names of all sizes."""
        spoken = [one.formula.axes() for one in self.conditions] + [one.axes() for one in self.read.claims.values()]
        named = {axis.size for axis in frozenset[Axis]().union(*spoken)}
        named |= {sort.size for letter in self.letters for sort in letter.sorts if isinstance(sort, Axis)}
        return sorted(named)

    @cached_property
    def rows(self) -> dict[Letter, str]:
        """Families of orthonormal rows, each with the hypothesis that says so."""
        return {letter: one.name for one in self.conditions for letter in [_orthonormal(one.formula)] if letter}

    @cached_property
    def chains(self) -> frozenset[Letter]:
        """Letters that go one further along their first axis."""
        seen = self.read.reader.seen
        return frozenset(one for one in self.letters if getattr(seen[one.name], "chain", False))

    @cached_property
    def defined(self) -> frozenset[Letter]:
        """Letters that an equation gives directly, or an entry after the other."""
        given = {side.data for one in self.conditions for side, _ in one.definitions}
        return frozenset(given | {chain for chain in self.chains if any(one.steps(chain) for one in self.conditions)})

    def at_level(self, level: int, attempts: int) -> Iterator[Found | None]:
        """Attempts at one level of size, each a model or none; the same ones every time."""
        source = random.Random(1000 * self.seed + level)
        for _ in range(attempts):
            sizes, functions = self._sizes(level, source), drawing.functions(self.read.reader.functions, source)
            model = Model(sizes, functions=functions, chains=self.chains)
            found = self._found(_Attempt(self, model, level, source, self._tight(source)), self._order(source))
            if found is not None:
                self.orders.append(found.order)
            yield found

    def again(self, found: Found, drawn: dict[Letter, Array]) -> Found | None:
        """The model that follows from other drawn numbers in the same order, where there is one."""
        model = Model(found.model.sizes, functions=found.model.functions, chains=self.chains)
        attempt = _Attempt(self, model, found.level, random.Random(self.seed), found.tight, drawn)
        return self._found(attempt, found.order)

    def _found(self, attempt: _Attempt, order: tuple[Letter, ...]) -> Found | None:
        model, tight = attempt.model, attempt.tight
        attempt.tight = dict(tight)
        try:
            attempt.run(order)
        except (Failed, NoSolution, Undefined):
            return None
        model.mean = Law(model, attempt.defined, self.read).mean
        return Found(model, frozenset(attempt.by_construction), attempt.level, order, attempt.drawn, tight)

    def _sizes(self, level: int, source: random.Random) -> dict[str, int]:
        sizes = {axis: source.randint(1, 1 + level) for axis in self.axes}
        for _ in range(3):  # rows that are orthonormal are not more than there are columns
            for letter in self.rows:
                rows, columns = (sort.size for sort in letter.sorts if isinstance(sort, Axis))
                sizes[columns] = max(sizes[columns], sizes[rows])
        return sizes

    def _tight(self, source: random.Random) -> dict[str, fmpq]:
        """Inequalities that are to hold with little to spare, and with how much: claims fail there if anywhere."""
        loose = [name for name, one in self.read.hypotheses.items() if one.kind in (Kind.AT_MOST, Kind.LESS)]
        if not loose or source.random() < 0.5:
            return {}
        chosen = source.sample(loose, min(len(loose), source.choice((1, 1, 2))))
        return {name: fmpq(1, source.choice((1, 2, 4, 10, 100))) for name in chosen}

    def _order(self, source: random.Random) -> tuple[Letter, ...]:
        if self.orders and source.random() < 0.6:
            return source.choice(self.orders)
        letters = list(self.letters)
        source.shuffle(letters)
        if source.random() < 0.85:
            letters.sort(key=lambda letter: letter in self.defined)
        return tuple(sorted(letters, key=lambda letter: letter not in self.rows))


@dataclass
class _Attempt:
    search: Search
    model: Model
    level: int
    source: random.Random
    tight: dict[str, fmpq]
    given: dict[Letter, Array] = field(default_factory=dict)
    drawn: dict[Letter, Array] = field(default_factory=dict)
    by_construction: set[str] = field(default_factory=set)
    defined: list[tuple[Term, Term, tuple[Sort, ...]]] = field(default_factory=list)
    waiting: list[tuple[Condition, frozenset[Letter]]] = field(init=False)
    """Conditions that speak of letters which are not known yet, with these."""

    def __post_init__(self) -> None:
        self.waiting = [(one, one.letters) for one in self.search.conditions]

    def run(self, order: tuple[Letter, ...]) -> None:
        self._check(None)
        while self._solve():
            pass
        for letter in order:
            if letter not in self.model.letters:
                self._draw(letter)
                while self._solve():
                    pass

    def _known(self, condition: Condition) -> bool:
        return not condition.letters.difference(self.model.letters)

    def _draw(self, letter: Letter) -> None:
        known = self.model.letters
        if letter in self.given:
            self.drawn[letter] = known[letter] = self.given[letter]
            self._check(letter)
            return
        for _ in range(AGAIN):
            known[letter] = self._entries(letter)
            with suppress(Failed):
                self._check(letter)
                self.drawn[letter] = known[letter]
                return
            del known[letter]
        raise Failed

    def _entries(self, letter: Letter) -> Array:
        """Entries of a letter as they are drawn."""
        source, level, shape = self.source, self.level, self.model.shape(letter)
        if letter in self.search.rows:
            return drawing.orthonormal(source, level, *shape)
        label = self.search.read.reader.seen[letter.name]
        if not (label.is_positive or label.is_nonnegative):
            return drawing.entries(source, level, shape)
        array = np.empty(shape, dtype=object)
        for place in places(shape):
            array[place] = self._number(label)
            if not label.is_positive and source.random() < 0.3:
                array[place] = fmpq(0)
        return array

    def _number(self, label: Any) -> fmpq:
        """A number that a letter may be by its declaration."""
        if label.is_positive or label.is_nonnegative:
            return (drawing.whole if label.is_integer else drawing.above_zero)(self.source, self.level)
        return drawing.number(self.source, self.level)

    def _check(self, letter: Letter | None) -> None:
        """See that everything holds that can be told since a letter is known.

        Raises:
            Failed: something does not, or the letter is declared whole and is not.
        """
        if letter is not None and self.search.read.reader.seen[letter.name].is_integer:
            entries = self.model.letters[letter].flat
            if not all(isinstance(one, fmpq) and one.q == 1 for one in entries):
                raise Failed
        for condition in self.search.about.get(letter, ()):
            if self._known(condition) and condition.name not in self.by_construction and not self._holds(condition):
                raise Failed

    def _holds(self, condition: Condition) -> bool:
        formula, model = condition.formula, self.model
        if formula.kind is Kind.EQUAL:
            return all(left == right for left, right in self._exact_sides(formula))
        if formula.kind in _ORDERED:
            return all(_ORDERED[formula.kind](right - left) for left, right in sides(formula, model))
        if formula.kind is Kind.TOP_EIGENVALUE:
            return bool(value(formula.terms[0], model) == self._eigenvalue(formula))
        if formula.kind is Kind.FLOW:
            count = len(formula.data)
            start = point(formula.terms[1 : count + 1], formula.data, model)
            end = point(formula.terms[count + 1 :], formula.data, model)
            return all(start == end) and not any(gradient(formula.terms[0], formula.data, model, start))
        return True

    def _exact_sides(self, formula: Formula) -> Iterator[tuple[Any, Any]]:
        """Both sides of an equation; of balls it cannot be shown.

        Raises:
            Failed: there are balls.
        """
        for left, right in sides(formula, self.model):
            if isinstance(left, arb) or isinstance(right, arb):
                raise Failed
            yield left, right

    def _eigenvalue(self, formula: Formula) -> Any:
        at = point(formula.terms[2:], formula.data, self.model)
        try:
            return top_eigenvalue(formula.terms[1], formula.data, self.model, at)
        except SharpnessError as error:
            raise Failed from error

    def _solve(self) -> bool:
        """Give a letter its value that an equation leaves no choice about; whether there was one."""
        known = self.model.letters  # whose keys are not hashed again, as those of a view would be
        waiting = self.waiting = [(one, rest) for one, left in self.waiting if (rest := left.difference(known))]
        for condition, left in waiting:
            if condition.formula.kind in (Kind.TOP_EIGENVALUE, Kind.FLOW) and self._by_definition(condition, left):
                return True
        lonely = [(one, left) for one, left in waiting if len(left) == 1]
        rows, chains = self.search.rows.values(), self.search.chains
        equal = [(one, left) for one, left in lonely if one.formula.kind is Kind.EQUAL and one.name not in rows]
        if equal and chains:
            early = {chain for one, left in waiting if len(left) > 1 for chain in left & chains if one.steps(chain)}
            equal = [(one, left) for one, left in equal if not left & early]
        if equal:
            (letter,) = equal[0][1]
            self._solve_for(letter, [one for one, left in equal if left == {letter}])
            return True
        tight = [(one, left) for one, left in lonely if one.name in self.tight]
        if not tight:
            return False
        condition, (letter,) = tight[0][0], tight[0][1]
        slack = self.tight.pop(condition.name)
        if letter in self.search.defined or letter in self.search.rows:
            return True  # another equation has the say
        self._solve_for(letter, [condition], slack)
        return True

    def _by_definition(self, condition: Condition, left: frozenset[Letter]) -> bool:
        formula = condition.formula
        if formula.kind is Kind.TOP_EIGENVALUE:
            head = formula.terms[0]
            if head.head != ENTRY or left != {head.data} or _own(head):
                return False
            self._give(head.data, arrays([self._eigenvalue(formula)], ())[0], {condition.name}, defined=True)
            return True
        return self._flow(condition, left)

    def _flow(self, condition: Condition, left: frozenset[Letter]) -> bool:
        formula = condition.formula
        count = len(formula.data)
        loss, starts, ends = formula.terms[0], formula.terms[1 : count + 1], formula.terms[count + 1 :]
        begin, finish = (
            [_plain(body, len(sorts)) for body, sorts in zip(part, formula.data, strict=True)]
            for part in (starts, ends)
        )
        for known, unknown in ((starts, finish), (ends, begin)):
            named = [letter for letter in unknown if letter is not None]
            if not left or len(named) != count or left != frozenset(named):
                continue
            at = point(known, formula.data, self.model)
            resting = not any(gradient(loss, formula.data, self.model, at))
            if not resting and known is ends:
                raise Failed  # where the flow came from is not followed back
            rest = at if resting else moved(loss, formula.data, self.model, at)
            for letter, array in zip(named, arrays(rest, *map(self.model.shape, named)), strict=True):
                self._give(letter, array, {condition.name}, defined=True)
            return True
        return False

    def _give(self, letter: Letter, array: Array, names: set[str], *, defined: bool = False) -> None:
        """Give a letter its entries, by equations that hold by construction where these are balls, or definitions."""
        self.model.letters[letter] = array
        if defined or any(isinstance(entry, arb) for entry in array.flat):
            self.by_construction |= names
        self._check(letter)

    def _solve_for(self, letter: Letter, equations: list[Condition], slack: fmpq | None = None) -> None:
        if slack is None and any(letter in self.search.chains and one.steps(letter) for one in equations):
            self._follow(letter, equations)
            return
        for condition in equations if slack is None else ():
            for side, body in condition.definitions:
                if side.data == letter:
                    self.defined.append((side, body, condition.formula.prefix))
                    self._give(letter, entries(*self.defined[-1], self.model), {condition.name})
                    return
        shape = self.model.shape(letter)
        if prod(shape) > MOST_UNKNOWNS:
            raise Failed
        names = unknowns(prod(shape))
        (self.model.letters[letter],) = arrays(names, shape)
        polynomials = [
            numerator(left + (slack or fmpq(0)) + (-1) * right) + 0 * names[0]
            for condition in equations
            for left, right in self._exact_sides(condition.formula)
        ]
        label = self.search.read.reader.seen[letter.name]
        irrational = Irrational.BALL if self.level else Irrational.REFUSED
        kind = irrational if slack is None else Irrational.NEAR
        values = solution(polynomials, len(names), lambda _: self._number(label), self.source, kind)
        self._give(letter, arrays(values, shape)[0], {one.name for one in equations})

    def _follow(self, chain: Letter, equations: list[Condition]) -> None:
        """Give a chain its entries one after another, from where it begins; where nothing says that, it is drawn.

        An equation holds by construction where each of its cases gave an entry; of any other one balls tell nothing.
        """
        array = self.model.letters[chain] = np.empty(self.model.shape(chain), dtype=object)
        given = [
            (place_of(entry, self.model, stack), body, stack, condition.name)
            for condition in equations
            for entry, body in condition.steps(chain)
            for stack in cases(condition.formula.prefix, self.model)
        ]
        left = {(name, stack) for _, _, stack, name in given}
        while missing := [at for at in places(array.shape) if array[at] is None]:
            for at, body, stack, name in given:
                if array[at] is None:
                    with suppress(Undefined):
                        array[at] = value(body, self.model, stack)
                        left.discard((name, stack))
            if all(array[at] is None for at in missing):
                begins = [at for at in missing if at not in [one for one, *_ in given]] or missing
                array[self.source.choice(begins)] = drawing.number(self.source, self.level)
        self._give(chain, array, {name for *_, name in given} - {name for name, _ in left})


def _own(entry: Term) -> tuple[Term, ...]:
    """Indices of an entry, but for the outcome."""
    return tuple(one for one in entry.arguments if one.sort != OUTCOME)


def sides_that_define(formula: Formula) -> list[tuple[Term, Term]]:
    """Sides that are a letter at each of the prefix's indices, with the other side."""
    if formula.kind is not Kind.EQUAL:
        return []
    own = [sort for sort in formula.prefix if sort != OUTCOME]
    found = []
    for side, other in ((formula.left, formula.right), (formula.right, formula.left)):
        if side.head != ENTRY or side.data.kind == "next" or side.data in terms.letters(other):
            continue
        indices = _own(side)
        if all(one.head == BOUND for one in indices) and len({one.data for one in indices}) == len(indices) == len(own):
            found.append((side, other))
    return found


def _plain(body: Term, count: int) -> Letter | None:
    """The letter that a weight is, where it is one."""
    if body.head != ENTRY or len(_own(body)) != count:
        return None
    letter: Letter = body.data
    return letter


def _orthonormal(formula: Formula) -> Letter | None:
    """The family whose rows a formula says to be orthonormal: `sum_k w(i, k) w(j, k) = delta(i, j)`."""
    if formula.kind is not Kind.EQUAL or len(formula.prefix) != 2 or OUTCOME in formula.prefix:
        return None
    for left, right in ((formula.left, formula.right), (formula.right, formula.left)):
        if left.head != terms.SUM or right.head != terms.DELTA or left.arguments[0].head != terms.MULTIPLY:
            continue
        first, *others = left.arguments[0].arguments
        if len(others) != 1 or any(one.head != ENTRY or one.data != first.data for one in (first, *others)):
            continue
        letter: Letter = first.data
        if len(letter.sorts) != 2:
            continue
        (row, column), (other, same) = first.arguments, others[0].arguments
        if column == same and column.head == BOUND and column.data == 0 and row != other:
            return letter
    return None
