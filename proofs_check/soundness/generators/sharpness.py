"""Random instances of the rules for the top eigenvalue of a Hessian."""

from __future__ import annotations

from typing import Any

from flint import fmpq, fmpq_mat

from proofs_check.soundness.generators.calculus import weight
from proofs_check.soundness.generators.registry import generator
from proofs_check.soundness.random_terms.random_models import random_number
from proofs_check.soundness.random_terms.vocabulary import FIXED, A
from proofs_check.soundness.random_terms.world import World, rational
from proofs_check.soundness.semantics.hessian import Loss, least_pivot
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind, closed, compare
from theory.language.substitution import Family, plain_family
from theory.language.terms import Letter, Term, add, bound, entry, multiply, number, power

S, U, V, P, Q = Letter("S"), Letter("u"), Letter("v"), Letter("p", (A,)), Letter("U")
H, K = Letter("h"), Letter("k")
HALF = rational(fmpq(1, 2))


def _loss(w: World, *, alike: bool = False) -> tuple[Term, tuple[Any, ...], tuple[Term, ...]]:
    """A loss, the sorts of its weights, and the weights at a point.

    Args:
        w: what is drawn from.
        alike: whether a loss of a family is the same in all its entries.
    """
    u, v = entry(weight(0)), entry(weight(1))
    if w.odds(0.75 if alike else 0.6):
        x, y = (w.choice(rational(random_number(w.random)), entry(FIXED[0]), entry(FIXED[1])) for _ in range(2))
        loss = w.choice(
            multiply(HALF, add(multiply(x, power(u, 2)), multiply(y, power(v, 2)))),
            multiply(HALF, power(add(multiply(x, u), multiply(y, v)), 2)),
            multiply(HALF, power(terms.subtract(multiply(u, v), multiply(entry(U), entry(V))), 2)),
            add(power(u, 3), multiply(x, power(v, 2)), multiply(y, u)),
            multiply(x, u, v),
        )
        return loss, ((), ()), (entry(U), entry(V))
    family = entry(weight(0, A), bound(0, A))
    scalar = entry(weight(1))
    a = entry(FIXED[3], bound(0, A))
    loss = multiply(HALF, entry(FIXED[0]), add(terms.total(A, power(family, 2)), power(scalar, 2)))
    if not alike:
        loss = w.choice(
            loss,
            multiply(HALF, entry(FIXED[0]), terms.total(A, power(family, 2))),
            multiply(HALF, power(terms.total(A, multiply(a, family)), 2)),
            multiply(HALF, terms.total(A, multiply(a, power(family, 2)))),
            add(multiply(HALF, power(terms.total(A, family), 2)), power(scalar, 2)),
        )
    return loss, ((A,), ()), (entry(P, bound(0, A)), entry(V))


def sharpness(w: World, *, alike: bool = False) -> tuple[Any, Formula]:
    """A theorem that S is the top eigenvalue of a loss, in a model where it is, if it is rational there."""
    loss, sorts, point = _loss(w, alike=alike)
    formula = Formula(Kind.TOP_EIGENVALUE, (), (entry(S), loss, *point), sorts)
    function = Loss(loss, sorts, w.model, {}, ())
    rows = function.hessian(function.point(point))
    value = top(rows)
    if value is not None and w.odds(0.97):
        w.model.letters[S] = value
    return w.rules["assume"](formula), formula


def top(rows: list[list[fmpq]]) -> fmpq | None:
    """The top eigenvalue of a symmetric matrix, where it is rational."""
    _, factors = fmpq_mat(rows).charpoly().factor()
    linear = [-factor[0] / factor[1] for factor, _ in factors if factor.degree() == 1]
    for value in sorted(linear, reverse=True):
        shifted = [[(value if i == j else 0) - one for j, one in enumerate(row)] for i, row in enumerate(rows)]
        if least_pivot(shifted) == 0:
            return value
    return None


@generator
def rayleigh_quotient(w: World) -> Any:
    w.chance = False
    theorem, formula = sharpness(w)
    direction = tuple(Family(sorts, w.term(1, sorts)) for sorts in formula.data)
    if w.odds(0.05):
        direction = direction[:1]
    return w.rules["rayleigh_quotient"](theorem, direction)


@generator
def least_upper_bound(w: World) -> Any:
    w.chance = False
    theorem, formula = sharpness(w, alike=True)
    module = w.module_of("least_upper_bound")
    scalar = (H, K) if w.odds(0.8) else (H, H)
    letters = scalar if formula.data == ((), ()) else (Letter("h", (A,)), K)
    direction = tuple(plain_family(letter) for letter in letters)
    form, norm = module.quadratic_form(formula, direction), module.squared_norm(direction)
    most = _most(w, formula)
    if w.odds(0.1):
        most = add(most, entry(H)) if formula.data == ((), ()) else multiply(most, entry(K))
    right = multiply(most, norm)
    if w.odds(0.05):
        right = multiply(most, power(norm, 2))
    elif w.odds(0.1):
        right = multiply(number(2), right)
        if most == entry(Q):  # where S is the twice of it
            w.model.letters[Q] = w.model.letters[S] / 2
    elif w.odds(0.1):
        form = multiply(HALF, form)
    said = compare(form, Kind.AT_MOST, right)
    places = [entry(letter) for letter in dict.fromkeys(letters) if not letter.sorts]
    if formula.data == ((), ()) and w.odds(0.8):
        bound_ = w.rules["at"](w.rules["assume"](closed(said, *places)), *places)
    else:
        try:
            bound_ = w.rules["weakened"](w.rules["identity"](form, right), Kind.AT_MOST)
        except StatementError:
            bound_ = w.fact(form, Kind.AT_MOST, right)
    return w.rules["least_upper_bound"](theorem, bound_, letters, most)


def _most(w: World, formula: Formula) -> Term:
    if formula.data != ((), ()) and w.odds(0.9):
        return entry(FIXED[0])
    if w.odds(0.5):
        return entry(S)
    top_ = w.model.letters[S]
    w.model.letters[Q] = w.choice(top_, top_, top_ + 1, top_ - 1, top_ / 2, top_ / 2)
    return entry(Q)
