"""When two terms are equal for all sizes: normal forms of polynomials in finite sums.

A term becomes a sum of monomials: a rational number times atoms with whole exponents, summed over bound indices. An
atom is an entry, a size, a delta, or a term that is not opened (an inverse, a real power, a function's value, a product
over an axis, a derivative, an expectation), with its inside in normal form. What is used: the rules of commutative
rings; sums are linear; `sum_i delta(i, j) t(i) = t(j)` for `j` of the same axis; `sum_i 1` is the size; and what the
`Context` holds, each item of which a theorem has shown. Bound indices are numbered in a way that depends on their roles
alone. Each step keeps the value in every model, so equal normal forms mean equal values; nothing is concluded from
normal forms that differ.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

from theory.errors import StatementError
from theory.language import terms
from theory.language.sealed import Sealed
from theory.language.substitution import abstract, instantiate, transform
from theory.language.terms import (
    ADD,
    APPLY,
    COEFFICIENT,
    DELTA,
    DERIVATIVE,
    END,
    ENTRY,
    FIRST,
    INDEX,
    INVERSE,
    MEAN,
    MULTIPLY,
    NUMBER,
    ONE,
    OUTCOME,
    POWER,
    PRODUCT,
    REAL,
    REAL_POWER,
    SIZE,
    SUM,
    ZERO,
    Axis,
    Letter,
    Term,
    add,
    fresh,
    inverse,
    multiply,
    number,
    power,
)

_LARGEST_POWER = 1000
"""A real power with a larger whole part stays closed: it would be written out factor by factor."""


@dataclass
class Context(metaclass=Sealed):
    """What equalities may use, each item shown by a theorem; quantified indices are blotted.

    Attributes:
        nonzero: terms in normal form, first coefficient 1, that differ from 0.
        positive: such terms that have the sign of the number beside them.
        nonnegative: such terms that are at least 0.
        orthonormal: families of two indices, with the place of the one over which their rows are orthonormal.
    """

    nonzero: set[Term] = field(default_factory=set)
    positive: set[Term] = field(default_factory=set)
    nonnegative: set[Term] = field(default_factory=set)
    orthonormal: dict[Letter, int] = field(default_factory=dict)


def blotted(term: Term, only: tuple[Term, ...] | None = None) -> Term:
    """The term with its indices, or some of them, replaced by ones that stand for any, numbered as they appear.

    What a theorem says of all values of its indices is kept in this form, and is true of every term with this form.
    """
    found: dict[Term, Term] = {}

    def change(part: Term, _: int) -> Term | None:
        if part.head not in (INDEX, FIRST, END) or (only is not None and part not in only):
            return None
        return found.setdefault(part, terms._own(("any", len(found)), part.sort))

    return transform(term, change)


class Monomial(metaclass=Sealed):
    """`coefficient * product(atom ** exponent)`, summed over the bound indices."""

    __slots__ = ("bound", "coefficient", "factors")

    def __init__(self, coefficient: Fraction, factors: Mapping[Term, int], bound: frozenset[Term]) -> None:
        self.coefficient, self.factors, self.bound = coefficient, factors, bound


Key = tuple[Any, ...]
_ALONE = Fraction(1)
_UNIT = Monomial(_ALONE, {}, frozenset())


class Polynomial(metaclass=Sealed):
    """Monomials by a key that is the same for all namings of their bound indices."""

    __slots__ = ("_term", "context", "monomials")

    def __init__(self, monomials: Iterable[Monomial], context: Context) -> None:
        self.context = context
        self.monomials: dict[Key, Monomial] = {}
        self._term: Term | None = None
        for monomial in monomials:
            self.include(monomial)

    def include(self, monomial: Monomial) -> None:
        """Add a monomial."""
        self._term = None
        for simple in _simplified(monomial, self.context):
            key, named = _numbered(simple)
            known = self.monomials.pop(key, None)
            amount = named.coefficient + known.coefficient if known else named.coefficient
            if amount:
                self.monomials[key] = Monomial(amount, named.factors, named.bound)

    def times(self, other: Polynomial) -> Polynomial:
        """The product."""
        pairs = itertools.product(self.monomials.values(), other.monomials.values())
        return Polynomial((_times(a, b) for a, b in pairs), self.context)

    def term(self) -> Term:
        """The term that it is the normal form of: the same for equal normal forms."""
        if self._term is None:
            self._term = add(*(_as_term(monomial) for monomial in self.monomials.values()))
        return self._term

    def lone(self) -> Monomial | None:
        """The only monomial, where there is but one and it is no sum over an axis."""
        found = list(self.monomials.values())
        return found[0] if len(found) == 1 and not found[0].bound else None

    def scaled(self) -> tuple[Fraction, Polynomial]:
        """The first coefficient, and the polynomial divided by it."""
        lead = self.monomials[min(self.monomials)].coefficient
        if lead == 1:
            return lead, self
        rest = Polynomial([], self.context)
        for key, one in self.monomials.items():
            rest.monomials[key] = Monomial(one.coefficient / lead, one.factors, one.bound)
        return lead, rest


def normal_form(term: Term, context: Context) -> Polynomial:
    """The normal form of a term of which no variable is bound outside of it."""
    return Polynomial(_expanded(term, context), context)


def vanishes(term: Term, context: Context) -> bool:
    """Whether a term is 0 in every model in which what the context holds is true.

    Inverses of terms that differ from 0 are multiplied out first.
    """
    current = normal_form(term, context)
    while current.monomials:
        inverses = {
            atom
            for monomial in current.monomials.values()
            for atom in monomial.factors
            if atom.head == INVERSE
            and _known(context.nonzero, atom.arguments[0])
            and not any(_speaks_of(atom, m.bound) for m in current.monomials.values() if atom in m.factors)
        }
        if not inverses:
            return False
        atom = max(inverses, key=lambda one: one.key)
        exponents = [monomial.factors.get(atom, 0) for monomial in current.monomials.values()]
        degree = max(0, *exponents)
        base = normal_form(atom.arguments[0], context)
        powers = [Polynomial([_UNIT], context)]
        for _ in range(degree - min(0, *exponents)):
            powers.append(powers[-1].times(base))
        cleared = Polynomial([], context)
        for monomial in current.monomials.values():
            rest = {a: e for a, e in monomial.factors.items() if a != atom}
            alone = Monomial(monomial.coefficient, rest, monomial.bound)
            for other in powers[degree - monomial.factors.get(atom, 0)].monomials.values():
                cleared.include(_times(alone, other))
        current = cleared
    return True


def series(term: Term, variable: Term, order: int) -> list[Term]:
    """Coefficients of order 0 to `order` in a variable, by the rules of power series.

    The coefficients of a product over an axis, from order 1 on, are left as they are.
    """
    nothing = [ZERO] * order
    if term == variable:
        return [ZERO, ONE, *nothing][: order + 1]
    if variable not in term.free:
        return [term, *nothing]
    if term.head == ADD:
        rows = [series(part, variable, order) for part in term.arguments]
        return [add(*column) for column in zip(*rows, strict=True)]
    if term.head in (MULTIPLY, POWER):
        result = [ONE, *nothing]
        for part in term.arguments if term.head == MULTIPLY else term.arguments * term.data:
            row = series(part, variable, order)
            result = [add(*(multiply(result[i], row[k - i]) for i in range(k + 1))) for k in range(order + 1)]
        return result
    if term.head in (SUM, PRODUCT):
        place = fresh(term.data)
        row = series(instantiate(term.arguments[0], place), variable, order)
        if term.head == SUM:
            return [terms.total(term.data, abstract(part, place)) for part in row]
        within = abstract(term, variable)
        constant = terms.product(term.data, abstract(row[0], place))
        return [constant, *(terms.coefficient(within, k) for k in range(1, order + 1))]
    raise StatementError(f"no rule for the powers of a variable in {terms.plain(term)}")


def _expanded(term: Term, context: Context) -> list[Monomial]:
    """Monomials that add up to a term."""
    head = term.head
    if head == NUMBER:
        return [Monomial(term.data, {}, frozenset())] if term.data else []
    if head == ADD:
        return [monomial for part in term.arguments for monomial in _expanded(part, context)]
    if head == MULTIPLY:
        return _multiplied([_expanded(part, context) for part in term.arguments], context)
    if head == POWER:
        return _multiplied([_expanded(term.arguments[0], context)] * term.data, context)
    if head == SUM:
        variable = fresh(term.data)
        inner = _expanded(instantiate(term.arguments[0], variable), context)
        return [Monomial(m.coefficient, m.factors, m.bound | {variable}) for m in inner]
    if head == INVERSE:
        return _inverted(normal_form(term.arguments[0], context))
    if head == REAL_POWER:
        base, exponent = (normal_form(part, context) for part in term.arguments)
        return _raised(base, exponent)
    if head == PRODUCT:
        return _product_over(term.data, term.arguments[0], context)
    if head == APPLY:
        return _applied(term.data, normal_form(term.arguments[0], context))
    if head == COEFFICIENT:
        variable = fresh(REAL)
        opened = instantiate(term.arguments[0], variable)
        if opened.head == PRODUCT and variable in opened.free:
            place = fresh(opened.data)
            factor = normal_form(instantiate(opened.arguments[0], place), context).term()
            whole = terms.product(opened.data, abstract(factor, place))
            return [_atom(terms.coefficient(abstract(whole, variable), term.data))]
        return _expanded(series(opened, variable, term.data)[term.data], context)
    if head in (MEAN, DERIVATIVE):
        variable = fresh(OUTCOME if head == MEAN else REAL)
        body = abstract(normal_form(instantiate(term.arguments[0], variable), context).term(), variable)
        if head == MEAN:
            return [_atom(terms.mean(body))]
        return [_atom(terms.derivative(body, normal_form(term.arguments[1], context).term()))]
    return [_atom(term)]


def _atom(term: Term, exponent: int = 1) -> Monomial:
    return Monomial(_ALONE, {term: exponent}, frozenset())


def _number(value: Fraction) -> Monomial:
    return Monomial(value, {}, frozenset())


def _inverted(base: Polynomial) -> list[Monomial]:
    """`1 / base`: of a single monomial factor by factor, else with its first coefficient in front."""
    context, lone = base.context, base.lone()
    if not base.monomials:
        return []
    if lone is None:
        lead, rest = base.scaled()
        return [Monomial(1 / lead, {inverse(rest.term()): 1}, frozenset())]
    groups = [[_number(1 / lone.coefficient)]]
    for atom, exponent in lone.factors.items():
        if exponent < 0:
            groups.append([_atom(atom, -exponent)])
        elif atom.head == REAL_POWER:
            inner, other = normal_form(atom.arguments[0], context), terms.negative(atom.arguments[1])
            groups += [_raised(inner, normal_form(other, context))] * exponent
        elif atom.head == INVERSE:
            groups += [_expanded(atom.arguments[0], context)] * exponent
        elif _differs_from_zero(atom, context):
            groups.append([_atom(atom, -exponent)])
        else:
            groups.append([_atom(inverse(atom), exponent)])
    return _multiplied(groups, context)


def _raised(base: Polynomial, exponent: Polynomial) -> list[Monomial]:
    """`base ** exponent`, with the whole part of the exponent taken out where that keeps the value."""
    context = base.context
    below, above = base.term(), exponent.term()
    if below == ONE:
        return [_UNIT]
    constant = exponent.monomials.get(((), ()), _number(Fraction(0))).coefficient
    if not _is(context.positive, base) and not (
        above.head == NUMBER and constant > 0 and _is(context.nonnegative, base)
    ):
        return [_atom(terms.real_power(below, above))]
    whole = floor(constant)
    if abs(whole) > _LARGEST_POWER:
        return [_atom(terms.real_power(below, above))]
    rest = add(above, number(-whole))
    groups = [[_atom(terms.real_power(below, rest))]] if rest != ZERO else []
    step = list(base.monomials.values()) if whole > 0 else _inverted(base)
    return _multiplied([*groups, *[step] * abs(whole)], context)


def _product_over(axis: Axis, body: Term, context: Context) -> list[Monomial]:
    """A product over an axis: of a single monomial factor by factor. No axis is empty, so a product of zeros is 0."""
    place = fresh(axis)
    inner = normal_form(instantiate(body, place), context)
    if not inner.monomials:
        return []
    lone = inner.lone()
    if lone is None:
        return [_atom(terms.product(axis, abstract(inner.term(), place)))]
    factors = {terms.product(axis, abstract(atom, place)): exponent for atom, exponent in lone.factors.items()}
    if lone.coefficient != 1:
        factors[terms.product(axis, number(lone.coefficient))] = 1
    return [Monomial(Fraction(1), factors, frozenset())]


def _applied(function: str, argument: Polynomial) -> list[Monomial]:
    """A function's value; `exp(n t) = exp(t)^n` for whole `n`, and `exp(0) = 1`."""
    if function != "exp":
        return [_atom(terms.apply(function, argument.term()))]
    if not argument.monomials:
        return [_UNIT]
    lead, rest = argument.scaled()
    if lead.denominator == 1:
        return [_atom(terms.apply("exp", rest.term()), int(lead))]
    sign = 1 if lead > 0 else -1
    return [_atom(terms.apply("exp", multiply(number(abs(lead)), rest.term())), sign)]


def _known(found: set[Term], term: Term) -> bool:
    """Whether a term is a known one, or of the form of one that is known for all indices."""
    if not found or term in found:
        return bool(found)
    indices = tuple(terms.indices(term))
    outcomes = tuple(one for one in indices if one.sort == OUTCOME)
    return any(blotted(term, only) in found for only in (outcomes, indices, None))


def _differs_from_zero(atom: Term, context: Context) -> bool:
    """Whether an atom is known to differ from 0."""
    if atom.head == SIZE or (atom.head == APPLY and atom.data == "exp"):
        return True
    if atom.head == PRODUCT:
        place = fresh(atom.data)
        return _differs_from_zero(instantiate(atom.arguments[0], place), context)
    return _known(context.nonzero, atom)


def _is(found: set[Term], polynomial: Polynomial) -> bool:
    """Whether a polynomial has the sign of a positive multiple of a known one, or is a positive number."""
    if not polynomial.monomials:
        return False
    lead, rest = polynomial.scaled()
    term = rest.term()
    if lead < 0:
        return _known(found, normal_form(terms.negative(term), polynomial.context).term())
    return term == ONE or term.head == SIZE or _known(found, term)


def _speaks_of(atom: Term, variables: frozenset[Term]) -> bool:
    return not atom.free.isdisjoint(variables)


def _times(first: Monomial, second: Monomial) -> Monomial:
    """The product; bound indices are renamed where they meet, so that a product of sums is a sum over pairs."""
    if second.bound & first.bound or (second.bound and any(_speaks_of(a, second.bound) for a in first.factors)):
        second = _renamed(second, {variable: fresh(variable.sort) for variable in second.bound})
    factors = dict(first.factors)
    for atom, exponent in second.factors.items():
        factors[atom] = factors.get(atom, 0) + exponent
    one, other = first.coefficient, second.coefficient
    coefficient = one if other is _ALONE else other if one is _ALONE else one * other
    return Monomial(coefficient, factors, first.bound | second.bound)


def _multiplied(groups: list[list[Monomial]], context: Context) -> list[Monomial]:
    """The product of sums of monomials; like terms are collected on the way where there are many."""
    result = [_UNIT]
    for group in groups:
        result = [_times(a, b) for a in result for b in group]
        if len(result) > 8:
            result = list(Polynomial(result, context).monomials.values())
    return result


def _renamed(monomial: Monomial, names: Mapping[Term, Term]) -> Monomial:
    factors: dict[Term, int] = {}
    for atom, exponent in monomial.factors.items():
        renamed = _with_names(atom, names)
        factors[renamed] = factors.get(renamed, 0) + exponent
    return Monomial(monomial.coefficient, factors, frozenset(names.get(one, one) for one in monomial.bound))


def _with_names(atom: Term, names: Mapping[Term, Term]) -> Term:
    def change(part: Term, _: int) -> Term | None:
        return part if part.free.isdisjoint(names) else names.get(part)

    return change(atom, 0) or transform(atom, change)


def _simplified(monomial: Monomial, context: Context) -> list[Monomial]:
    """Apply deltas, orthonormality, powers and sums of ones until none applies; a power can split a monomial."""
    current = Monomial(monomial.coefficient, {a: e for a, e in monomial.factors.items() if e}, monomial.bound)
    while True:
        following = _without_delta(current) or _contracted(current, context)
        if following is None:
            break
        current = following
    split = _joined_powers(current, context)
    if split is not None:
        return [simple for piece in split for simple in _simplified(piece, context)]
    spoken = frozenset[Term]().union(*(atom.free for atom in current.factors))
    factors = dict(current.factors)
    for variable in current.bound - spoken:
        assert isinstance(variable.sort, Axis)
        count = terms.size(variable.sort)
        factors[count] = factors.get(count, 0) + 1
    return [Monomial(current.coefficient, {a: e for a, e in factors.items() if e}, current.bound & spoken)]


def _without_delta(monomial: Monomial) -> Monomial | None:
    for atom, exponent in monomial.factors.items():
        if atom.head != DELTA:
            continue
        rest = Monomial(monomial.coefficient, {a: e for a, e in monomial.factors.items() if a != atom}, monomial.bound)
        left, right = atom.arguments
        if left == right:
            return rest
        for variable, value in ((left, right), (right, left)):
            if variable in monomial.bound:
                kept = Monomial(rest.coefficient, rest.factors, rest.bound - {variable})
                return _renamed(kept, {variable: value})
        if exponent > 1:
            return Monomial(rest.coefficient, {**rest.factors, atom: 1}, rest.bound)
        # Neither is summed: the other factors speak of one of the two only, so that the form is the same either way.
        kept_index, other = (right, left) if right.head in (FIRST, END) else (left, right)
        if any(_speaks_of(a, frozenset({other})) for a in rest.factors):
            replaced = _renamed(rest, {other: kept_index})
            factors = {**replaced.factors, atom: replaced.factors.get(atom, 0) + 1}
            return Monomial(replaced.coefficient, factors, monomial.bound)
    return None


def _contracted(monomial: Monomial, context: Context) -> Monomial | None:
    """`sum_k w(i, k) w(j, k)` is a delta, where nothing else speaks of `k`."""
    for letter, place in context.orthonormal.items():
        entries = [a for a in monomial.factors if a.head == ENTRY and a.data == letter]
        for summed in {a.arguments[place] for a in entries} & monomial.bound:
            carriers = {a: e for a, e in monomial.factors.items() if _speaks_of(a, frozenset({summed}))}
            if sum(carriers.values()) != 2 or any(e < 1 for e in carriers.values()):
                continue
            if any(a.head != ENTRY or a.data != letter or a.arguments[place] != summed for a in carriers):
                continue
            rows = [a.arguments[1 - place] for a, e in carriers.items() for _ in range(e)]
            if summed in rows:
                continue
            factors = {a: e for a, e in monomial.factors.items() if a not in carriers}
            same = terms.delta(*rows)
            factors[same] = factors.get(same, 0) + 1
            return Monomial(monomial.coefficient, factors, monomial.bound - {summed})
    return None


def _joined_powers(monomial: Monomial, context: Context) -> list[Monomial] | None:
    """Real powers of one positive base become one power, without its whole part."""
    by_base: dict[Term, list[Term]] = {}
    for atom, exponent in monomial.factors.items():
        if atom.head == REAL_POWER:
            by_base.setdefault(atom.arguments[0], []).extend([atom] * exponent)
    for base, atoms in by_base.items():
        if len(atoms) == 1:
            continue
        form = normal_form(base, context)
        exponents = [atom.arguments[1] for atom in atoms]
        small = all(one.head == NUMBER and one.data > 0 for one in exponents)
        if not (_is(context.positive, form) or (small and _is(context.nonnegative, form))):
            continue
        rest = {a: e for a, e in monomial.factors.items() if a not in atoms}
        alone = Monomial(monomial.coefficient, rest, monomial.bound)
        joint = _raised(form, normal_form(add(*exponents), context))
        return [_times(alone, piece) for piece in joint]
    return None


def _numbered(monomial: Monomial) -> tuple[Key, Monomial]:
    """A key that is the same for all names of the bound indices, and for no two different monomials.

    Bound indices that no chain of factors links belong to sums that multiply: each such sum has a key of its own.
    """
    outside = {a: e for a, e in monomial.factors.items() if not _speaks_of(a, monomial.bound)}
    parts = sorted((_component(monomial, group) for group in _linked(monomial)), key=lambda part: part[0])
    if not parts:
        return (_written(outside), ()), monomial
    key = (_written(outside), tuple(part[0] for part in parts))
    order = [one.data[1] for _, _, variables in parts for one in variables]
    if order == sorted(order):
        return key, monomial
    factors, bound = dict(outside), set[Term]()
    for _, mine, variables in parts:
        names = {one: fresh(one.sort) for one in variables}  # in the order of their numbers, and captured by nothing
        bound |= set(names.values())
        for atom, exponent in mine.items():
            renamed = _with_names(atom, names)
            factors[renamed] = factors.get(renamed, 0) + exponent
    return key, Monomial(monomial.coefficient, factors, frozenset(bound))


def _written(factors: Mapping[Term, int]) -> Key:
    return tuple(sorted((atom.key, exponent) for atom, exponent in factors.items()))


def _linked(monomial: Monomial) -> list[frozenset[Term]]:
    """Bound indices, grouped by whether a chain of factors links them."""
    groups = [frozenset({variable}) for variable in monomial.bound]
    for atom in monomial.factors:
        touched = [group for group in groups if _speaks_of(atom, group)]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched] + [frozenset[Term]().union(*touched)]
    return groups


def _component(monomial: Monomial, group: frozenset[Term]) -> tuple[Key, dict[Term, int], list[Term]]:
    """Least writing of one sum over all namings of its indices that their roles do not tell apart.

    Gives that writing, the factors and the indices in the order of their numbers.
    """
    factors = {a: e for a, e in monomial.factors.items() if _speaks_of(a, group)}
    writers = [(_writer(atom, group), exponent) for atom, exponent in factors.items()]
    if len(group) == 1:  # nothing is to be told apart
        (lone,) = group
        return (tuple(sorted([(write({lone: 0}), e) for write, e in writers])), (str(lone.sort),)), factors, [lone]
    of = {one: [w for w, atom in zip(writers, factors, strict=True) if one in atom.free] for one in group}

    def coloured(colours: Mapping[Term, int], marked: Term | None) -> Key:
        if marked is not None:
            colours = {**colours, marked: -1}
        return tuple(sorted([(write(colours), e) for write, e in (writers if marked is None else of[marked])]))

    key, order = _least_writing(coloured, dict.fromkeys(group, 0))
    return key, factors, order


Coloured = Callable[[Mapping[Term, int], Term | None], Key]
"""Writes a sum with the colours of its indices in their place, or the factors of one of them, which is marked."""


def _least_writing(coloured: Coloured, colours: Mapping[Term, int]) -> tuple[Key, list[Term]]:
    """The least writing over all orders of the indices that keep that of their colours, and that order."""
    colours = _refined(coloured, colours)
    counts: dict[int, list[Term]] = {}
    for one, colour in colours.items():
        counts.setdefault(colour, []).append(one)
    tied = next((counts[colour] for colour in sorted(counts) if len(counts[colour]) > 1), None)
    if tied is None:
        order = sorted(colours, key=lambda one: colours[one])
        return (coloured(colours, None), tuple(str(one.sort) for one in order)), order
    # Give each of the tied indices a role of its own in turn; the least outcome does not depend on the order.
    found = (_least_writing(coloured, {**colours, chosen: -1}) for chosen in tied)
    return min(found, key=lambda one: one[0])


def _refined(coloured: Coloured, colours: Mapping[Term, int]) -> Mapping[Term, int]:
    """Colours that tell apart what has another role, until no more are told apart, or all are."""
    while True:
        roles = {one: (colour, str(one.sort), coloured(colours, one)) for one, colour in colours.items()}
        ranks = {role: rank for rank, role in enumerate(sorted(set(roles.values())))}
        known = len(set(colours.values()))
        colours = {one: ranks[role] for one, role in roles.items()}
        if len(ranks) in (known, len(roles)):
            return colours


def _writer(atom: Term, group: frozenset[Term]) -> Callable[[Mapping[Term, int]], Key]:
    """What writes an atom, with the colours of a group's indices in their place."""
    if atom.head in (ENTRY, DELTA):
        label = atom.data.key if atom.head == ENTRY else (str(atom.arguments[0].sort),)
        places = [(one, ()) if one in group else (None, (1, one.key)) for one in atom.arguments]

        def write(colours: Mapping[Term, int]) -> Key:
            shown = [other if one is None else (0, colours[one]) for one, other in places]
            return (0, label, tuple(shown)) if atom.head == ENTRY else (1, label, sorted(shown))

        return write
    spoken = atom.free & group

    def write_inside(colours: Mapping[Term, int]) -> Key:
        return (2, (), _with_names(atom, {one: terms._own(("role", colours[one]), one.sort) for one in spoken}).key)

    return write_inside


def _as_term(monomial: Monomial) -> Term:
    """The monomial as a term; its bound indices stand in the order of their numbers."""
    body = multiply(
        number(monomial.coefficient),
        *(power(a, e) if e > 0 else power(inverse(a), -e) for a, e in monomial.factors.items()),
    )
    for variable in sorted(monomial.bound, key=lambda one: one.data[1]):
        assert isinstance(variable.sort, Axis)
        body = terms.total(variable.sort, abstract(body, variable))
    return body
