"""Normal forms as polynomials in generators: what stands in a sum is one generator, as a whole.

This is where multipliers are looked for. What is found is shown by the rules, which know nothing of generators.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from proofs_check.rules.normal_form import Context, Monomial, _as_term, _linked, normal_form
from theory.language import terms
from theory.language.terms import Term

Powers = tuple[tuple[int, int], ...]
"""Generators with their exponents, in order; an exponent can be negative."""
Sparse = dict[Powers, Fraction]


def times(first: Powers, second: Powers, sign: int = 1) -> Powers:
    """The product of two monomials, or their quotient."""
    found = dict(first)
    for generator, exponent in second:
        found[generator] = found.get(generator, 0) + sign * exponent
    return tuple(sorted((generator, exponent) for generator, exponent in found.items() if exponent))


def multiplied(polynomial: Sparse, by: Powers) -> Sparse:
    """A polynomial times a monomial."""
    return {times(powers, by): coefficient for powers, coefficient in polynomial.items()}


def combined(parts: Iterable[tuple[Fraction, Sparse]]) -> Sparse:
    """A sum with numbers in front."""
    total: Sparse = {}
    for factor, part in parts:
        for powers, coefficient in part.items():
            total[powers] = total.get(powers, Fraction(0)) + factor * coefficient
    return {powers: coefficient for powers, coefficient in total.items() if coefficient}


@dataclass
class Ring:
    """Generators, numbered as they come.

    Attributes:
        context: what normal forms may use.
        generators: terms without free sums over them.
    """

    context: Context
    generators: list[Term] = field(default_factory=list)
    _numbers: dict[Term, int] = field(default_factory=dict)
    _known: dict[Term, Sparse] = field(default_factory=dict)

    def number(self, term: Term) -> int:
        """The number of a generator."""
        if term not in self._numbers:
            self._numbers[term] = len(self.generators)
            self.generators.append(term)
        return self._numbers[term]

    def sparse(self, term: Term) -> Sparse:
        """A term as a polynomial."""
        if term not in self._known:
            found: Sparse = {}
            for monomial in normal_form(term, self.context).monomials.values():
                powers = self._powers(monomial)
                found[powers] = found.get(powers, Fraction(0)) + monomial.coefficient
            self._known[term] = found
        return self._known[term]

    def _powers(self, monomial: Monomial) -> Powers:
        found: Powers = ()
        groups = _linked(monomial)
        for atom, exponent in monomial.factors.items():
            if not any(part in monomial.bound for part in terms.parts(atom)):
                found = times(found, ((self.number(atom), exponent),))
        for group in groups:
            inner = {a: e for a, e in monomial.factors.items() if any(part in group for part in terms.parts(a))}
            summed = _as_term(Monomial(Fraction(1), inner, frozenset(group)))
            found = times(found, ((self.number(summed), 1),))
        return found

    def monomial(self, powers: Powers, coefficient: Fraction = Fraction(1)) -> Term:
        """A monomial as a term."""
        factors = []
        for number, exponent in powers:
            base = self.generators[number]
            factors.append(terms.power(base if exponent > 0 else terms.inverse(base), abs(exponent)))
        return terms.multiply(terms.number(coefficient), *factors)

    def term(self, polynomial: Sparse) -> Term:
        """A polynomial as a term."""
        return terms.add(*(self.monomial(powers, coefficient) for powers, coefficient in polynomial.items()))

    def quotient(self, dividend: Sparse, divisor: Sparse) -> Sparse | None:
        """What the divisor is multiplied with to give the dividend, where that is a polynomial times a monomial."""
        if not divisor:
            return None
        spoken = sorted({number for part in (dividend, divisor) for powers in part for number, _ in powers})
        place = {number: k for k, number in enumerate(spoken)}
        context = fmpq_mpoly_ctx.get(tuple(f"x{k}" for k in range(max(1, len(spoken)))), Ordering.lex)
        (top, up), (bottom, down) = (_cleared(part, place) for part in (dividend, divisor))
        ratio, rest = divmod(context.from_dict(top), context.from_dict(bottom))
        if rest:
            return None
        shift = tuple((spoken[k], up[k] - down[k]) for k in range(len(spoken)) if up[k] != down[k])
        found: Sparse = {}
        for powers, coefficient in zip(ratio.monoms(), ratio.coeffs(), strict=True):
            mine = tuple((spoken[k], int(power)) for k, power in enumerate(powers) if k < len(spoken) and power)
            found[times(mine, shift)] = fraction(coefficient)
        return found


def fraction(value: fmpq) -> Fraction:
    """The same rational number."""
    return Fraction(int(value.p), int(value.q))


def _cleared(polynomial: Sparse, place: dict[int, int]) -> tuple[dict[Any, Any], list[int]]:
    """Without negative exponents, and the least exponent of each generator, which was taken out."""
    count = max(1, len(place))
    rows = []
    for powers, coefficient in polynomial.items():
        row = [0] * count
        for number, exponent in powers:
            row[place[number]] = exponent
        rows.append((row, coefficient))
    least = [min((row[k] for row, _ in rows), default=0) for k in range(count)]
    shifted = {
        tuple(row[k] - least[k] for k in range(count)): fmpq(coefficient.numerator, coefficient.denominator)
        for row, coefficient in rows
    }
    return shifted, least
