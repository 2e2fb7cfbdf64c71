"""Random instances of the rules of order."""

from __future__ import annotations

from typing import Any

from proofs_check.soundness.generators.registry import arguments, generator
from proofs_check.soundness.random_terms.equal_terms import equal
from proofs_check.soundness.random_terms.random_models import random_number
from proofs_check.soundness.random_terms.vocabulary import AXES
from proofs_check.soundness.random_terms.world import World, rational
from proofs_check.soundness.semantics.judge import SIGNS
from theory.language import terms
from theory.language.formulas import Kind
from theory.language.terms import ZERO, Term

EQUAL, AT_MOST, LESS, DIFFERENT = Kind.EQUAL, Kind.AT_MOST, Kind.LESS, Kind.DIFFERENT
KINDS = (EQUAL, AT_MOST, LESS, DIFFERENT)


def any_premise(w: World, kinds: tuple[Kind, ...] = KINDS) -> Any:
    """A comparison of one of some kinds, with 0 on the left more often than not."""
    return w.signed(kinds=kinds) if w.odds(0.6) else w.ordered(kinds=kinds)


def mostly(w: World, usual: Any) -> Any:
    """The usual premise, or now and then one that does not fit."""
    return any_premise(w) if w.odds(0.1) else usual


def positive(w: World, term: Term | None = None, kinds: tuple[Kind, ...] = (LESS,)) -> Any:
    """A theorem that a term has a sign, or now and then that it is more than another term."""
    return mostly(w, w.ordered(kinds=kinds, left=w.leaf()) if w.odds(0.1) else w.signed(term, kinds))


@generator
def numbers(w: World) -> Any:
    left, right = (rational(random_number(w.random)) for _ in range(2))
    if w.odds(0.1):
        left = w.leaf()
    return w.rules["numbers"](left, w.choice(*KINDS), right)


@generator
def weakened(w: World) -> Any:
    premise = any_premise(w, (EQUAL, LESS) if w.odds(0.8) else KINDS)
    return w.rules["weakened"](premise, w.choice(*KINDS) if w.odds(0.3) else AT_MOST)


@generator
def added(w: World) -> Any:
    kinds = (EQUAL, AT_MOST, LESS) if w.odds(0.9) else KINDS
    return w.rules["added"](*(any_premise(w, kinds) for _ in range(w.choice(1, 2, 2, 3))))


@generator
def antisymmetric(w: World) -> Any:
    left = w.term(1)
    right = equal(w, left, 1)
    back = w.fact(right, AT_MOST, left)
    if w.odds(0.3):  # of other terms, or of one side alone
        back = w.choice(any_premise(w, (AT_MOST,)), w.ordered(left=right, kinds=(AT_MOST,)))
    premise = w.fact(left, AT_MOST, right)
    if w.odds(0.2):
        premise = w.ordered(left=left, kinds=(AT_MOST,))
        if w.odds(0.5):  # on to a third term
            back = w.ordered(left=premise.conclusion.right, kinds=(AT_MOST,))
    return w.rules["antisymmetric"](premise, back)


@generator
def zero_times(w: World) -> Any:
    premise = w.ordered(kinds=(EQUAL,)) if w.odds(0.2) else w.signed(kinds=(EQUAL,))
    return w.rules["zero_times"](mostly(w, premise), w.term(1))


@generator
def different_from_zero(w: World) -> Any:
    draw = w.random.random()
    if draw < 0.3:
        premise = w.different(terms.power(w.term(1), w.choice(2, 3)))
    elif draw < 0.5:
        term, kind = w.sign_of(w.term(), LESS)
        premise = w.fact(terms.negative(term), kind, ZERO)
    else:
        premise = mostly(w, w.signed(kinds=(LESS,)))
    return w.rules["different_from_zero"](premise)


def exponent(w: World) -> Term:
    """A number or a term to raise to."""
    return rational(random_number(w.random)) if w.odds(0.6) else w.leaf()


@generator
def products_in_order(w: World) -> Any:
    smaller, kind = w.sign_of(w.term(1), AT_MOST, LESS, EQUAL)
    premise = mostly(w, w.ordered(left=w.term(1) if w.odds(0.1) else smaller))
    return w.rules["products_in_order"](w.fact(ZERO, kind, smaller), premise, w.variable())


def times(w: World, factor: Term, kind: Kind, kinds: tuple[Kind, ...] = KINDS) -> tuple[Any, Term, Term]:
    """A theorem `f l ~ f r`, and `l` and `r`, as they are in the model."""
    left = w.term(1)
    gap, kind = w.sign_of(w.term(1), kind) if w.odds(0.8) else (w.term(1), kind)
    right = terms.add(left, gap)
    if w.odds(0.2):
        left, right = right, left
    wholes = [terms.multiply(factor, side) for side in (left, right)]
    found = w.signs(terms.subtract(wholes[1], wholes[0]))
    able = [k for k in kinds if found and found <= SIGNS[k]]
    if w.odds(0.1):
        right = terms.add(right, w.choice(terms.ONE, w.leaf()))
    return w.fact(wholes[0], w.choice(*(able or kinds)), wholes[1]), left, right


@generator
def cancelled(w: World) -> Any:
    draw = w.random.random()
    if draw < 0.45:
        sign = w.signed(w.term(1), (LESS,))
    elif draw < 0.6:
        sign = w.fact(ZERO, AT_MOST, terms.power(w.leaf(), 2))
    elif draw < 0.85:
        sign = w.different(w.term(1))
    else:
        sign = any_premise(w)
    said = sign.conclusion
    premise, left, right = times(w, said.left if said.kind is DIFFERENT else said.right, w.choice(EQUAL, AT_MOST, LESS))
    return w.rules["cancelled"](premise, sign, left, right)


@generator
def positive_factor(w: World) -> Any:
    sign = w.ordered(left=w.leaf()) if w.odds(0.15) else w.signed(w.term(1), (AT_MOST, LESS))
    premise, left, right = times(w, sign.conclusion.right, LESS, (LESS,) if w.odds(0.9) else KINDS)
    return w.rules["positive_factor"](premise, sign, left, right)


@generator
def squares_in_order(w: World) -> Any:
    sign = mostly(w, w.signed(w.leaf(), (AT_MOST, LESS)))
    left, right = w.choice(w.leaf(), w.term(1)), sign.conclusion.right
    squares = [terms.power(side, 2) for side in (left, right)]
    if w.odds(0.2):
        squares.reverse()
    if w.odds(0.2):
        other = w.leaf()
        squares = [terms.add(side, other) for side in squares]
    return w.rules["squares_in_order"](w.fact(squares[0], AT_MOST, squares[1]), sign, left)


@generator
def powers_in_order(w: World) -> Any:
    p = positive(w, w.choice(exponent(w), rational(abs(random_number(w.random)))))
    if w.odds(0.1):
        p = w.fact(ZERO, AT_MOST, exponent(w))
    first, second = (positive(w, w.leaf(), (AT_MOST, LESS)) for _ in range(2))
    a, b = (one.conclusion.right for one in (first, second))
    by = p.conclusion.right
    found = w.signs(terms.subtract(terms.real_power(b, by), terms.real_power(a, by)))
    if found == {-1} or (found == {-1, 0} and w.odds(0.5)):
        a, b, first, second, found = b, a, second, first, {-one for one in found}
    kind = EQUAL if found == {0} else LESS if found == {1} else AT_MOST
    premise = w.fact(terms.real_power(a, by), kind, terms.real_power(b, by))
    return w.rules["powers_in_order"](premise, p, first, second)


@generator
def power_of_power(w: World) -> Any:
    positive = w.ordered(kinds=(LESS,)) if w.odds(0.2) else w.signed(w.term(1), (LESS,))
    return w.rules["power_of_power"](positive, exponent(w), exponent(w))


arguments(
    multiplied=lambda w: (*(mostly(w, w.signed()) for _ in range(w.choice(0, 1, 2, 2, 3))),),
    square=lambda w: (w.term(), w.whole()),
    square_of_nonzero=lambda w: (mostly(w, w.different()), w.whole()),
    whole_power=lambda w: (mostly(w, w.signed()), w.whole()),
    inverted=lambda w: (mostly(w, w.signed()),),
    real_power_is_positive=lambda w: (positive(w), exponent(w)),
    real_power_is_nonnegative=lambda w: (w.term(), exponent(w)),
    exponential_is_positive=lambda w: (w.term(),),
    summed=lambda w: (any_premise(w), w.variable()),
    factors_multiplied=lambda w: (mostly(w, w.signed()), w.variable()),
    product_as_power=lambda w: (positive(w, w.term(1)), w.random.choice(AXES)),
)
