"""What follows from established facts: sums of multiples with known signs, what may be cancelled, after rewriting.

The search is in polynomials whose generators are atoms and whole sums. What it finds is a combination, or a factor, and
the rules decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from proofs_check.engine.foreign import without_foreign
from proofs_check.engine.linear_programs import weights
from proofs_check.engine.proof import Goal, State, StepFailure, difference_of, inside
from proofs_check.engine.ring import Powers, Ring, Sparse, combined, multiplied, times
from proofs_check.engine.tactics import Rewriting, Signs, turned, useful_facts
from proofs_check.rules import equality, logic, order
from proofs_check.rules.theorem import Theorem
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import COMPARISONS, Formula, Kind, compare
from theory.language.terms import (
    ADD,
    ENTRY,
    INVERSE,
    MULTIPLY,
    NUMBER,
    OUTCOME,
    REAL,
    REAL_POWER,
    SUM,
    THE_OUTCOME,
    ZERO,
    Axis,
    Letter,
    Term,
)

MOST_MULTIPLIERS = 6
"""For each fact."""
MOST_COLUMNS = 400
MOST_PARTS = 12
MOST_PLACES = 6
"""Values of its indices at which a fact is looked at."""


@dataclass(frozen=True)
class _Column:
    """A part of the sum: `0 ~ multiplier * fact`, or something that is not negative by its form."""

    polynomial: Sparse
    kind: Kind
    multiplier: Powers
    fact: Theorem | None = None
    shown: Theorem | None = None


@dataclass
class Consequences:
    """Looks for theorems in one state.

    Attributes:
        state: has the facts.
        names: of facts to use; None for all.
    """

    state: State
    names: tuple[str, ...] | None = None

    def theorem(self, goal: Goal) -> Theorem:
        """The goal for all values of its indices.

        Raises:
            StepFailure: none of the ways that are tried leads there.
        """
        for theorem in self.facts():
            if theorem.conclusion == goal.formula:
                return theorem
        facts = list(self._opened(goal))
        for equations in self._rewritings(goal):
            attempt = _Attempt(self.state, goal, facts, equations)
            try:
                found = attempt.run()
            except StatementError:
                continue
            if found is not None:
                return without_foreign(goal.closed(found), self.state)
        raise StepFailure("it does not follow by sums of multiples of what is established, nor by cancelling a factor")

    def facts(self) -> list[Theorem]:
        """Comparisons that are established, the latest first."""
        chosen = self.state.facts if self.names is None else {name: self.state.fact(name) for name in self.names}
        return [one for one in reversed(chosen.values()) if one.conclusion.kind in COMPARISONS]

    def _opened(self, goal: Goal) -> Iterable[Theorem]:
        """Facts at the goal's indices, at the first ones, and summed."""
        found: dict[Formula, Theorem] = {}
        for fact in self.facts():
            prefix = fact.conclusion.prefix
            if REAL in prefix:
                continue
            for places in _places(prefix, goal):
                try:
                    one = logic.at(fact, *places)
                except StatementError:
                    continue
                found.setdefault(one.conclusion, one)
            if len(prefix) == 1 and isinstance(prefix[0], Axis) and fact.conclusion.kind is not Kind.DIFFERENT:
                variable = terms.fresh(prefix[0])
                one = order.summed(logic.at(fact, variable), variable)
                found.setdefault(one.conclusion, one)
        return found.values()

    def _rewritings(self, goal: Goal) -> list[list[Theorem]]:
        """Definitions to rewrite with: none, those of the goal's letters, all."""
        definitions = definitions_of(self.state)
        spoken = terms.letters(goal.left) | terms.letters(goal.right)
        mine = [one for letter, one in definitions.items() if letter in spoken]
        ways: list[list[Theorem]] = [[], mine, list(definitions.values())]
        return [way for k, way in enumerate(ways) if way not in ways[:k]]


def definitions_of(state: State) -> dict[Letter, Theorem]:
    """Equations among the hypotheses whose one side is a letter, none of which leads back to itself."""
    found: dict[Letter, Theorem] = {}
    for name, formula in state.read.hypotheses.items():
        if formula.kind is not Kind.EQUAL or name not in state.facts:
            continue
        for turn in (False, True):
            left, right = (formula.right, formula.left) if turn else (formula.left, formula.right)
            if left.head != ENTRY or left.data in found or left.data in _behind(right, found):
                continue
            if len({one.data for one in left.arguments if one.head == terms.BOUND}) != len(formula.prefix):
                continue
            theorem = state.fact(name)
            found[left.data] = inside(theorem, turned) if turn else theorem
            break
    return found


def _behind(term: Term, definitions: dict[Letter, Theorem]) -> set[Letter]:
    """Letters that a term speaks of, directly or through definitions."""
    waiting, seen = list(terms.letters(term)), set[Letter]()
    while waiting:
        letter = waiting.pop()
        if letter not in seen:
            seen.add(letter)
            waiting += terms.letters(definitions[letter].conclusion.right) if letter in definitions else ()
    return seen


def _places(prefix: tuple[terms.Sort, ...], goal: Goal) -> list[tuple[Term, ...]]:
    """Values for the variables of a prefix: the goal's indices of the same axis, and the first one."""
    found: list[tuple[Term, ...]] = [()]
    for sort in prefix:
        if sort == OUTCOME:
            choices = [THE_OUTCOME]
        else:
            choices = [one for one in goal.variables if one.sort == sort]
            choices += [terms.first(sort)] if isinstance(sort, Axis) else []
        found = [(*places, choice) for places in found for choice in choices]
    return found[:MOST_PLACES]


class _Attempt:
    """One way to rewrite, and all that is looked at in it."""

    def __init__(
        self, state: State, goal: Goal, facts: list[Theorem], equations: list[Theorem], depth: int = 0
    ) -> None:
        self.state, self.goal, self.depth = state, goal, depth
        self.signs = signs_from_facts(state)
        self.rewriting = Rewriting(self.signs, equations)
        self.facts = [fact for fact in facts if fact.conclusion.kind is not Kind.DIFFERENT]
        sides = [one.conclusion.right for one in self.rewriting.both(goal.bare)]
        differences: list[tuple[Theorem, Term]] = []
        for fact in self.facts:
            try:
                moved = self.rewriting.theorem(fact).conclusion
            except StatementError:
                continue
            differences.append((fact, terms.subtract(moved.right, moved.left)))
        useful = useful_facts(self.signs, *sides, *(difference for _, difference in differences))
        self.ring = Ring(equality.context_of(useful))
        self.target = self.ring.sparse(terms.subtract(sides[1], sides[0]))
        self.known = [(fact, self.ring.sparse(difference)) for fact, difference in differences]
        self.known = [(fact, polynomial) for fact, polynomial in self.known if polynomial]
        self.generator_signs: dict[int, Kind | None] = {}

    def run(self) -> Theorem | None:
        """The goal at its indices, or None."""
        if not self.target:
            nothing = order.numbers(ZERO, Kind.EQUAL, ZERO)
            if self.goal.kind is not Kind.LESS:
                return self.rewriting.combination(self.goal.bare, nothing)
        return self._by_sums() or (self._by_cancelling() if self.depth == 0 else None)

    def _by_sums(self) -> Theorem | None:
        reached = set(self.target)
        for _ in range(2):
            columns = self._columns(reached)
            if self.goal.kind is Kind.EQUAL:
                columns = [column for column in columns if column.kind is Kind.EQUAL]
            signed = [column.kind is Kind.EQUAL for column in columns]
            strict = self.goal.kind is Kind.LESS
            liked = [float(strict and column.kind is Kind.LESS) for column in columns]
            found = weights(self.target, [column.polynomial for column in columns], signed, liked) if columns else None
            if found is not None and (
                not strict or any(w and c.kind is Kind.LESS for w, c in zip(found, columns, strict=True))
            ):
                parts = [(w, column) for w, column in zip(found, columns, strict=True) if w]
                return self.rewriting.combination(self.goal.bare, self._sum_of(parts))
            reached |= {powers for column in columns for powers in column.polynomial}
            if len(reached) > MOST_COLUMNS:
                break
        return None

    def _sum_of(self, parts: list[tuple[Fraction, _Column]]) -> Theorem:
        shown = [order.numbers(ZERO, Kind.EQUAL, ZERO)]
        for weight, column in parts:
            if column.shown is not None:
                factor = order.numbers(ZERO, Kind.LESS, terms.number(weight))
                shown.append(order.multiplied(factor, column.shown))
                continue
            if column.fact is None:
                continue
            gap = difference_of(column.fact)
            multiplier = self.ring.monomial(column.multiplier, weight)
            if column.kind is Kind.EQUAL:
                shown.append(order.zero_times(gap, multiplier))
                continue
            sign = self.signs.of(multiplier)
            if sign is None:
                raise StepFailure(f"the sign of {multiplier} is not known")
            shown.append(order.multiplied(sign, gap))
        return order.added(*shown)

    def _columns(self, reached: set[Powers]) -> list[_Column]:
        columns = []
        for fact, polynomial in self.known:
            for powers in self._multipliers(polynomial, reached):
                kind = fact.conclusion.kind
                if kind is not Kind.EQUAL:
                    sign = self._sign(powers)
                    if sign is None:
                        continue
                    kind = Kind.LESS if sign is Kind.LESS and kind is Kind.LESS else Kind.AT_MOST
                columns.append(_Column(multiplied(polynomial, powers), kind, powers, fact))
        columns += self._relations(reached)
        columns += [*self._nonnegative(reached), *self._parts]
        return columns[:MOST_COLUMNS]

    def _multipliers(self, polynomial: Sparse, reached: set[Powers]) -> list[Powers]:
        """Monomials that bring a polynomial to what is to be reached."""
        if len(polynomial) * len(reached) > 20000:
            return [()]
        scores: dict[Powers, int] = {(): 1}
        for goal in reached:
            for powers in polynomial:
                ratio = times(goal, powers, -1)
                scores[ratio] = scores.get(ratio, 0) + 1
        ranked = sorted(scores, key=lambda one: (-scores[one], sum(abs(e) for _, e in one), one))
        return list(dict.fromkeys([(), *ranked[:MOST_MULTIPLIERS]]))

    def _relations(self, reached: set[Powers]) -> list[_Column]:
        """`b (1/b) - 1 = 0` for bases that differ from 0, and `(b^(p/q))^q - b^p = 0` for bases of at least 0."""
        columns = []
        for number, generator in list(enumerate(self.ring.generators)):
            relation = self._relation(number, generator)
            for powers in self._multipliers(relation, reached) if relation else ():
                columns.append(_Column(multiplied(relation, powers), Kind.EQUAL, powers))
        return columns

    def _relation(self, number: int, generator: Term) -> Sparse:
        one: Sparse = {(): Fraction(1)}
        if generator.head == INVERSE and self.signs.differs(generator.arguments[0]) is not None:
            base = self.ring.sparse(generator.arguments[0])
            return combined([(Fraction(1), multiplied(base, ((number, 1),))), (Fraction(-1), one)])
        if generator.head != REAL_POWER or generator.arguments[1].head != NUMBER:
            return {}
        base_term, exponent = generator.arguments[0], generator.arguments[1].data
        if not 0 < exponent < 1 or self.signs.of(base_term) is None:
            return {}
        base = self.ring.sparse(terms.power(base_term, exponent.numerator))
        return combined([(Fraction(1), {((number, exponent.denominator),): Fraction(1)}), (Fraction(-1), base)])

    def _nonnegative(self, reached: set[Powers]) -> list[_Column]:
        """Monomials with a sign, and squares of sums and differences of two."""
        columns, roots = [], []
        for powers in sorted({(), *reached}):
            if self._sign(powers) is not None:
                shown = self.signs.of(self.ring.monomial(powers))
                if shown is not None and shown.conclusion.kind is not Kind.EQUAL:
                    columns.append(_Column({powers: Fraction(1)}, shown.conclusion.kind, powers, None, shown))
            if powers in self.target and all(exponent % 2 == 0 for _, exponent in powers):
                roots.append(tuple((number, exponent // 2) for number, exponent in powers))
        for place, first in enumerate(roots[:12]):
            for second in roots[place + 1 : 12]:
                if times(first, second) not in reached:
                    continue
                for sign in (1, -1):
                    term = terms.add(self.ring.monomial(first), self.ring.monomial(second, Fraction(sign)))
                    square = {times(first, first): Fraction(1), times(second, second): Fraction(1)}
                    square[times(first, second)] = Fraction(2 * sign)
                    shown = self.signs.of(terms.power(term, 2))
                    if shown is not None:
                        columns.append(_Column(square, Kind.AT_MOST, (), None, shown))
        return columns

    @cached_property
    def _parts(self) -> list[_Column]:
        """Parts of the two sides that have a sign as they are written, which their normal forms need not show."""
        columns = list[_Column]()
        for part in dict.fromkeys((*terms.parts(self.goal.left), *terms.parts(self.goal.right))):
            shown = None if part.loose or part.head not in (ADD, MULTIPLY, SUM) else self.signs.of(part)
            if shown is not None and shown.conclusion.kind is not Kind.EQUAL and len(columns) < MOST_PARTS:
                moved = self.rewriting.of(part).conclusion.right
                columns.append(_Column(self.ring.sparse(moved), shown.conclusion.kind, (), None, shown))
        return columns

    def _sign(self, powers: Powers) -> Kind | None:
        """`<` or `<=` where a monomial is known to be above or at least 0."""
        kind = Kind.LESS
        for number, exponent in powers:
            if number not in self.generator_signs:
                shown = self.signs.of(self.ring.generators[number])
                self.generator_signs[number] = None if shown is None else shown.conclusion.kind
            found = self.generator_signs[number]
            if found is not Kind.LESS:
                if exponent % 2 and found is None:
                    return None
                kind = Kind.AT_MOST
        return kind

    def _by_cancelling(self) -> Theorem | None:
        """A fact, or a difference of two equalities, is the goal times a factor that is not 0."""
        if not self.target:
            return None
        candidates = [(fact, one) for fact, one in self.known if fact.conclusion.kind is self.goal.kind]
        equal = [(fact, polynomial) for fact, polynomial in self.known if fact.conclusion.kind is Kind.EQUAL]
        if self.goal.kind is Kind.EQUAL and len(equal) <= 14:
            for place, (one, first) in enumerate(equal):
                for other, second in equal[place + 1 :]:
                    if set(first) & set(second):
                        negated = order.zero_times(difference_of(other), terms.number(-1))
                        joined = order.added(difference_of(one), negated)
                        candidates.append((joined, combined([(Fraction(1), first), (Fraction(-1), second)])))
        for fact, polynomial in candidates:
            cofactor = self.ring.quotient(polynomial, self.target)
            if not cofactor:
                continue
            factor = self._factor(self.ring.term(cofactor))
            if factor is not None:
                return self.rewriting.by_rule(self.goal.bare, (fact, factor), order.cancelled)
            if self.goal.kind is Kind.EQUAL:
                negative = self._factor(terms.negative(self.ring.term(cofactor)))
                if negative is not None:
                    turned_around = order.zero_times(difference_of(fact), terms.number(-1))
                    return self.rewriting.by_rule(self.goal.bare, (turned_around, negative), order.cancelled)
        return None

    def _factor(self, term: Term) -> Theorem | None:
        """`0 < factor`, by its form or as a consequence."""
        shown = self.signs.of(term)
        if shown is not None and shown.conclusion.kind is Kind.LESS:
            return shown
        goal = Goal(compare(ZERO, Kind.LESS, term), self.goal.scope, ())
        try:
            return _Attempt(self.state, goal, self.facts, [], depth=1).run()
        except StatementError:
            return None


def signs_from_facts(state: State, names: Iterable[str] | None = None) -> Signs:
    """Signs that know every fact, or the named ones, that tells one."""
    chosen = state.facts if names is None else {name: state.facts[name] for name in names if name in state.facts}
    return Signs(state, [one for one in map(_as_sign, chosen.values()) if one is not None])


def _as_sign(fact: Theorem) -> Theorem | None:
    """`0 ~ t` for all indices, where a fact tells a sign."""
    said = fact.conclusion
    if said.kind not in (Kind.LESS, Kind.AT_MOST) or REAL in said.prefix:
        return None
    return inside(fact, difference_of) if said.left != ZERO else fact
