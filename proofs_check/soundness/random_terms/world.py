"""One trial of a rule: a random model, random terms, and premises that hold in that model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from random import Random
from types import SimpleNamespace
from typing import Any

from flint import ctx, fmpq

from proofs_check.soundness.random_terms.random_models import RandomModel, normal_model, random_model, random_number
from proofs_check.soundness.random_terms.vocabulary import AXES, FIXED, FUNCTION, INDICES, NORMAL, RANDOM, A
from proofs_check.soundness.semantics.arithmetic import Value, sign
from proofs_check.soundness.semantics.judge import PRECISION, SIGNS
from proofs_check.soundness.semantics.truth import Undecided
from proofs_check.soundness.semantics.value import evaluation, free_indices
from theory.language import terms
from theory.language.formulas import Formula, Kind, closed, compare
from theory.language.terms import ONE, OUTCOME, REAL, THE_OUTCOME, ZERO, Axis, Letter, Sort, Term

Rules = Mapping[str, Callable[..., Any]]
Within = tuple[Sort | None, ...]
"""Sorts of the binders around a part, the innermost last; None for one whose variable may not be spoken of."""

_EXPONENTS = (
    fmpq(1, 2),
    fmpq(1, 2),
    fmpq(1, 3),
    fmpq(3, 2),
    fmpq(-1, 2),
    fmpq(1),
    fmpq(0),
    fmpq(-1),
    fmpq(2),
    fmpq(-2),
)

_HEADS = {
    "leaf": 30,
    "add": 14,
    "multiply": 18,
    "power": 5,
    "delta": 6,
    "sum": 9,
    "product": 4,
    "inverse": 6,
    "real power": 4,
    "apply": 3,
    "coefficient": 2,
    "derivative": 1,
    "mean": 4,
}
_POLYNOMIAL = ("leaf", "add", "multiply", "power", "sum", "product")


def rational(value: fmpq) -> Term:
    """The term of a number."""
    return terms.number(Fraction(int(value.p), int(value.q)))


class World:
    """What a generator of instances draws from.

    Attributes:
        random: where chance comes from.
        rules: the kernel's, or a wrong kernel's.
        model: in which the premises hold.
        chance: whether terms speak of the outcome.
    """

    def __init__(self, random: Random, rules: Rules) -> None:
        self.random, self.rules = random, rules
        self.chance = random.random() < 0.2
        self.kind = "plain"

    @cached_property
    def model(self) -> RandomModel:
        """The model, of the kind that the generator has chosen."""
        return self.another_model()

    def another_model(self) -> RandomModel:
        """A model of that kind."""
        if self.kind in ("normal", "two normal"):
            return normal_model(self.random, two=self.kind == "two normal")
        return random_model(self.random, tail=self.kind == "tail")

    def odds(self, chance: float) -> bool:
        """True, with a chance."""
        return self.random.random() < chance

    def choice(self, *options: Any) -> Any:
        """One of several things."""
        return self.random.choice(options)

    def module_of(self, rule: str) -> SimpleNamespace:
        """What the module of a rule has besides."""
        return SimpleNamespace(**getattr(self.rules[rule], "__wrapped__").__globals__)  # noqa: B009 - not known to mypy

    # terms

    def index(self, axis: Sort, within: Within = ()) -> Term:
        """An index: the first one, the last one, a free one, or a bound one where there is one."""
        assert isinstance(axis, Axis)
        bound = [level for level, sort in enumerate(reversed(within)) if sort == axis]
        if bound and self.odds(0.7):
            return terms.bound(self.random.choice(bound), axis)
        draw = self.random.random()
        if draw < 0.2:
            return terms.first(axis) if draw < 0.13 else terms.end(axis)
        return self.random.choice(INDICES[axis])

    def outcome(self, within: Within) -> Term:
        """The outcome of the innermost expectation, or the free one."""
        for level, sort in enumerate(reversed(within)):
            if sort == OUTCOME:
                return terms.bound(level, OUTCOME)
        return THE_OUTCOME

    def entry(self, letter: Letter, within: Within = ()) -> Term:
        """An entry of a letter at some indices."""
        places = [self.index(s, within) if isinstance(s, Axis) else self.outcome(within) for s in letter.sorts]
        return terms.entry(letter, *places)

    def leaf(self, within: Within = ()) -> Term:
        """A number, a letter, a size, or a bound variable."""
        reals = [level for level, sort in enumerate(reversed(within)) if sort == REAL]
        if reals and self.odds(0.5):
            return terms.bound(self.random.choice(reals), REAL)
        draw = self.random.random()
        if draw < 0.2:
            return rational(random_number(self.random))
        if draw < 0.25:
            return terms.size(self.random.choice(AXES))
        random = (self.chance or OUTCOME in within) and self.odds(0.5)
        letters = (NORMAL if "normal" in self.kind and self.odds(0.6) else RANDOM) if random else FIXED
        letter = self.random.choice(letters)
        if letter.sorts and letter.sorts[0] != OUTCOME and self.odds(0.15):
            letter = terms.following(letter)
        return self.entry(letter, within)

    def term(self, depth: int = 2, within: Within = (), heads: tuple[str, ...] | None = None) -> Term:
        """A random term.

        Args:
            depth: how deep it may be.
            within: sorts of the binders around it.
            heads: what it may be made of; by default anything.
        """
        if depth <= 0:
            return self.leaf(within)
        names = heads or tuple(_HEADS)
        (head,) = self.random.choices(names, [_HEADS[name] for name in names])
        return self._made(head, depth - 1, within, heads)

    def _made(self, head: str, depth: int, within: Within, heads: tuple[str, ...] | None) -> Term:
        def part(*more: Sort, only: tuple[str, ...] | None = heads) -> Term:
            return self.term(depth, (*within, *more), only)

        match head:
            case "add":
                return terms.add(part(), part())
            case "multiply":
                return terms.multiply(part(), part())
            case "power":
                return terms.power(part(), self.choice(2, 2, 3))
            case "delta":
                axis = self.random.choice(AXES)
                return terms.multiply(terms.delta(self.index(axis, within), self.index(axis, within)), part())
            case "sum" | "product":
                axis = self.random.choice(AXES)
                return (terms.total if head == "sum" else terms.product)(axis, part(axis))
            case "inverse":
                return terms.inverse(part())
            case "real power":
                exponent = rational(self.choice(*_EXPONENTS)) if self.odds(0.7) else part()
                return terms.real_power(part(), exponent)
            case "apply":
                return terms.apply(self.choice("exp", FUNCTION, FUNCTION, "log"), part())
            case "coefficient":
                return terms.coefficient(part(REAL, only=_POLYNOMIAL), self.choice(0, 1, 1, 2))
            case "derivative":
                return terms.derivative(part(REAL), part())
            case "mean":
                closed_within = tuple(None if sort == OUTCOME else sort for sort in within)
                return terms.mean(self.term(depth, (*closed_within, OUTCOME), heads))
        return self.leaf(within)

    def fixed(self, depth: int = 2) -> Term:
        """A term that does not depend on the outcome."""
        chance, self.chance = self.chance, False
        term = self.term(depth)
        self.chance = chance
        return term

    def whole(self) -> int:
        """A small whole number."""
        return int(self.choice(0, 1, 1, 2, 2, 3, 4))

    def variable(self) -> Term:
        """A free index of an axis."""
        return self.random.choice(INDICES[self.choice(A, *AXES)])

    # values

    def values(self, term: Term) -> list[Value]:
        """The values of a term for all values of its free indices; none where one is not known."""
        return self.values_at(term, self.model.assignments(free_indices(term)))

    def values_at(self, term: Term, places: Iterable[dict[Term, int]]) -> list[Value]:
        """The values of a term at some values of free indices; none where one is not known."""
        evaluate, model = evaluation(term), self.model
        with ctx.workprec(PRECISION):
            try:
                return [evaluate(model, indices, ()) for indices in places]
            except Undecided:
                return []

    def signs(self, term: Term) -> set[int]:
        """The signs of its values; empty where they are not known."""
        try:
            return {sign(value) for value in self.values(term)}
        except Undecided:
            return set()

    # premises

    def given(self, formula: Formula) -> Any:
        """A theorem that says a formula, assumed for all values of its free indices."""
        free = free_indices(*formula.terms)
        self.random.shuffle(free)
        theorem = self.rules["assume"](closed(formula, *free))
        return self.rules["at"](theorem, *free) if free else theorem

    def fact(self, left: Term, kind: Kind, right: Term) -> Any:
        """A theorem that says a comparison, which is assumed."""
        return self.given(compare(left, kind, right))

    def sign_fact(self, term: Term, kind: Kind) -> Any:
        """A theorem that says a sign, assumed for all values of its free indices."""
        return self.fact(term, kind, ZERO) if kind is Kind.DIFFERENT else self.fact(ZERO, kind, term)

    def sign_of(self, term: Term, *kinds: Kind) -> tuple[Term, Kind]:
        """A term like the given one, and a sign that it has in the model, of some kinds."""
        found = self.signs(term)
        if self.odds(0.04):
            return term, self.random.choice(kinds)
        if Kind.DIFFERENT in kinds and found and 0 not in found and self.odds(0.5):
            return term, Kind.DIFFERENT
        if found and found <= {0, -1}:
            term, found = terms.negative(term), {-one for one in found}
        if not found or -1 in found:
            term = terms.power(term, 2)
            found = {abs(one) for one in found} or {0, 1}
        if found == {0, 1} and kinds == (Kind.LESS,):
            term, found = terms.add(term, ONE), {1}
        able = [kind for kind in kinds if found <= SIGNS[kind]]
        if not able:
            return (
                (terms.subtract(term, term), Kind.EQUAL) if Kind.EQUAL in kinds else (terms.add(term, ONE), kinds[-1])
            )
        return term, self.random.choice(able)

    def signed(self, term: Term | None = None, kinds: tuple[Kind, ...] = (Kind.EQUAL, Kind.AT_MOST, Kind.LESS)) -> Any:
        """A theorem that says a sign, one that the term has in the model."""
        found, kind = self.sign_of(self.term() if term is None else term, *kinds)
        return self.fact(ZERO, kind, found)

    def ordered(self, kinds: tuple[Kind, ...] = (Kind.EQUAL, Kind.AT_MOST, Kind.LESS), left: Term | None = None) -> Any:
        """A theorem that compares two terms, as they are in the model."""
        left = self.term() if left is None else left
        gap, kind = self.sign_of(self.term(), *kinds)
        return self.fact(left, kind, terms.add(left, gap))

    def different(self, term: Term | None = None) -> Any:
        """A theorem that says that a term is not 0."""
        term = self.term() if term is None else term
        found = self.signs(term)
        if (not found or 0 in found) and not self.odds(0.04):
            term = terms.add(terms.power(term, 2), ONE)
        return self.fact(term, Kind.DIFFERENT, ZERO)

    def equation(self, left: Term | None = None) -> Any:
        """A theorem that says an equation: of a letter's entry, or of two terms whose values are the same."""
        left = self.leaf() if left is None else left
        values = {str(value) for value in self.values(left)}
        if len(values) == 1 and "[" not in (text := next(iter(values))):
            return self.fact(left, Kind.EQUAL, terms.number(Fraction(text)))
        other = self.term(1)
        same = terms.add(left, terms.multiply(other, terms.subtract(left, left)))
        for _ in range(6):
            candidate = self.leaf()
            if candidate != left and self.signs(terms.subtract(candidate, left)) == {0}:
                return self.fact(left, Kind.EQUAL, candidate)
        return self.fact(left, Kind.EQUAL, same)
