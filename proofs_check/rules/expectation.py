"""Rules of expectation, and of independent centred normal numbers.

A random number is a term in the outcome. What is said of `THE_OUTCOME` holds for almost all outcomes.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs_check.rules.logic import is_measurable
from proofs_check.rules.normal_form import Context, Monomial, Polynomial, normal_form, vanishes
from proofs_check.rules.theorem import Result, Theorem, comparison, needs, rule
from theory.language import terms
from theory.language.formulas import Formula, Kind, compare
from theory.language.substitution import Family, abstract, instantiate, plain_family, substitute
from theory.language.terms import (
    APPLY,
    DERIVATIVE,
    ENTRY,
    OUTCOME,
    THE_OUTCOME,
    ZERO,
    Letter,
    Term,
    add,
    inverse,
    mean,
    multiply,
    negative,
    power,
    subtract,
)


def _random(term: Term) -> Term:
    """A term in `THE_OUTCOME` as the body of an expectation."""
    return abstract(term, THE_OUTCOME)


def _integrable(theorem: Theorem) -> Term:
    said = theorem.conclusion
    needs(said.kind is Kind.INTEGRABLE and not said.prefix, f"not said to be integrable: {said}")
    return instantiate(said.terms[0], THE_OUTCOME)


def _is_integrable(term: Term) -> Formula:
    return Formula(Kind.INTEGRABLE, (), (_random(term),))


@rule("expectation")
def integrable_sum(*theorems: Theorem) -> Result:
    """Sums of integrable numbers are integrable."""
    return _is_integrable(add(*(_integrable(theorem) for theorem in theorems)))


@rule("expectation")
def integrable_multiple(theorem: Theorem, factor: Term) -> Result:
    """A fixed multiple of an integrable number is integrable."""
    needs(THE_OUTCOME not in terms.parts(factor), "the factor depends on the outcome")
    return _is_integrable(multiply(factor, _integrable(theorem)))


@rule("expectation")
def integrable_equal(theorem: Theorem, equation: Theorem) -> Result:
    """What is equal to an integrable number for almost all outcomes is integrable."""
    said = comparison(equation, Kind.EQUAL)
    needs(said.left == _integrable(theorem), "the equation is about something else")
    return _is_integrable(said.right)


@rule("expectation")
def integrable_between(below: Theorem, above: Theorem, first: Theorem, second: Theorem) -> Result:
    """A measurable random number between two integrable ones is integrable."""
    low, high = comparison(below, Kind.AT_MOST, Kind.LESS), comparison(above, Kind.AT_MOST, Kind.LESS)
    needs(low.right == high.left, "the bounds are not of one number")
    needs(low.left == _integrable(first) and high.right == _integrable(second), "the bounds are not shown integrable")
    needs(is_measurable(low.right), "measurable? ", low.right)
    return _is_integrable(low.right)


@rule("expectation")
def mean_of_sum(*theorems: Theorem) -> Result:
    """`E(f + g) = E f + E g` for integrable numbers."""
    parts = [_integrable(theorem) for theorem in theorems]
    return compare(mean(_random(add(*parts))), Kind.EQUAL, add(*(mean(_random(part)) for part in parts)))


@rule("expectation")
def mean_of_multiple(term: Term, factor: Term) -> Result:
    """`E(c f) = c E f` for fixed `c`; where `f` is not integrable, both sides are 0."""
    needs(THE_OUTCOME not in terms.parts(factor), "the factor depends on the outcome")
    return compare(mean(_random(multiply(factor, term))), Kind.EQUAL, multiply(factor, mean(_random(term))))


@rule("expectation")
def mean_of_equal(equation: Theorem) -> Result:
    """From `f = g` for almost all outcomes to `E f = E g`."""
    said = comparison(equation, Kind.EQUAL)
    return compare(mean(_random(said.left)), Kind.EQUAL, mean(_random(said.right)))


@rule("expectation")
def mean_in_order(theorem: Theorem, first: Theorem, second: Theorem) -> Result:
    """From `f <= g` for almost all outcomes to `E f <= E g`, for integrable numbers."""
    said = comparison(theorem, Kind.AT_MOST, Kind.LESS)
    needs(said.left == _integrable(first) and said.right == _integrable(second), "the sides are not shown integrable")
    return compare(mean(_random(said.left)), Kind.AT_MOST, mean(_random(said.right)))


def _normal(theorem: Theorem) -> dict[Letter, Term]:
    """Normal letters with their standard deviations."""
    said = theorem.conclusion
    needs(said.kind is Kind.NORMAL and not said.prefix, f"nothing is said to be normal: {said}")
    return dict(zip(said.data, said.terms, strict=True))


def _polynomial(term: Term, scales: dict[Letter, Term]) -> Polynomial:
    """The normal form of a term that is a polynomial in normal letters, with fixed coefficients."""
    form = normal_form(term, Context())
    for monomial in form.monomials.values():
        for atom, exponent in monomial.factors.items():
            if THE_OUTCOME in terms.parts(atom):
                plain = atom.head == ENTRY and atom.data in scales and exponent > 0
                needs(plain, f"no polynomial in the normal letters: {atom}")
    return form


@rule("gaussian")
def polynomial_is_integrable(normal: Theorem, term: Term) -> Result:
    """A polynomial in independent normal numbers is integrable."""
    _polynomial(term, _normal(normal))
    return _is_integrable(term)


@rule("gaussian")
def mean_of_polynomial(normal: Theorem, term: Term) -> Result:
    """The expectation of a polynomial in independent centred normal numbers: the sum over pairings (Isserlis).

    Two entries of one family are paired with the square of its standard deviation and a delta of their indices.
    """
    scales = _normal(normal)
    pieces = [piece for monomial in _polynomial(term, scales).monomials.values() for piece in _paired(monomial, scales)]
    return compare(mean(_random(term)), Kind.EQUAL, Polynomial(pieces, Context()).term())


def _paired(monomial: Monomial, scales: dict[Letter, Term]) -> Iterator[Monomial]:
    fixed = {atom: e for atom, e in monomial.factors.items() if not (atom.head == ENTRY and atom.data in scales)}
    by_letter: dict[Letter, list[Term]] = {}
    for atom, exponent in monomial.factors.items():
        if atom not in fixed:
            by_letter.setdefault(atom.data, []).extend([atom] * exponent)
    products: list[list[Term]] = [[]]
    for letter, entries in by_letter.items():
        pairings = list(_pairings(entries))
        products = [
            [*product, *deltas, *[scales[letter]] * len(entries)] for product in products for deltas in pairings
        ]
    for factors in products:
        whole = multiply(*factors)
        inner = normal_form(whole, Context())
        for piece in inner.monomials.values():
            joint = dict(fixed)
            for atom, exponent in piece.factors.items():
                joint[atom] = joint.get(atom, 0) + exponent
            yield Monomial(monomial.coefficient * piece.coefficient, joint, monomial.bound | piece.bound)


def _pairings(entries: list[Term]) -> Iterator[list[Term]]:
    """Deltas of each pairing; none where the number is odd."""
    if not entries:
        yield []
        return
    head, *rest = entries
    for position, partner in enumerate(rest):
        pairs = zip(head.arguments, partner.arguments, strict=True)
        deltas = [terms.delta(one, other) for one, other in pairs if one.sort != OUTCOME]
        for others in _pairings([*rest[:position], *rest[position + 1 :]]):
            yield [*deltas, *others]


@rule("gaussian")
def almost_surely_positive(normal: Theorem, nonnegative: Theorem, positive: Theorem) -> Result:
    """From `0 <= p` and `0 < E p` to `0 < p` for almost all outcomes, for a polynomial in normal numbers.

    It is not the zero polynomial, and the zeros of such a polynomial have probability 0.
    """
    said, shown = comparison(nonnegative, Kind.AT_MOST), comparison(positive, Kind.LESS)
    needs(said.left == ZERO and shown.left == ZERO, "comparisons with 0 are needed")
    _polynomial(said.right, _normal(normal))
    needs(shown.right == mean(_random(said.right)), "not the expectation of that polynomial")
    return compare(ZERO, Kind.LESS, said.right)


@rule("gaussian")
def mean_of_odd(normal: Theorem, term: Term, letter: Letter, odd: Theorem) -> Result:
    """`E f = 0` where `f` turns its sign with one normal number: its law is the same with the sign turned.

    Where `f` is not integrable, its expectation is 0 by convention. An expectation inside of `f` is a number, and its
    sign does not turn: the normal number must not stand in one.
    """
    scales = _normal(normal)
    needs(letter in scales and letter.sorts == (OUTCOME,), f"{letter.name} is no single normal number")
    for part in terms.parts(term):
        fixed = part.head != ENTRY or THE_OUTCOME not in part.arguments or part.data in scales
        needs(fixed and part.head not in (APPLY, DERIVATIVE), f"it depends on chance in another way: {part}")
        needs(part.head != ENTRY or part.data != letter or THE_OUTCOME in part.arguments, f"it is bound in {term}")
    turned = substitute(term, {letter: Family((OUTCOME,), negative(plain_family(letter).body))})
    said = comparison(odd, Kind.EQUAL)
    needs(said.left == turned and said.right == negative(term), "not shown to turn its sign")
    return compare(mean(_random(term)), Kind.EQUAL, ZERO)


def _linear_forms(
    normal: Theorem, x: Term, y: Term, uncorrelated: Theorem, first: Theorem, second: Theorem
) -> tuple[Term, Term, Term]:
    """See that two linear forms are uncorrelated; their variances, and `x^2 y^2 / (x^2 + y^2)`."""
    scales = _normal(normal)
    for form in (x, y):
        for monomial in _polynomial(form, scales).monomials.values():
            degree = sum(e for a, e in monomial.factors.items() if a.head == ENTRY and a.data in scales)
            needs(degree == 1, f"no linear form in the normal letters: {form}")
    said = [comparison(theorem, Kind.EQUAL) for theorem in (uncorrelated, first, second)]
    moments = [mean(_random(multiply(x, y))), mean(_random(power(x, 2))), mean(_random(power(y, 2)))]
    needs([one.left for one in said] == moments and said[0].right == ZERO, "not the moments of the two forms")
    squares = (power(x, 2), power(y, 2))
    return said[1].right, said[2].right, multiply(*squares, inverse(add(*squares)))


@rule("gaussian", "harmonic")
def mean_of_quotient(
    normal: Theorem,
    x: Term,
    y: Term,
    uncorrelated: Theorem,
    first: Theorem,
    second: Theorem,
    scales: tuple[Theorem, Theorem],
) -> Result:
    """`E[x^2 y^2 / (x^2 + y^2)] = (a b / (a + b))^2` for uncorrelated linear forms of variances `a^2` and `b^2`.

    `1/(x^2 + y^2)` is the integral of `e^{-t x^2} e^{-t y^2}` over `t >= 0`, so that the expectation is that of
    `a^2 (1 + 2 a^2 t)^{-3/2} b^2 (1 + 2 b^2 t)^{-3/2}`. `scales` says `0 < a` and `0 < b`.
    """
    one, other, quotient = _linear_forms(normal, x, y, uncorrelated, first, second)
    a, b = (comparison(scale, Kind.LESS).right for scale in scales)
    needs(all(comparison(scale, Kind.LESS).left == ZERO for scale in scales), "the deviations are not shown positive")
    for variance, deviation in ((one, a), (other, b)):
        needs(vanishes(subtract(variance, power(deviation, 2)), Context()), f"{deviation} is no such deviation")
    value = power(multiply(a, b, inverse(add(a, b))), 2)
    return compare(mean(_random(quotient)), Kind.EQUAL, value)
