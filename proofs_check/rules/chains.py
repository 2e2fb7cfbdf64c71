"""Chains: families that go one further along their first axis, and what is handed on from each entry to its neighbour.

`x[i]` is an entry at an index of the axis, and the letter of kind `"next"` has the entry `x[i + 1]` there. What is said
of an index in entries of chains alone, `t(i)`, is said of the next one by `t(i + 1)`, which is `t` with next letters.
"""

from __future__ import annotations

from proofs_check.rules.theorem import Result, Theorem, comparison, needs, rule
from theory.language import terms
from theory.language.formulas import Kind, compare
from theory.language.substitution import abstract, instantiate, transform
from theory.language.terms import ENTRY, INDEX, THE_OUTCOME, ZERO, Axis, Term, add, multiply


def moved_on(term: Term, variable: Term) -> Term:
    """`t(i + 1)` for `t(i)`.

    Raises:
        StatementError: the index stands in another place than the first of a family, or of what has no next entries.
    """
    needs(variable.head == INDEX and isinstance(variable.sort, Axis), f"{variable} is no free index of an axis")
    needs(THE_OUTCOME not in terms.indices(term), "there is chance in it")

    def change(part: Term, _: int) -> Term | None:
        needs(part != variable, f"{variable} stands where nothing comes next, in ", term)
        if part.head != ENTRY or variable not in part.arguments[:1]:
            return None
        needs(variable not in part.arguments[1:], f"{variable} stands in two places of one entry: ", part)
        return terms.entry(terms.following(part.data), *part.arguments)

    return transform(term, change)


def _ends(term: Term, variable: Term) -> tuple[Term, Term]:
    """`t(1)` and `t(M + 1)`."""
    assert isinstance(variable.sort, Axis)
    first = instantiate(abstract(term, variable), terms.first(variable.sort))
    return first, instantiate(abstract(moved_on(term, variable), variable), terms.end(variable.sort))


@rule()
def telescoping_sum(term: Term, variable: Term) -> Result:
    """`t(1) + sum_i t(i + 1) = sum_i t(i) + t(M + 1)`: both are the sum of all."""
    first, last = _ends(term, variable)
    before, after = (abstract(one, variable) for one in (term, moved_on(term, variable)))
    axis = variable.sort
    assert isinstance(axis, Axis)
    return compare(add(first, terms.total(axis, after)), Kind.EQUAL, add(terms.total(axis, before), last))


@rule()
def telescoping_product(term: Term, variable: Term) -> Result:
    """`t(1) prod_i t(i + 1) = prod_i t(i) t(M + 1)`: both are the product of all."""
    first, last = _ends(term, variable)
    before, after = (abstract(one, variable) for one in (term, moved_on(term, variable)))
    axis = variable.sort
    assert isinstance(axis, Axis)
    return compare(multiply(first, terms.product(axis, after)), Kind.EQUAL, multiply(terms.product(axis, before), last))


@rule()
def handed_back(
    term: Term, factor: Term, variable: Term, bound: Theorem, sign: Theorem, end: Theorem, after: bool
) -> Result:
    """`t(i) <= 0` for every `i`, from `t(i) <= f(i) t(i + 1)`, `0 <= f(i)` and `t(M + 1) <= 0`; or `t(i + 1) <= 0`.

    Of the last index it is told by the end, and of each other one by its neighbour: induction, backwards. It is below 0
    where the end is and all factors are above 0.
    """
    following, (_, last) = moved_on(term, variable), _ends(term, variable)
    needs(THE_OUTCOME not in terms.indices(factor), "there is chance in it")
    wanted = compare(term, Kind.AT_MOST, multiply(factor, following))
    needs(bound.conclusion == wanted, f"{bound.conclusion} is shown, not {wanted}")
    kind = comparison(end, Kind.AT_MOST, Kind.LESS).kind
    needs(sign.conclusion == compare(ZERO, kind, factor), f"not the sign of the factor: {sign.conclusion}")
    needs(end.conclusion == compare(last, kind, ZERO), f"not about the end: {end.conclusion}")
    return compare(following if after else term, kind, ZERO)
