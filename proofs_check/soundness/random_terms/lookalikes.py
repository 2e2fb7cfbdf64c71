"""Groups of terms that look alike: some are equal, some only at size 1, or without zeros, or by mistake."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial

from flint import fmpq

from proofs_check.soundness.random_terms.vocabulary import FIXED, INDICES, A, B, axes_of
from proofs_check.soundness.random_terms.world import World, rational
from proofs_check.soundness.semantics.arithmetic import apart
from proofs_check.soundness.semantics.value import free_indices
from theory.language import terms
from theory.language.substitution import instantiate, shift
from theory.language.terms import (
    ONE,
    REAL,
    ZERO,
    Letter,
    Term,
    add,
    bound,
    delta,
    entry,
    inverse,
    mean,
    multiply,
    negative,
    power,
    total,
)

X, Y, Z, A_, B_, C_, D_, E_ = FIXED
I_, J_ = INDICES[A]
(K_,) = INDICES[B]
Group = Callable[[World], list[Term]]


def two_lookalikes(w: World) -> tuple[Term, Term]:
    """Two terms of one group, times the same factor now and then."""
    left, right = w.random.sample(w.random.choice(GROUPS)(w), 2)
    if w.odds(0.3):
        other = w.leaf()
        left, right = multiply(left, other), multiply(right, other)
    return left, right


def unequal_pairs(w: World, group: list[Term], places: int = 6) -> list[tuple[Term, Term]]:
    """Pairs of terms that differ in the model at some values of their indices: no rule may call them equal."""
    cases = list(w.model.assignments(free_indices(*group)))
    some = w.random.sample(cases, min(places, len(cases)))
    known = [(term, values) for term in group if (values := w.values_at(term, some))]
    return [
        (left, right)
        for (left, here), (right, there) in itertools.combinations(known, 2)
        if any(map(apart, here, there))
    ]


def _sums(w: World) -> list[Term]:
    """Products of sums, and sums of products."""
    a, b = (w.choice(entry(A_, bound(0, A)), entry(B_, bound(0, A)), entry(E_, bound(0, A), I_)) for _ in range(2))
    one, other = total(A, a), total(A, b)
    return [
        multiply(one, other),
        total(A, multiply(a, b)),
        multiply(one, one),
        power(one, 2),
        total(A, power(a, 2)),
        total(A, total(A, multiply(a, shift(b, 1)))),
        total(A, total(A, multiply(instantiate(a, bound(1, A)), b))) if not terms.indices(a) else power(one, 2),
    ]


def _ones(w: World) -> list[Term]:
    x, axis = w.leaf(), w.choice(A, B)
    return [
        total(A, x),
        total(B, x),
        x,
        multiply(terms.size(axis), x),
        total(A, total(B, x)),
        multiply(terms.size(A), terms.size(B), x),
    ]


def _deltas(w: World) -> list[Term]:
    here = delta(bound(0, A), I_)
    a = entry(A_, bound(0, A))
    return [
        total(A, multiply(here, a)),
        total(A, multiply(power(here, 2), a)),
        total(A, multiply(here, entry(A_, J_))),
        entry(A_, I_),
        entry(A_, J_),
        entry(A_, terms.first(A)),
        multiply(delta(I_, J_), entry(A_, I_)),
        multiply(delta(I_, J_), entry(A_, J_)),
        multiply(power(delta(I_, J_), 2), entry(A_, J_)),
        multiply(delta(I_, J_), delta(J_, terms.first(A)), entry(A_, J_)),
        multiply(delta(I_, J_), delta(I_, terms.first(A)), entry(A_, terms.first(A))),
        total(A, multiply(here, delta(bound(0, A), J_), a)),
        total(A, multiply(delta(I_, J_), a)),
    ]


def _roles(w: World) -> list[Term]:
    """Sums and entries that differ by which index stands where."""
    if w.odds(0.4):
        i, j, e = bound(1, A), bound(0, A), partial(entry, E_)
        bodies = [
            multiply(e(i, j), e(i, j)),
            multiply(e(i, j), e(j, i)),
            multiply(e(i, i), e(j, j)),
            multiply(e(i, j), entry(A_, i)),
            multiply(e(j, i), entry(A_, i)),
            multiply(e(j, i), entry(A_, j)),
            multiply(e(i, j), entry(A_, i), entry(B_, j)),
            multiply(e(i, j), entry(B_, i), entry(A_, j)),
            multiply(e(i, i), entry(A_, j)),
        ]
        return [total(A, total(A, body)) for body in bodies]
    if w.odds(0.3):
        k = bound(0, A)
        bodies = [
            multiply(entry(E_, *pair), entry(E_, *other))
            for pair in ((I_, k), (k, I_))
            for other in ((J_, k), (k, J_), (k, I_))
        ]
        return [total(A, body) for body in bodies]
    return [
        multiply(entry(A_, I_), entry(B_, J_)),
        multiply(entry(A_, J_), entry(B_, I_)),
        multiply(entry(A_, I_), entry(B_, I_)),
        entry(A_, I_),
        entry(A_, J_),
        entry(E_, I_, J_),
        entry(E_, J_, I_),
        entry(E_, I_, I_),
        entry(A_, terms.first(A)),
        power(entry(A_, I_), 2),
        multiply(entry(A_, I_), entry(A_, J_)),
    ]


def _chains(w: World) -> list[Term]:
    """Longer chains of sums, closed to a ring or not."""
    i, j, k = bound(2, A), bound(1, A), bound(0, A)
    pairs = (
        [(i, j), (j, k), (k, i)],
        [(i, j), (k, j), (k, i)],
        [(i, j), (j, k), (i, k)],
        [(i, j), (i, k), (j, j)],
        [(j, i), (k, j), (i, k)],
    )
    return [total(A, total(A, total(A, multiply(*(entry(E_, *pair) for pair in ring))))) for ring in pairs]


def _axes(w: World) -> list[Term]:
    """Sums over one axis and over another."""
    u = entry(D_, bound(1, A), bound(0, B))
    v = entry(D_, bound(0, A), bound(1, B))
    return [
        total(A, total(B, u)),
        total(B, total(A, v)),
        total(A, total(B, power(u, 2))),
        multiply(terms.size(B), total(A, entry(A_, bound(0, A)))),
        total(B, total(A, entry(A_, bound(0, A)))),
        total(A, entry(A_, bound(0, A))),
        multiply(terms.size(A), total(A, entry(A_, bound(0, A)))),
        total(A, entry(D_, bound(0, A), K_)),
        total(B, entry(C_, bound(0, B))),
    ]


def _inverses(w: World) -> list[Term]:
    u, v = w.leaf(), w.leaf()
    return [
        inverse(add(u, v)),
        add(inverse(u), inverse(v)),
        inverse(add(u, u, v, v)),
        multiply(terms.number(2), inverse(add(u, v))),
        multiply(terms.number(2), inverse(add(u, u, v, v))),
        add(u, v),
        multiply(rational(fmpq(1, 2)), inverse(add(u, u, v, v))),
        multiply(add(u, v), inverse(add(u, v))),
        ONE,
        inverse(multiply(u, v)),
        multiply(inverse(u), inverse(v)),
        multiply(v, inverse(multiply(u, v))),
        inverse(u),
        multiply(u, inverse(power(u, 2))),
        inverse(inverse(u)),
        u,
        multiply(power(u, 2), inverse(u)),
    ]


def rows_of(w: World, letter: Letter) -> list[Term]:
    """Sums over products of a family's entries, which orthonormal rows make simple, or not."""
    rows, columns = axes_of(letter)
    i, j, m, n = w.index(rows), w.index(rows), w.index(columns), w.index(columns)
    k = bound(0, columns)
    here, there = entry(letter, i, k), entry(letter, j, k)
    weight, other = entry(A_ if columns == A else C_, k), entry(Letter("o", letter.sorts), j, k)
    group = [
        total(columns, multiply(here, there)),
        total(columns, power(here, 2)),
        total(columns, multiply(here, there, there)),
        total(columns, multiply(here, there, here, there)),
        total(columns, multiply(here, there, weight)),
        total(columns, weight),
        total(columns, multiply(here, other)),
        total(columns, multiply(here, there, delta(k, m))),
        total(rows, multiply(entry(letter, bound(0, rows), m), entry(letter, bound(0, rows), m))),
        total(rows, multiply(entry(letter, bound(0, rows), m), entry(letter, bound(0, rows), n))),
        delta(m, n),
        total(columns, multiply(here, there, terms.inverse(here))),
        delta(i, j),
        ONE,
        multiply(delta(i, j), entry(letter, i, m)),
        multiply(entry(letter, i, m), entry(letter, j, m)),
        multiply(delta(i, j), total(columns, weight)),
        total(columns, here),
        ZERO,
    ]
    if rows == columns:
        diagonal, turned = entry(letter, k, k), entry(letter, k, j)
        group += [
            total(A, multiply(diagonal, entry(letter, j, k))),
            total(A, power(diagonal, 2)),
            total(A, multiply(here, turned)),
            total(A, multiply(entry(letter, k, i), turned)),
            terms.size(A),
            total(A, delta(k, j)),
        ]
    return group


def powers_of(w: World, base: Term) -> list[Term]:
    """Powers of one base, which need its sign to be equal."""
    group: list[Term] = w.choice(_unknown_powers, _joined_powers, _powers_near_one)(w, base)
    return group


def all_powers_of(w: World, base: Term) -> list[Term]:
    """The same of each kind, in one group."""
    return [*_unknown_powers(w, base), *_joined_powers(w, base), *_powers_near_one(w, base)]


def _unknown_powers(w: World, base: Term) -> list[Term]:
    """With an exponent that is not known to be a number."""
    if w.odds(0.5):
        w.model.letters[Y] = fmpq(-1)
    y = entry(Y)
    raised = partial(terms.real_power, base)
    return [
        raised(y),
        raised(add(y, ONE)),
        multiply(base, raised(y)),
        multiply(raised(y), raised(negative(y))),
        ONE,
        multiply(raised(add(y, ONE)), inverse(base)),
        inverse(raised(y)),
        raised(negative(y)),
    ]


def _exponent(w: World) -> Term:
    return rational(w.choice(fmpq(1, 2), fmpq(-1, 2), fmpq(1, 3), fmpq(3, 2), fmpq(1), fmpq(-1)))


def _joined_powers(w: World, base: Term) -> list[Term]:
    p = _exponent(w)
    q = w.choice(rational(w.choice(fmpq(1, 2), fmpq(1), fmpq(2), fmpq(-1, 2))), negative(p))
    raised = partial(terms.real_power, base)
    return [
        multiply(raised(p), raised(q)),
        raised(add(p, q)),
        raised(p),
        power(raised(p), 2),
        raised(add(p, p)),
        inverse(raised(p)),
        raised(negative(p)),
        raised(ZERO),
        ONE,
    ]


def _powers_near_one(w: World, base: Term) -> list[Term]:
    p = _exponent(w)
    raised = partial(terms.real_power, base)
    return [
        multiply(base, raised(add(p, terms.number(-1)))),
        raised(p),
        base,
        raised(ONE),
        power(raised(rational(fmpq(1, 2))), 2),
        multiply(raised(add(p, ONE)), inverse(base)),
        multiply(base, inverse(base)),
        ONE,
        multiply(base, base, inverse(base)),
        raised(ZERO),
    ]


def _powers(w: World) -> list[Term]:
    return powers_of(
        w, w.choice(w.leaf(), power(w.leaf(), 2), terms.real_power(w.leaf(), rational(fmpq(1, 2))), w.term(1))
    )


def _products(w: World) -> list[Term]:
    c, a, b = w.choice(w.leaf(), terms.number(2), terms.number(-1)), entry(A_, bound(0, A)), entry(B_, bound(0, A))
    inside = shift(c, 1)
    return [
        terms.product(A, multiply(inside, a)),
        multiply(c, terms.product(A, a)),
        multiply(terms.product(A, inside), terms.product(A, a)),
        multiply(power(c, 2), terms.product(A, a)),
        terms.product(A, multiply(a, b)),
        multiply(terms.product(A, a), terms.product(A, b)),
        terms.product(A, add(a, b)),
        add(terms.product(A, a), terms.product(A, b)),
        terms.product(A, inside),
        terms.product(B, inside),
        c,
        inverse(terms.product(A, inverse(a))),
        terms.product(A, a),
        terms.product(A, power(a, 2)),
        power(terms.product(A, a), 2),
    ]


def _exponentials(w: World) -> list[Term]:
    u, v = w.choice(entry(X), entry(Y), w.leaf()), entry(Z)
    exp, two = partial(terms.apply, "exp"), terms.number(2)
    return [
        exp(multiply(two, u)),
        power(exp(u), 2),
        exp(u),
        exp(negative(u)),
        inverse(exp(u)),
        multiply(exp(u), exp(v)),
        exp(add(u, v)),
        exp(ZERO),
        ONE,
        multiply(two, exp(u)),
        terms.apply("log", exp(u)),
        u,
    ]


def _coefficients(w: World) -> list[Term]:
    t = bound(0, REAL)
    u, v, y, z = (shift(w.leaf(), 1) for _ in range(4))
    line, other = add(u, multiply(t, v)), add(y, multiply(t, z))
    body = w.choice(multiply(line, other), power(line, 2), power(line, 3), add(line, multiply(t, other)))
    rest = [terms.coefficient(body, order) for order in range(4)]
    opened = [
        instantiate(part, ZERO) for part in (multiply(u, y), add(multiply(u, z), multiply(v, y)), multiply(v, z), v, u)
    ]
    row = add(ONE, multiply(bound(1, REAL), entry(A_, bound(0, A))))
    rest += [terms.coefficient(terms.product(A, row), order) for order in (0, 1, 2)]
    return [*rest, *opened, ONE, total(A, entry(A_, bound(0, A))), ZERO]


def _random(w: World) -> list[Term]:
    """Expectations, and what is under them."""
    r, s = (entry(Letter(name, (terms.OUTCOME,)), bound(0, terms.OUTCOME)) for name in ("r", "s"))
    x = w.fixed(0)
    return [
        mean(multiply(x, r)),
        multiply(x, mean(r)),
        mean(multiply(r, s)),
        multiply(mean(r), mean(s)),
        mean(power(r, 2)),
        power(mean(r), 2),
        mean(r),
        mean(add(r, s)),
        add(mean(r), mean(s)),
        mean(add(s, r)),
        mean(x),
        x,
        mean(multiply(r, inverse(r))),
        ONE,
    ]


GROUPS: tuple[Group, ...] = (
    _sums,
    _ones,
    _deltas,
    _roles,
    _roles,
    _chains,
    _axes,
    _inverses,
    _powers,
    _powers,
    _products,
    _exponentials,
    _coefficients,
    _random,
)
