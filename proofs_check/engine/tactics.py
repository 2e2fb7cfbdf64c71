"""Small searches that methods share: the sign of a term from its form, and equality after rewriting.

None of this is trusted: each function either returns a theorem that the rules have made, or None, or raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from proofs_check.engine.proof import Goal, Marker, State, StepFailure
from proofs_check.rules import equality, logic, order
from proofs_check.rules.equality import _fits
from proofs_check.rules.normal_form import normal_form
from proofs_check.rules.theorem import RuleError, Theorem
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind, opened
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


class Signs:
    """Reads the sign of a term off its form: squares, products and sums of what is known not to be negative.

    Attributes:
        state: has the statement's facts and domains.
        facts: theorems that tell signs, of the form `0 ~ t`, or that something differs from 0.
        marked: theorems about the differences that stand in a combination, for all indices.
    """

    def __init__(self, state: State, given: Iterable[str] = ()) -> None:
        self.state = state
        self.facts = [state.fact(name) for name in given]
        for fact in self.facts:
            if fact.conclusion.left != ZERO or fact.conclusion.kind is Kind.EQUAL:
                raise StepFailure(f"it does not say that something is positive or nonnegative: {fact.conclusion}")
        self.marked: list[Theorem] = []
        self.found: dict[Term, Theorem | None] = {}

    def of(self, term: Term) -> Theorem | None:
        """A theorem `0 ~ term`, the strongest that the form shows, or None."""
        if term not in self.found:
            self.found[term] = self._told(term) or self._by_form(term)
        return self.found[term]

    def differs(self, term: Term) -> Theorem | None:
        """A theorem `term != 0`, or None."""
        for formula in self.state.domains().values():
            if formula.kind is Kind.DIFFERENT:
                fact = _instance_for(logic.assume(formula), formula.left, term)
                if fact is not None:
                    return fact
        shown = self.of(term)
        if shown is not None and shown.conclusion.kind is Kind.LESS:
            return order.different_from_zero(shown)
        square = self.of(terms.power(term, 2))
        if square is not None and square.conclusion.kind is Kind.LESS:
            return order.different_from_zero(square)
        if term.head in (MULTIPLY, POWER, INVERSE):  # of a product every factor must differ from 0
            parts = [self.differs(part) for part in term.arguments if part.head != NUMBER]
            if all(part is not None for part in parts):
                return None
        return None

    def _told(self, term: Term) -> Theorem | None:
        for fact in (*self.marked, *self.facts):
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
        if base.head == APPLY or base.head == ENTRY:
            for formula in self.state.domains().values():
                if formula.kind is Kind.DIFFERENT:
                    fact = _instance_for(logic.assume(formula), formula.left, base)
                    if fact is not None:
                        return order.square_of_nonzero(fact, exponent)
        return order.square(base, exponent)


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


def useful_facts(state: State, signs: Signs, *involved: Term) -> tuple[Theorem, ...]:
    """Theorems that a normal form of terms can use: what differs from 0 or has a sign, and orthonormal rows."""
    letters = frozenset[Letter]().union(*(terms.letters(term) for term in involved))
    facts: list[Theorem] = []
    for name, formula in state.read.hypotheses.items():
        rows = formula.kind is Kind.EQUAL and len(formula.prefix) == 2 and formula.right.head == DELTA
        if rows and formula.left.head == SUM and terms.letters(formula.left) <= letters:
            facts.append(state.fact(name))
    bases = dict.fromkeys(base for term in involved for base in _bases(term))
    for base in sorted(bases, key=lambda one: sum(1 for _ in terms.parts(one))):
        facts += _sign_facts(base, signs)
    for fact in signs.facts:
        facts.append(fact)
        facts += _of_square(fact)
    return tuple(dict.fromkeys(facts))


def _of_square(fact: Theorem) -> list[Theorem]:
    """`t != 0` from `0 < t^2`, for all values of the prefix."""
    said = fact.conclusion
    if said.kind is not Kind.LESS or said.right.head != POWER:
        return []
    variables = [terms.THE_OUTCOME if sort == OUTCOME else fresh(sort) for sort in said.prefix]
    return [logic.for_all(order.different_from_zero(logic.at(fact, *variables)), *variables)]


def weakly(theorem: Theorem) -> Theorem:
    """`0 <= t` from `0 ~ t`."""
    return theorem if theorem.conclusion.kind is Kind.AT_MOST else order.weakened(theorem, Kind.AT_MOST)


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
            argument = instantiate(argument, terms.THE_OUTCOME if sort == OUTCOME else fresh(sort))
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


def rewritten(term: Term, equations: list[Theorem], state: State, signs: Signs) -> Theorem:
    """`term = term'`, with definitions unfolded until none applies, opened by normal forms where one needs that."""
    result = same(term)
    opening = [one for one in equations if one.conclusion.left.head not in (ENTRY, REAL_POWER, MEAN)]
    for _ in range(60):
        step = equality.rewrite(result.conclusion.right, *equations) if equations else result
        changed = step.conclusion.left != step.conclusion.right and step is not result
        if changed:
            result = chain(result, step)
            continue
        if not opening:
            return result
        facts = useful_facts(state, signs, result.conclusion.right)
        flat = normal_form(result.conclusion.right, equality.context_of(facts)).term()
        following = equality.rewrite(flat, *equations)
        if following.conclusion.right == flat:
            return result
        result = chain(chain(result, equality.identity(result.conclusion.right, flat, *facts)), following)
    raise StepFailure("the rewriting does not end: a definition leads back to itself")


def equations_named(names: Iterable[str], state: State) -> list[Theorem]:
    """Equalities to rewrite with; the left side of one that is opened by normal forms is in normal form."""
    found = []
    for name in names:
        theorem = state.fact(name)
        if theorem.conclusion.kind is not Kind.EQUAL:
            raise StepFailure(f"{name!r} is no equality and cannot be rewritten with")
        found.append(theorem)
        head = theorem.conclusion.left.head
        if head not in (ENTRY, REAL_POWER, MEAN):
            prefix = [terms.THE_OUTCOME if sort == OUTCOME else fresh(sort) for sort in theorem.conclusion.prefix]
            bare = logic.at(theorem, *prefix)
            facts = useful_facts(state, Signs(state), bare.conclusion.left)
            flat = normal_form(bare.conclusion.left, equality.context_of(facts)).term()
            if flat != bare.conclusion.left:
                opened_ = equality.with_equal_sides(
                    bare, equality.identity(bare.conclusion.left, flat, *facts), same(bare.conclusion.right)
                )
                found.append(logic.for_all(opened_, *prefix))
    return found


def facts_after(
    before: Iterable[Term], after: Iterable[Term], equations: list[Theorem], state: State, signs: Signs
) -> tuple[Theorem, ...]:
    """What normal forms can use of terms after rewriting: signs are read before it as well, and rewritten."""
    found = list(useful_facts(state, signs, *after))
    for fact in useful_facts(state, signs, *before) if equations else ():
        if fact.conclusion.kind is Kind.EQUAL:
            continue
        prefix = [terms.THE_OUTCOME if sort == OUTCOME else fresh(sort) for sort in fact.conclusion.prefix]
        bare = logic.at(fact, *prefix) if prefix else fact
        moved = rewritten_theorem(bare, equations, state, signs)
        if moved.conclusion != bare.conclusion:
            found.append(logic.for_all(moved, *prefix) if prefix else moved)
            found += _of_square(found[-1])
    return tuple(dict.fromkeys(found))


def combination(
    claim_left: Term, kind: Kind, claim_right: Term, gap: Theorem, equations: list[Theorem], state: State, signs: Signs
) -> Theorem:
    """`L ~ R` from `0 ~ gap`, where `R - L` equals the gap after rewriting."""
    if gap.conclusion.kind not in _ENOUGH[kind]:
        raise StepFailure(f"the combination's form shows '0 {gap.conclusion.kind.value}', which is not enough")
    if gap.conclusion.kind is not kind:
        gap = order.weakened(gap, kind)
    left, right = (rewritten(side, equations, state, signs) for side in (claim_left, claim_right))
    moved = rewritten(gap.conclusion.right, equations, state, signs)
    there = equality.with_equal_sides(gap, same(ZERO), moved)
    sides = (left.conclusion.right, right.conclusion.right)
    before = (claim_left, claim_right, gap.conclusion.right)
    facts = facts_after(before, (*sides, moved.conclusion.right), equations, state, signs)
    shown = equality.same_difference(there, *sides, *facts)
    return equality.with_equal_sides(shown, turned(left), turned(right))


def rewritten_theorem(theorem: Theorem, equations: list[Theorem], state: State, signs: Signs) -> Theorem:
    """A comparison with both sides rewritten."""
    said = theorem.conclusion
    left, right = (rewritten(side, equations, state, signs) for side in (said.left, said.right))
    return equality.with_equal_sides(theorem, left, right)


def by_rule(
    goal: Goal,
    premises: tuple[Theorem, ...],
    rule: Callable[..., Theorem],
    equations: list[Theorem],
    state: State,
    signs: Signs,
) -> Theorem:
    """The goal by a rule that is given premises, the two sides and facts, all after rewriting."""
    left, right = (rewritten(side, equations, state, signs) for side in (goal.left, goal.right))
    moved = tuple(rewritten_theorem(one, equations, state, signs) for one in premises)
    sides = (left.conclusion.right, right.conclusion.right)
    before = [goal.left, goal.right, *(side for one in premises for side in one.conclusion.terms)]
    after = [*sides, *(side for one in moved for side in one.conclusion.terms)]
    shown = rule(*moved, *sides, *facts_after(before, after, equations, state, signs))
    return closed_as(equality.with_equal_sides(shown, turned(left), turned(right)), goal)


def equal_after(first: Term, second: Term, equations: list[Theorem], state: State, signs: Signs) -> Theorem:
    """`first = second` by normal forms after rewriting."""
    one, other = (rewritten(side, equations, state, signs) for side in (first, second))
    sides = (one.conclusion.right, other.conclusion.right)
    middle = equality.identity(*sides, *facts_after((first, second), sides, equations, state, signs))
    return chain(chain(one, middle), turned(other))


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


def gap_theorem(gap: object, state: State, goal: Goal, signs: Signs) -> Theorem:
    """`0 ~ gap` for a combination with markers in it."""
    marker = Marker(state)
    return signed(state.read.reader.expression(gap, marker, goal.scope), marker, signs)


def signed(term: Term, marker: Marker, signs: Signs) -> Theorem:
    """`0 ~ t` from the form of a term, with the letters of markers replaced by what they stand for."""
    signs.marked = marker.assumptions()
    signs.found.clear()
    shown = signs.of(term)
    signs.marked = []
    signs.found.clear()
    if shown is None:
        raise StepFailure("the combination's form shows no sign")
    return marker.settled(shown)


def closed_as(theorem: Theorem, goal: Goal) -> Theorem:
    """The theorem for all values of the goal's indices."""
    return logic.for_all(theorem, *goal.variables) if goal.variables else theorem


def discharged(theorem: Theorem, state: State) -> Theorem:
    """The theorem without hypotheses that facts of the state, domains or signs show."""
    known = {one.conclusion: one for one in state.facts.values()}
    for formula in theorem.hypotheses:
        if formula in state.formulas:
            continue
        lemma = known.get(formula)
        if lemma is None and formula.kind in (Kind.LESS, Kind.AT_MOST) and formula.left.head == NUMBER:
            variables = [terms.THE_OUTCOME if sort == OUTCOME else fresh(sort) for sort in formula.prefix]
            lemma = _sign_lemma(formula, variables, state)
        if lemma is not None:
            theorem = logic.cut(lemma, theorem)
    return theorem


def _sign_lemma(formula: Formula, variables: list[Term], state: State) -> Theorem | None:
    bare = opened(formula, *variables)
    signs = Signs(state)
    signs.facts = [one for one in state.facts.values() if _tells_sign(one)]
    shown = signs.of(bare.right)
    if shown is None or bare.left != ZERO:
        return None
    try:
        if shown.conclusion.kind is not bare.kind:
            shown = order.weakened(shown, bare.kind)
    except RuleError:
        return None
    return logic.for_all(shown, *variables) if variables else shown


def _tells_sign(theorem: Theorem) -> bool:
    said = theorem.conclusion
    return said.kind in (Kind.LESS, Kind.AT_MOST) and said.left == ZERO and REAL not in said.prefix


def function_facts(state: State) -> tuple[Theorem, ...]:
    """What is known of functions by their names: their derivatives."""
    return tuple(logic.assume(one) for one in state.domains().values() if one.kind is Kind.HAS_DERIVATIVE)
