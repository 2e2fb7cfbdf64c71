"""Searches for theorems about expectations: a random number is split into what its expectation is known of.

The parts are a polynomial in the normal letters, and products whose expectation an established step tells, or that are
a single random letter. Each part must be shown to be integrable.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from proofs_check.engine.proof import State, StepFailure
from proofs_check.engine.tactics import Rewriting, chain, turned
from proofs_check.rules import equality, expectation, logic
from proofs_check.rules.normal_form import Monomial, Polynomial, _as_term, normal_form
from proofs_check.rules.theorem import Theorem
from theory.language import terms
from theory.language.formulas import Kind
from theory.language.substitution import instantiate
from theory.language.terms import ENTRY, MEAN, OUTCOME, THE_OUTCOME, Term, add, multiply


def normal_letters(state: State) -> Theorem:
    """The hypothesis that says which letters are normal.

    Raises:
        StepFailure: there is none, or more than one.
    """
    named = [name for name, one in state.read.hypotheses.items() if one.kind is Kind.NORMAL]
    found = [state.facts[name] for name in named if name in state.facts]
    if len(found) != 1:
        raise StepFailure(f"{state.statement.id} has {len(found)} initializations: an expectation needs one")
    return found[0]


def at_outcome(theorem: Theorem) -> Theorem:
    """A theorem at the one outcome."""
    return logic.at(theorem, *(THE_OUTCOME for sort in theorem.conclusion.prefix if sort == OUTCOME))


@dataclass
class Expectations:
    """What is known of expectations in one step.

    Attributes:
        rewriting: comes first; its state has the facts, and what was shown to be integrable.
        means: established expectations of products.
    """

    rewriting: Rewriting
    means: list[Theorem] = field(default_factory=list)

    @property
    def _state(self) -> State:
        return self.rewriting.signs.state

    def value(self, term: Term) -> Theorem:
        """`E t = ...` for a random number."""
        split, parts = self._split(term)
        summed = expectation.mean_of_sum(*(part.integrable for part in parts))
        whole = chain(expectation.mean_of_equal(split), summed)
        return chain(whole, equality.rewrite(whole.conclusion.right, *(self._value_of(part) for part in parts)))

    def integrable(self, term: Term) -> Theorem:
        """A random number is integrable."""
        split, parts = self._split(term)
        summed = expectation.integrable_sum(*(part.integrable for part in parts))
        return expectation.integrable_equal(summed, turned(split))

    def _split(self, term: Term) -> tuple[Theorem, list[_Part]]:
        """`t = sum of parts`, and the parts."""
        start = self.rewriting.of(term)
        flat = start.conclusion.right
        facts = self.rewriting.facts((term,), (flat,))
        form = normal_form(flat, equality.context_of(facts))
        scales = set(normal_letters(self._state).conclusion.data)
        polynomial: list[Monomial] = []
        others: dict[Term, list[Term]] = {}
        for monomial in form.monomials.values():
            random = {atom: e for atom, e in monomial.factors.items() if THE_OUTCOME in terms.parts(atom)}
            if all(atom.head == ENTRY and atom.data in scales and e > 0 for atom, e in random.items()):
                polynomial.append(monomial)
                continue
            linked = {a for a in monomial.factors if a in random or any(p in monomial.bound for p in terms.parts(a))}
            inside = Monomial(Fraction(1), {a: e for a, e in monomial.factors.items() if a in linked}, monomial.bound)
            outside = {a: e for a, e in monomial.factors.items() if a not in linked}
            fixed = _as_term(Monomial(monomial.coefficient, outside, frozenset()))
            others.setdefault(_as_term(inside), []).append(fixed)
        parts = [self._polynomial(Polynomial(polynomial, form.context).term())] if polynomial else []
        parts += [self._known(body, add(*fixed)) for body, fixed in others.items()]
        if not parts:
            parts = [self._polynomial(terms.ZERO)]
        total = add(*(part.term for part in parts))
        return chain(start, equality.identity(flat, total, *facts)), parts

    def _polynomial(self, term: Term) -> _Part:
        normal = normal_letters(self._state)
        return _Part(term, expectation.polynomial_is_integrable(normal, term))

    def _known(self, body: Term, factor: Term) -> _Part:
        integrable = expectation.integrable_multiple(self._integrable(body), factor)
        return _Part(multiply(factor, body), integrable, (body, factor))

    def _value_of(self, part: _Part) -> Theorem:
        """The expectation of a part."""
        if part.product is None:
            return expectation.mean_of_polynomial(normal_letters(self._state), part.term)
        body, factor = part.product
        mean, outside = self._mean(body), expectation.mean_of_multiple(body, factor)
        return chain(outside, equality.rewrite(outside.conclusion.right, mean)) if mean else outside

    def _integrable(self, body: Term) -> Theorem:
        """What was shown of a product, up to its coefficient."""
        for theorem in self._state.integrable:
            shown = instantiate(theorem.conclusion.terms[0], THE_OUTCOME)
            if shown == body:
                return theorem
            ratio = self._ratio(shown, body)
            if ratio is not None:
                scaled = expectation.integrable_multiple(theorem, terms.number(ratio))
                same = self.rewriting.equal(multiply(terms.number(ratio), shown), body)
                return expectation.integrable_equal(scaled, same)
        raise StepFailure(f"not shown to be integrable: {body}")

    def _mean(self, body: Term) -> Theorem | None:
        for theorem in self.means:
            left = theorem.conclusion.left
            if left.head != MEAN:
                raise StepFailure(f"no expectation is told: {theorem.conclusion}")
            known = instantiate(left.arguments[0], THE_OUTCOME)
            ratio = self._ratio(known, body)
            if ratio is not None:
                same = expectation.mean_of_equal(self.rewriting.equal(body, multiply(terms.number(ratio), known)))
                whole = chain(same, expectation.mean_of_multiple(known, terms.number(ratio)))
                return chain(whole, equality.rewrite(whole.conclusion.right, theorem))
        return None

    def _ratio(self, known: Term, body: Term) -> Fraction | None:
        """The number by which one product is a multiple of another."""
        unfolded = self.rewriting.of(known).conclusion.right
        context = equality.context_of(self.rewriting.facts((known,), (unfolded, body)))
        first, second = normal_form(unfolded, context), normal_form(body, context)
        if len(first.monomials) != 1 or first.monomials.keys() != second.monomials.keys():
            return None
        ((key, one),) = first.monomials.items()
        return second.monomials[key].coefficient / one.coefficient


@dataclass
class _Part:
    term: Term
    integrable: Theorem
    product: tuple[Term, Term] | None = None
    """A random body and its fixed factor, where the part is no polynomial."""


def between(below: Theorem, above: Theorem, expectations: Expectations) -> Theorem:
    """A random number between two bounds that are shown integrable is integrable."""
    low, high = expectations.integrable(below.conclusion.left), expectations.integrable(above.conclusion.right)
    return expectation.integrable_between(below, above, low, high)


def means_in(involved: Iterable[Term]) -> list[Term]:
    """The random numbers whose expectations stand in terms."""
    found = {part: None for term in involved for part in terms.parts(term) if part.head == MEAN}
    return [instantiate(part.arguments[0], THE_OUTCOME) for part in found]
