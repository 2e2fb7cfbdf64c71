"""Rules of order: signs of sums, products, squares and powers, and what may be cancelled."""

from __future__ import annotations

from proofs_check.rules.equality import context_of
from proofs_check.rules.normal_form import vanishes
from proofs_check.rules.theorem import Result, Theorem, comparison, needs, rule
from theory.language import terms
from theory.language.formulas import COMPARISONS, Formula, Kind, compare
from theory.language.substitution import abstract
from theory.language.terms import INDEX, NUMBER, POWER, ZERO, Axis, Term, multiply, subtract

_SIGNS = (Kind.EQUAL, Kind.AT_MOST, Kind.LESS)


def _sign(theorem: Theorem, *kinds: Kind) -> Formula:
    said = comparison(theorem, *(kinds or _SIGNS))
    needs(said.left == ZERO, "a comparison of 0 with a term is needed, not: ", said)
    return said


@rule()
def numbers(left: Term, kind: Kind, right: Term) -> Result:
    """A comparison of two rational numbers."""
    needs(left.head == right.head == NUMBER, "two numbers are needed")
    a, b = left.data, right.data
    holds = {Kind.EQUAL: a == b, Kind.AT_MOST: a <= b, Kind.LESS: a < b, Kind.DIFFERENT: a != b}
    needs(holds.get(kind, False), f"not so: {left} {kind.value} {right}")
    return compare(left, kind, right)


@rule()
def weakened(theorem: Theorem, kind: Kind) -> Result:
    """From `a < b` to `a <= b` and to `a != b`, and from `a = b` to `a <= b`."""
    said = comparison(theorem, Kind.EQUAL, Kind.LESS)
    allowed = {Kind.EQUAL: (Kind.AT_MOST,), Kind.LESS: (Kind.AT_MOST, Kind.DIFFERENT)}
    needs(kind in allowed[said.kind], f"'{kind.value}' does not follow from '{said.kind.value}'")
    return compare(said.left, kind, said.right)


@rule()
def antisymmetric(theorem: Theorem, other: Theorem) -> Result:
    """From `a <= b` and `b <= a` to `a = b`."""
    said, back = comparison(theorem, Kind.AT_MOST), comparison(other, Kind.AT_MOST)
    needs(back.left == said.right and back.right == said.left, f"not the other way round: {back}")
    return compare(said.left, Kind.EQUAL, said.right)


@rule()
def added(*theorems: Theorem) -> Result:
    """From `a ~ b` and `c ~ d` to `a + c ~ b + d`: strict if one of them is, an equality if all are."""
    said = [comparison(theorem, *_SIGNS) for theorem in theorems]
    kinds = {one.kind for one in said}
    kind = Kind.LESS if Kind.LESS in kinds else Kind.AT_MOST if Kind.AT_MOST in kinds else Kind.EQUAL
    return compare(terms.add(*(one.left for one in said)), kind, terms.add(*(one.right for one in said)))


@rule()
def multiplied(*theorems: Theorem) -> Result:
    """From `0 ~ a` and `0 ~ b` to `0 ~ a b`: strict if all are, an equality if one of them is."""
    said = [_sign(theorem) for theorem in theorems]
    kinds = {one.kind for one in said}
    kind = Kind.EQUAL if Kind.EQUAL in kinds else Kind.AT_MOST if Kind.AT_MOST in kinds else Kind.LESS
    return compare(ZERO, kind, multiply(*(one.right for one in said)))


@rule()
def zero_times(theorem: Theorem, factor: Term) -> Result:
    """From `0 = a` to `0 = a t`."""
    said = _sign(theorem, Kind.EQUAL)
    return compare(ZERO, Kind.EQUAL, multiply(said.right, factor))


@rule()
def square(base: Term, exponent: int = 2) -> Result:
    """`0 <= t^n` for even `n`."""
    needs(exponent % 2 == 0, "an even exponent is needed")
    return compare(ZERO, Kind.AT_MOST, terms.power(base, exponent))


@rule()
def square_of_nonzero(theorem: Theorem, exponent: int = 2) -> Result:
    """From `t != 0` to `0 < t^n` for even `n`."""
    said = comparison(theorem, Kind.DIFFERENT)
    needs(said.right == ZERO and exponent % 2 == 0 and exponent > 0, "t != 0 and an even exponent are needed")
    return compare(ZERO, Kind.LESS, terms.power(said.left, exponent))


@rule()
def different_from_zero(theorem: Theorem) -> Result:
    """From `0 < t`, `0 < t^n` or `t^n != 0` to `t != 0`."""
    said = comparison(theorem, Kind.LESS, Kind.DIFFERENT)
    term = said.right if said.left == ZERO else said.left
    needs(ZERO in (said.left, said.right), "a comparison with 0 is needed")
    return compare(term.arguments[0] if term.head == POWER else term, Kind.DIFFERENT, ZERO)


@rule()
def whole_power(theorem: Theorem, exponent: int) -> Result:
    """From `0 ~ t` to `0 ~ t^n` for `n >= 1`."""
    said = _sign(theorem)
    needs(exponent >= 1, "an exponent of at least 1 is needed")
    return compare(ZERO, said.kind, terms.power(said.right, exponent))


@rule()
def inverted(theorem: Theorem) -> Result:
    """From `0 ~ t` to `0 ~ 1/t`; at 0 the inverse is 0."""
    said = _sign(theorem)
    return compare(ZERO, said.kind, terms.inverse(said.right))


@rule()
def real_power_is_positive(theorem: Theorem, exponent: Term) -> Result:
    """From `0 < t` to `0 < t^p`."""
    return compare(ZERO, Kind.LESS, terms.real_power(_sign(theorem, Kind.LESS).right, exponent))


@rule()
def real_power_is_nonnegative(base: Term, exponent: Term) -> Result:
    """`0 <= t^p`: a real power is 0 where the base is negative."""
    return compare(ZERO, Kind.AT_MOST, terms.real_power(base, exponent))


@rule()
def exponential_is_positive(argument: Term) -> Result:
    """`0 < exp(t)`."""
    return compare(ZERO, Kind.LESS, terms.apply("exp", argument))


@rule()
def summed(theorem: Theorem, variable: Term) -> Result:
    """From `a(i) ~ b(i)` to `sum_i a(i) ~ sum_i b(i)`: every axis has an index, so strict stays strict."""
    said = comparison(theorem, *_SIGNS)
    axis = _axis(variable)
    left, right = (terms.total(axis, abstract(side, variable)) for side in (said.left, said.right))
    return compare(ZERO if said.left == ZERO else left, said.kind, right)


@rule()
def factors_multiplied(theorem: Theorem, variable: Term) -> Result:
    """From `0 ~ a(i)` to `0 ~ prod_i a(i)`."""
    said = _sign(theorem)
    axis = _axis(variable)
    return compare(ZERO, said.kind, terms.product(axis, abstract(said.right, variable)))


@rule()
def products_in_order(nonnegative: Theorem, theorem: Theorem, variable: Term) -> Result:
    """From `0 <= a(i)` and `a(i) <= b(i)` to `prod_i a(i) <= prod_i b(i)`: one factor after another is raised."""
    smaller, said = (
        _sign(nonnegative, Kind.AT_MOST, Kind.LESS),
        comparison(theorem, Kind.AT_MOST, Kind.LESS, Kind.EQUAL),
    )
    needs(smaller.right == said.left, "the sign is not that of the smaller factor")
    axis = _axis(variable)
    left, right = (terms.product(axis, abstract(side, variable)) for side in (said.left, said.right))
    return compare(left, Kind.AT_MOST, right)


def _axis(variable: Term) -> Axis:
    axis = variable.sort
    needs(variable.head == INDEX and isinstance(axis, Axis), f"{variable} is no free index of an axis")
    assert isinstance(axis, Axis)
    return axis


@rule()
def cancelled(theorem: Theorem, factor: Theorem, left: Term, right: Term, *facts: Theorem) -> Result:
    """From `L ~ R` and `0 < f` to `l ~ r`, where `R - L = f (r - l)` by normal forms; `f != 0` is enough for `=`."""
    said, sign = comparison(theorem, *COMPARISONS), comparison(factor, Kind.LESS, Kind.DIFFERENT)
    if sign.kind is Kind.LESS:
        needs(sign.left == ZERO, f"the factor is not known to be positive: {sign}")
    else:
        needs(sign.right == ZERO and said.kind in (Kind.EQUAL, Kind.DIFFERENT), "the factor's sign is not known")
    by = sign.right if sign.kind is Kind.LESS else sign.left
    difference = subtract(subtract(said.right, said.left), multiply(by, subtract(right, left)))
    needs(vanishes(difference, context_of(facts)), "the factor times the new difference is not the old one")
    return compare(left, said.kind, right)


@rule()
def positive_factor(theorem: Theorem, others: Theorem, left: Term, right: Term, *facts: Theorem) -> Result:
    """From `L < R` and `0 <= f` to `l < r`, where `R - L = f (r - l)`: else the product would not be positive."""
    said, sign = comparison(theorem, Kind.LESS), _sign(others, Kind.AT_MOST, Kind.LESS)
    difference = subtract(subtract(said.right, said.left), multiply(sign.right, subtract(right, left)))
    needs(vanishes(difference, context_of(facts)), "the factors do not multiply to the positive difference")
    return compare(left, Kind.LESS, right)


@rule()
def squares_in_order(theorem: Theorem, nonnegative: Theorem, left: Term, *facts: Theorem) -> Result:
    """From `L <= R` and `0 <= b` to `a <= b`, where `R - L = b^2 - a^2`: were `a > b >= 0`, then `a^2 > b^2`."""
    said, sign = comparison(theorem, Kind.AT_MOST), _sign(nonnegative, Kind.AT_MOST, Kind.LESS, Kind.EQUAL)
    squares = subtract(terms.power(sign.right, 2), terms.power(left, 2))
    needs(vanishes(subtract(subtract(said.right, said.left), squares), context_of(facts)), "not the two squares")
    return compare(left, Kind.AT_MOST, sign.right)


@rule()
def powers_in_order(theorem: Theorem, exponent: Theorem, first: Theorem, second: Theorem) -> Result:
    """From `a^p ~ b^p`, `0 < p`, `0 <= a` and `0 <= b` to `a ~ b`: such a power rises strictly on `[0, oo)`."""
    said, p = comparison(theorem, *_SIGNS), _sign(exponent, Kind.LESS).right
    a, b = (_sign(one, Kind.AT_MOST, Kind.LESS).right for one in (first, second))
    needs(
        said.left == terms.real_power(a, p) and said.right == terms.real_power(b, p), f"not two powers by {p}: {said}"
    )
    return compare(a, said.kind, b)


@rule()
def product_as_power(positive: Theorem, axis: Axis) -> Result:
    """`prod_i b = b^size` for a factor `b > 0` that is the same for every index."""
    base = _sign(positive, Kind.LESS).right
    return compare(terms.product(axis, base), Kind.EQUAL, terms.real_power(base, terms.size(axis)))


@rule()
def power_of_power(positive: Theorem, inner: Term, outer: Term) -> Result:
    """`(b^p)^q = b^(p q)` for `b > 0`."""
    base = _sign(positive, Kind.LESS).right
    nested = terms.real_power(terms.real_power(base, inner), outer)
    return compare(nested, Kind.EQUAL, terms.real_power(base, multiply(inner, outer)))
