"""Small searches that methods share: the sign of a term from its form, and equality after rewriting.

None of this is trusted: each function either returns a theorem that the rules have made, or None, or raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from proofs_check.engine.proof import Goal, Marker, State, StepFailure, for_each, freed, inside
from proofs_check.rules import equality, logic, order
from proofs_check.rules.equality import _fits
from proofs_check.rules.normal_form import normal_form
from proofs_check.rules.theorem import RuleError, Theorem
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind
from theory.language.relations import Relation
from theory.language.substitution import instantiate
from theory.language.terms import (
    ADD,
    APPLY,
    DELTA,
    ENTRY,
    INVERSE,
    MEAN,
    MULTIPLY,
    NUMBER,
    OUTCOME,
    POWER,
    PRODUCT,
    REAL,
    REAL_POWER,
    SIZE,
    SUM,
    ZERO,
    Letter,
    Term,
    fresh,
    number,
    subtract,
)

_ENOUGH = {
    Kind.EQUAL: {Kind.EQUAL},
    Kind.AT_MOST: {Kind.EQUAL, Kind.AT_MOST, Kind.LESS},
    Kind.LESS: {Kind.LESS},
}


@dataclass
class Signs:
    """Reads the sign of a term off its form: squares, products and sums of what is known not to be negative.

    Attributes:
        state: has the statement's domains.
        facts: theorems that tell signs, of the form `0 ~ t`, or that something differs from 0.
    """

    state: State
    facts: list[Theorem] = field(default_factory=list)
    _found: dict[Term, Theorem | None] = field(default_factory=dict, init=False)

    def of(self, term: Term) -> Theorem | None:
        """A theorem `0 ~ term`, the strongest that the form shows, or None."""
        if term not in self._found:
            self._found[term] = self._told(term) or self._by_form(term)
        return self._found[term]

    def needed(self, term: Term, otherwise: str) -> Theorem:
        """A theorem `0 ~ term`.

        Raises:
            StepFailure: the form shows no sign; the message says so.
        """
        shown = self.of(term)
        if shown is None:
            raise StepFailure(otherwise)
        return shown

    def differs(self, term: Term) -> Theorem | None:
        """A theorem `term != 0`, or None."""
        declared = self._declared_to_differ(term)
        if declared is not None:
            return declared
        for positive in (term, terms.power(term, 2)):
            shown = self.of(positive)
            if shown is not None and shown.conclusion.kind is Kind.LESS:
                return order.different_from_zero(shown)
        return None

    def _declared_to_differ(self, term: Term) -> Theorem | None:
        differing = (one for one in self.state.domains().values() if one.kind is Kind.DIFFERENT)
        found = (_instance_for(logic.assume(one), one.left, term) for one in differing)
        return next((one for one in found if one is not None), None)

    def _told(self, term: Term) -> Theorem | None:
        for fact in self.facts:
            if fact.conclusion.kind is Kind.DIFFERENT:
                continue
            instance = _instance_for(fact, fact.conclusion.right, term)
            if instance is not None:
                return instance
        if term.head == ENTRY:
            formula = self.state.domains().get(f"domain of {term.data.name}")
            if formula is not None:
                instance = _instance_for(logic.assume(formula), formula.right, term)
                if instance is not None:
                    return instance if instance.conclusion.left == ZERO else _above_one(instance)
        return None

    def _by_form(self, term: Term) -> Theorem | None:
        head = term.head
        if head == NUMBER:
            kind = Kind.EQUAL if term.data == 0 else Kind.LESS
            return order.numbers(ZERO, kind, term) if term.data >= 0 else None
        if head == SIZE:
            return _above_one(logic.size_is_positive(term.data))
        if head == ADD:
            return self._sum(term)
        if head == MULTIPLY:
            return self._product(term)
        if head == POWER:
            return self._power(term)
        if head == INVERSE:
            base = self.of(term.arguments[0])
            return None if base is None else order.inverted(base)
        if head == REAL_POWER:
            base = self.of(term.arguments[0])
            if base is not None and base.conclusion.kind is Kind.LESS:
                return order.real_power_is_positive(base, term.arguments[1])
            return order.real_power_is_nonnegative(*term.arguments)
        if head == APPLY and term.data == "exp":
            return order.exponential_is_positive(term.arguments[0])
        if head == DELTA:
            return equality.same_difference(order.square(term), ZERO, term)  # a delta is its own square
        if head in (SUM, PRODUCT):
            variable = fresh(term.data)
            body = self.of(instantiate(term.arguments[0], variable))
            if body is None:
                return None
            return order.summed(body, variable) if head == SUM else order.factors_multiplied(body, variable)
        return None

    def _sum(self, term: Term) -> Theorem | None:
        for part in term.arguments:
            for inner in part.arguments if part.head == MULTIPLY else ():
                if inner.head == DELTA and term == subtract(terms.ONE, inner):
                    return equality.same_difference(order.square(term), ZERO, term)
        signs = [self.of(part) for part in term.arguments]
        return None if any(one is None for one in signs) else order.added(*(one for one in signs if one is not None))

    def _product(self, term: Term) -> Theorem | None:
        signs = [self.of(part) for part in term.arguments]
        for place, one in enumerate(signs):
            if one is not None and one.conclusion.kind is Kind.EQUAL:
                rest = terms.multiply(*term.arguments[:place], *term.arguments[place + 1 :])
                return order.zero_times(one, rest)
        if any(one is None for one in signs):
            return None
        return order.multiplied(*(one for one in signs if one is not None))

    def _power(self, term: Term) -> Theorem | None:
        base, exponent = term.arguments[0], term.data
        shown = self.of(base)
        if shown is not None and (shown.conclusion.kind is not Kind.AT_MOST or exponent % 2):
            return order.whole_power(shown, exponent)
        if exponent % 2:
            return None
        declared = self._declared_to_differ(base)
        return order.square_of_nonzero(declared, exponent) if declared is not None else order.square(base, exponent)


def _above_one(theorem: Theorem) -> Theorem:
    """From `1 <= t` to `0 < t`."""
    joined = order.added(order.numbers(ZERO, Kind.LESS, number(1)), theorem)
    return equality.same_difference(joined, ZERO, theorem.conclusion.right)


def _instance_for(theorem: Theorem, pattern: Term, term: Term) -> Theorem | None:
    """The theorem at the values of its prefix at which a pattern in it is a term."""
    found: dict[int, Term] = {}
    count = len(theorem.conclusion.prefix)
    if term.loose or not _fits(pattern, term, count, 0, found) or len(found) != count:
        return None
    try:
        return logic.at(theorem, *(found[place] for place in range(count)))
    except StatementError:
        return None


def useful_facts(signs: Signs, *involved: Term) -> tuple[Theorem, ...]:
    """Theorems that a normal form of terms can use: what differs from 0 or has a sign, and orthonormal rows."""
    letters = frozenset[Letter]().union(*(terms.letters(term) for term in involved))
    facts: list[Theorem] = []
    for name, formula in signs.state.read.hypotheses.items():
        rows = formula.kind is Kind.EQUAL and len(formula.prefix) == 2 and formula.right.head == DELTA
        if rows and formula.left.head == SUM and terms.letters(formula.left) <= letters:
            facts.append(signs.state.fact(name))
    bases = dict.fromkeys(base for term in involved for base in _bases(term))
    for base in sorted(bases, key=lambda one: sum(1 for _ in terms.parts(one))):
        facts += _sign_facts(base, signs)
    for fact in signs.facts:
        facts += [fact, *_of_square(fact)]
    return tuple(dict.fromkeys(facts))


def _of_square(fact: Theorem) -> list[Theorem]:
    """`t != 0` from `0 < t^2`, for all values of the prefix."""
    said = fact.conclusion
    square = said.kind is Kind.LESS and said.right.head == POWER
    return [inside(fact, order.different_from_zero)] if square else []


def weakened(theorem: Theorem, kind: Kind = Kind.AT_MOST) -> Theorem:
    """`a <= b`, or another kind that follows, from `a ~ b`."""
    return theorem if theorem.conclusion.kind is kind else order.weakened(theorem, kind)


def _sign_facts(base: Term, signs: Signs) -> list[Theorem]:
    """What the form of a base shows of it, and of its factors."""
    found: list[Theorem] = []
    for part in (base, *(base.arguments if base.head in (MULTIPLY, POWER) else ())):
        if part.head == NUMBER:
            continue
        shown = signs.of(part)
        if shown is not None and shown.conclusion.kind in (Kind.LESS, Kind.AT_MOST):
            found.append(_closed_again(shown))
        if shown is None or shown.conclusion.kind is not Kind.LESS:
            other = signs.differs(part)
            if other is not None:
                found.append(_closed_again(other))
    return found


def _closed_again(theorem: Theorem) -> Theorem:
    """The theorem for all values of the indices that are free in it."""
    free = sorted(theorem.conclusion.free_indices(), key=lambda one: one.key)
    own = [one for one in free if one.sort != OUTCOME]
    chance = [one for one in free if one.sort == OUTCOME and one == terms.THE_OUTCOME]
    if len(own) + len(chance) != len(free):
        return theorem
    return logic.for_all(theorem, *own, *chance) if free else theorem


def _bases(term: Term) -> Iterator[Term]:
    """What a term divides by or raises to a real power, with fresh variables for the ones that are bound there."""
    if all(part.head not in (INVERSE, REAL_POWER) for part in terms.parts(term)):
        return
    if term.head in (INVERSE, REAL_POWER):
        yield term.arguments[0]
    for position, argument in enumerate(term.arguments):
        if term.head in terms.BINDERS and position == 0:
            sort = {SUM: term.data, PRODUCT: term.data, terms.MEAN: OUTCOME}.get(term.head, REAL)
            argument = instantiate(argument, fresh(sort))
        yield from _bases(argument)


def same(term: Term) -> Theorem:
    """`t = t`."""
    return equality.rewrite(term)


def turned(theorem: Theorem) -> Theorem:
    """From `a = b` to `b = a`."""
    start = same(theorem.conclusion.left)
    return equality.with_equal_sides(start, theorem, start)


def chain(first: Theorem, second: Theorem) -> Theorem:
    """From `a = b` and `b = c` to `a = c`."""
    return equality.with_equal_sides(first, same(first.conclusion.left), second)


@dataclass
class Rewriting:
    """Equality by normal forms, after definitions are unfolded.

    Attributes:
        signs: tells what normal forms can use.
        equations: the definitions.
    """

    signs: Signs
    equations: list[Theorem] = field(default_factory=list)

    @classmethod
    def named(cls, state: State, rewrite: Iterable[str] = (), given: Iterable[str] = ()) -> Rewriting:
        """By facts of these names; the left side of one that is opened by normal forms is in normal form, too.

        Raises:
            StepFailure: one is no equality, or tells no sign.
        """
        signs, found = Signs(state, [state.fact(name) for name in given]), list[Theorem]()
        for fact in signs.facts:
            if fact.conclusion.left != ZERO or fact.conclusion.kind is Kind.EQUAL:
                raise StepFailure(f"it does not say that something is positive or nonnegative: {fact.conclusion}")
        for name in rewrite:
            theorem = state.fact(name)
            if theorem.conclusion.kind is not Kind.EQUAL:
                raise StepFailure(f"{name!r} is no equality and cannot be rewritten with")
            found.append(theorem)
            if _is_opened(theorem):
                bare, variables = freed(theorem)
                left, right = bare.conclusion.terms
                facts = useful_facts(Signs(state), left)
                flat = normal_form(left, equality.context_of(facts)).term()
                if flat != left:
                    opened_ = equality.with_equal_sides(bare, equality.identity(left, flat, *facts), same(right))
                    found.append(for_each(opened_, variables))
        return cls(signs, found)

    def of(self, term: Term) -> Theorem:
        """`term = term'`, with definitions unfolded until none applies, opened by normal forms where one needs that."""
        result = same(term)
        opening = any(map(_is_opened, self.equations))
        for _ in range(60):
            step = equality.rewrite(result.conclusion.right, *self.equations) if self.equations else result
            if step is not result and step.conclusion.left != step.conclusion.right:
                result = chain(result, step)
                continue
            if not opening:
                return result
            facts = useful_facts(self.signs, result.conclusion.right)
            flat = normal_form(result.conclusion.right, equality.context_of(facts)).term()
            following = equality.rewrite(flat, *self.equations)
            if following.conclusion.right == flat:
                return result
            result = chain(chain(result, equality.identity(result.conclusion.right, flat, *facts)), following)
        raise StepFailure("the rewriting does not end: a definition leads back to itself")

    def both(self, said: Formula) -> tuple[Theorem, Theorem]:
        """The two sides of a comparison, rewritten."""
        return self.of(said.left), self.of(said.right)

    def theorem(self, theorem: Theorem) -> Theorem:
        """A comparison with both sides rewritten."""
        return equality.with_equal_sides(theorem, *self.both(theorem.conclusion))

    def facts(self, before: Iterable[Term], after: Iterable[Term]) -> tuple[Theorem, ...]:
        """What normal forms can use of terms after rewriting: signs are read before it as well, and rewritten."""
        found = list(useful_facts(self.signs, *after))
        for fact in useful_facts(self.signs, *before) if self.equations else ():
            if fact.conclusion.kind is Kind.EQUAL:
                continue
            bare, variables = freed(fact)
            moved = self.theorem(bare)
            if moved.conclusion != bare.conclusion:
                found.append(for_each(moved, variables))
                found += _of_square(found[-1])
        return tuple(dict.fromkeys(found))

    def equal(self, first: Term, second: Term) -> Theorem:
        """`first = second` by normal forms after rewriting."""
        one, other = self.of(first), self.of(second)
        sides = (one.conclusion.right, other.conclusion.right)
        middle = equality.identity(*sides, *self.facts((first, second), sides))
        return chain(chain(one, middle), turned(other))

    def brought(self, theorem: Theorem, left: Term, right: Term) -> Theorem:
        """A comparison with sides that are equal to its own."""
        said = theorem.conclusion
        return equality.with_equal_sides(theorem, self.equal(said.left, left), self.equal(said.right, right))

    def combination(self, said: Formula, gap: Theorem) -> Theorem:
        """`L ~ R` from `0 ~ gap`, where `R - L` equals the gap after rewriting."""
        if gap.conclusion.kind not in _ENOUGH[said.kind]:
            raise StepFailure(f"the combination's form shows '0 {gap.conclusion.kind.value}', which is not enough")
        return self.by_rule(said, (weakened(gap, said.kind),), equality.same_difference)

    def by_rule(self, said: Formula, premises: tuple[Theorem, ...], rule: Callable[..., Theorem]) -> Theorem:
        """A comparison by a rule that is given premises, the two sides and facts, all after rewriting."""
        left, right = self.both(said)
        moved = tuple(map(self.theorem, premises))
        sides = (left.conclusion.right, right.conclusion.right)
        before = [*said.terms, *(side for one in premises for side in one.conclusion.terms)]
        after = [*sides, *(side for one in moved for side in one.conclusion.terms)]
        shown = rule(*moved, *sides, *self.facts(before, after))
        return equality.with_equal_sides(shown, turned(left), turned(right))


def _is_opened(equation: Theorem) -> bool:
    """Whether normal forms open what stands on the left."""
    return equation.conclusion.left.head not in (ENTRY, REAL_POWER, MEAN)


def opened_like(theorem: Theorem, relation: Relation, goal: Goal) -> Theorem:
    """A theorem at the goal's indices: those of its own names, or, where they are as many, in order."""
    prefix = theorem.conclusion.prefix
    by_name = {symbol.name: variable for symbol, variable in goal.scope.items()}
    names = [one.name for one in relation.free_indices]
    if all(name in by_name for name in names):
        own = [by_name[name] for name in names]
        return logic.at(theorem, *own, *([terms.THE_OUTCOME] if OUTCOME in prefix else []))
    if prefix != goal.formula.prefix:
        raise StepFailure(f"it is stated for all {', '.join(map(str, prefix))}, the claim for others")
    return logic.at(theorem, *goal.variables)


def gap_theorem(gap: object, goal: Goal, signs: Signs) -> Theorem:
    """`0 ~ gap` for a combination with markers in it."""
    marker = Marker(signs.state)
    return signed(signs.state.read.reader.expression(gap, marker, goal.scope), marker, signs)


def signed(term: Term, marker: Marker, signs: Signs) -> Theorem:
    """`0 ~ t` from the form of a term, with the letters of markers replaced by what they stand for."""
    with_letters = Signs(signs.state, [*marker.assumptions(), *signs.facts])
    return marker.settled(with_letters.needed(term, "the combination's form shows no sign"))


def discharged(theorem: Theorem, state: State, otherwise: str) -> Theorem:
    """The theorem without hypotheses that facts of the state, domains or signs show.

    Raises:
        StepFailure: something else is assumed; the message says so before it.
    """
    known = {one.conclusion: one for one in state.facts.values()}
    for formula in theorem.hypotheses - state.formulas:
        lemma = known.get(formula)
        if lemma is None and formula.kind in (Kind.LESS, Kind.AT_MOST) and formula.left.head == NUMBER:
            lemma = _sign_lemma(Goal.of_formula(formula), state)
        if lemma is not None:
            theorem = logic.cut(lemma, theorem)
    strange = [str(one) for one in theorem.hypotheses if one not in state.formulas]
    if strange:
        raise StepFailure(f"{otherwise}: {'; '.join(strange)}")
    return theorem


def _sign_lemma(goal: Goal, state: State) -> Theorem | None:
    shown = Signs(state, [one for one in state.facts.values() if _tells_sign(one)]).of(goal.right)
    if shown is None or goal.left != ZERO:
        return None
    try:
        return goal.closed(weakened(shown, goal.kind))
    except RuleError:
        return None


def _tells_sign(theorem: Theorem) -> bool:
    said = theorem.conclusion
    return said.kind in (Kind.LESS, Kind.AT_MOST) and said.left == ZERO and REAL not in said.prefix


def function_facts(state: State) -> tuple[Theorem, ...]:
    """What is known of functions by their names: their derivatives."""
    return tuple(logic.assume(one) for one in state.domains().values() if one.kind is Kind.HAS_DERIVATIVE)
