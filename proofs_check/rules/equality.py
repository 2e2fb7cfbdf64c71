"""Rules of equality: normal forms, and equals for equals."""

from __future__ import annotations

from proofs_check.rules.normal_form import Context, blotted, normal_form, vanishes
from proofs_check.rules.theorem import Result, RuleError, Theorem, comparison, needs, rule
from theory.language.formulas import COMPARISONS, Kind, compare, opened
from theory.language.substitution import instantiate, shift, transform
from theory.language.terms import (
    BINDERS,
    BOUND,
    DELTA,
    ENTRY,
    MULTIPLY,
    OUTCOME,
    REAL,
    SUM,
    ZERO,
    Term,
    fresh,
    loose_variables,
    negative,
    subtract,
)


def context_of(facts: tuple[Theorem, ...]) -> Context:
    """What normal forms may use of theorems: that something differs from 0, its sign, or that rows are orthonormal.

    A theorem for all values of indices serves every place that has its shape.
    """
    context = Context()
    for fact in facts:
        said = fact.conclusion
        needs(said.kind in COMPARISONS, "no comparison to use: ", said)
        if said.kind is Kind.EQUAL:
            _orthonormal(fact, context)
            continue
        needs(said.left == ZERO or said.kind is Kind.DIFFERENT, "a sign or a difference from 0 is needed: ", said)
        variables = tuple(fresh(sort) for sort in said.prefix)
        needs(all(one.sort != REAL for one in variables), "quantified over numbers: ", said)
        instance = opened(said, *variables)
        polynomial = normal_form(subtract(instance.right, instance.left), context)
        if not polynomial.monomials:
            if said.kind is Kind.AT_MOST:
                continue
            raise RuleError(f"0 has no such sign: {said}")
        lead, rest = polynomial.scaled()
        monic = blotted(rest.term(), variables)
        size = monic if lead > 0 else blotted(normal_form(negative(rest.term()), context).term(), variables)
        if said.kind is not Kind.AT_MOST:
            context.nonzero.add(monic)
        if said.kind is Kind.LESS:
            context.positive.add(size)
        if said.kind in (Kind.LESS, Kind.AT_MOST):
            context.nonnegative.add(size)
    return context


def _orthonormal(fact: Theorem, context: Context) -> None:
    """Read `for all i, j: sum_k w(i, k) w(j, k) = delta(i, j)`."""
    said = fact.conclusion
    left, right = said.left, said.right
    needs(
        len(said.prefix) == 2 and left.head == SUM and right.head == DELTA and right.loose == 2,
        f"no statement of orthonormal rows: {said}",
    )
    i, j, k = (fresh(sort) for sort in (*said.prefix, left.data))
    inside = instantiate(left.arguments[0], i, j, k)
    needs({i, j} == set(instantiate(right, i, j).arguments), f"not a delta of the two indices: {said}")
    if inside.head == MULTIPLY and len(inside.arguments) == 2:
        one, other = inside.arguments
        for place in (0, 1):
            rows = {(i, j), (j, i)}
            if (
                one.head == other.head == ENTRY
                and one.data == other.data
                and len(one.arguments) == 2
                and one.arguments[place] == other.arguments[place] == k
                and (one.arguments[1 - place], other.arguments[1 - place]) in rows
            ):
                context.orthonormal[one.data] = place
                return
    raise RuleError(f"no statement of orthonormal rows: {said}")


@rule()
def identity(left: Term, right: Term, *facts: Theorem) -> Result:
    """`left = right` where the normal form of the difference is 0, with what the facts allow."""
    equal = left == right or vanishes(subtract(left, right), context_of(facts))
    needs(equal, "not equal by normal forms: ", left, " and ", right)
    return compare(left, Kind.EQUAL, right)


@rule()
def same_difference(theorem: Theorem, left: Term, right: Term, *facts: Theorem) -> Result:
    """From `L ~ R` to `l ~ r` where `r - l = R - L` by normal forms: a comparison is one of the difference with 0."""
    said = comparison(theorem, *COMPARISONS)
    one, other = subtract(right, left), subtract(said.right, said.left)
    equal = one == other or vanishes(subtract(one, other), context_of(facts))
    needs(equal, "the two differences are not equal by normal forms")
    return compare(left, said.kind, right)


@rule()
def rewrite(term: Term, *equations: Theorem) -> Result:
    """`term = term'`, with the right side of an equation for each part that has the shape of its left side.

    The equation holds for all values of its prefix, so its instance at the indices of a part holds there, under every
    binder. Its other letters are the same inside and outside of a binder, since binders have no names.
    The first equation that fits is used, the outermost parts first; what is put in is not rewritten again.
    """
    for equation in equations:
        said = equation.conclusion
        needs(said.kind is Kind.EQUAL, "no equation to rewrite with: ", said)
        needs(REAL not in said.prefix or OUTCOME not in said.prefix, "a number may depend on the outcome in: ", said)

    def change(part: Term, _: int) -> Term | None:
        for equation in equations:
            said = equation.conclusion
            found: dict[int, Term] = {}
            if _fits(said.left, part, len(said.prefix), 0, found) and len(found) == len(said.prefix):
                return instantiate(said.right, *(found[place] for place in range(len(said.prefix))))
        return None

    return compare(term, Kind.EQUAL, transform(term, change))


def _fits(pattern: Term, part: Term, count: int, depth: int, found: dict[int, Term]) -> bool:
    """Whether a part is the pattern at some values of the prefix; values that a binder inside holds do not count."""
    if pattern.head == BOUND and pattern.data >= depth:
        place = count - 1 - (pattern.data - depth)
        if part.sort != pattern.sort or any(level < depth for level, _ in loose_variables(part)):
            return False
        value = shift(part, -depth)
        return found.setdefault(place, value) == value
    if (pattern.head, pattern.data, pattern.sort) != (part.head, part.data, part.sort):
        return False
    if len(pattern.arguments) != len(part.arguments):
        return False
    inside = depth + 1 if pattern.head in BINDERS else depth
    return all(
        _fits(mine, theirs, count, inside if place == 0 else depth, found)
        for place, (mine, theirs) in enumerate(zip(pattern.arguments, part.arguments, strict=True))
    )


@rule()
def with_equal_sides(theorem: Theorem, left: Theorem, right: Theorem) -> Result:
    """From `L ~ R`, `L = l` and `R = r` to `l ~ r`."""
    said = comparison(theorem, *COMPARISONS)
    first, second = comparison(left, Kind.EQUAL), comparison(right, Kind.EQUAL)
    needs(first.left == said.left and second.left == said.right, "the equations are not about the two sides")
    return compare(first.right, said.kind, second.right)
