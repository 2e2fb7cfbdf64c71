"""Random instances of the rules of equality, and of what normal forms may use."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flint import fmpq

from proofs_check.soundness.generators.logic import some_theorem
from proofs_check.soundness.generators.registry import generator
from proofs_check.soundness.random_terms.equal_terms import equal, near_miss
from proofs_check.soundness.random_terms.lookalikes import (
    GROUPS,
    all_powers_of,
    powers_of,
    rows_of,
    two_lookalikes,
    unequal_pairs,
)
from proofs_check.soundness.random_terms.vocabulary import FIXED, FUNCTION, INDICES, A, B, axes_of
from proofs_check.soundness.random_terms.world import World, rational
from proofs_check.soundness.semantics.value import free_indices
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Kind, closed, compare
from theory.language.substitution import abstract, instantiate
from theory.language.terms import REAL, Letter, Term, add, bound, entry, multiply

X, Y, Z, _A, _B, _C, _D, _E = FIXED


def orthonormal(w: World) -> tuple[Any, Letter]:
    """A theorem that the rows of a family are orthonormal, in a model where they are."""
    letter = w.choice(_D, _E)
    rows, columns = axes_of(letter)
    model = w.model
    count, wide = model.sizes[rows.size], model.sizes[columns.size]
    values = {(row, column): fmpq(0) for row in range(count) for column in range(wide)}
    order = w.random.sample(range(wide), wide)
    for row in range(min(count, wide)):
        values[row, order[row]] = w.choice(fmpq(1), fmpq(-1))
    if count >= 2 and wide >= 2 and w.odds(0.5):
        p, q = order[0], order[1]
        values[0, p], values[0, q], values[1, p], values[1, q] = fmpq(3, 5), fmpq(4, 5), fmpq(-4, 5), fmpq(3, 5)
    model.letters[letter] = values
    i, j, k = terms.fresh(rows), terms.fresh(rows), terms.fresh(columns)
    turned = w.odds(0.1) and rows == columns
    inside = multiply(*(entry(letter, *((k, one) if turned else (one, k))) for one in (i, j)))
    said = compare(terms.total(columns, abstract(inside, k)), Kind.EQUAL, terms.delta(i, j))
    return w.rules["assume"](closed(said, i, j)), letter


def facts_for(w: World, term: Term) -> list[Any]:
    """Theorems about what stands under an inverse or a real power."""
    found = []
    for part in dict.fromkeys(terms.parts(term)):
        if (
            part.head in ("inverse", "real power")
            and not part.arguments[0].loose
            and part.arguments[0].head != "number"
        ):
            base = part.arguments[0]
            signs = w.signs(base)
            kinds = [Kind.DIFFERENT] if signs and 0 not in signs else []
            kinds += [Kind.LESS, Kind.LESS] if signs == {1} else []
            kinds += [Kind.AT_MOST] if signs and -1 not in signs else []
            if not kinds or w.odds(0.3):
                continue
            kind = w.random.choice(kinds)
            theorem = w.sign_fact(base, kind)
            free = [one for one in free_indices(base) if w.odds(0.5)]
            found.append(w.rules["for_all"](theorem, *free) if free else theorem)
    return found


def fact_about_a_family(w: World) -> tuple[Any, Letter]:
    """A theorem that all entries of a family differ from 0, or have a sign, in a model where they do."""
    letter = w.choice(_A, _B, _C, X, _E)
    kind = w.choice(Kind.DIFFERENT, Kind.LESS, Kind.AT_MOST)
    values = w.model.letters[letter]
    if letter == _E:
        i = w.random.choice(INDICES[A])
        one = entry(_E, i, i)
        values.update({(k, k): _with_sign(w, values[k, k], kind) for k in range(w.model.sizes["A"])})
    elif isinstance(values, dict):
        for place in w.model.places(letter.sorts):
            values[place] = _with_sign(w, values[place], kind)
        (axis,) = axes_of(letter)
        one = entry(letter, w.choice(terms.first(axis), *INDICES[axis], *INDICES[axis]))
        if one.arguments[0].head == "first":
            values.update({place: w.choice(fmpq(0), value) for place, value in values.items() if place != (0,)})
    else:
        w.model.letters[letter] = _with_sign(w, values, kind)
        one = entry(letter)
    theorem, free = w.sign_fact(one, kind), free_indices(one)
    return (w.rules["for_all"](theorem, *free) if free and w.odds(0.7) else theorem), letter


def _with_sign(w: World, value: Any, kind: Kind) -> Any:
    if kind is Kind.AT_MOST:
        return fmpq(0) if w.odds(0.4) else abs(value)
    return abs(value) or fmpq(1) if kind is Kind.LESS else value or fmpq(-2)


def quotients(w: World, letter: Letter) -> tuple[Term, Term]:
    """Powers and quotients of an entry, for which a fact about the entries is needed, or something like them."""
    if not letter.sorts or w.odds(0.6):
        left, right = w.random.sample(powers_of(w, w.entry(letter)), 2)
        return left, right
    axis = axes_of(letter)[0]
    one = entry(letter, bound(0, axis))
    left, right = w.random.sample(powers_of(w, one), 2)
    other = entry(_B if axis == A else _C, bound(0, axis))
    make = w.choice(terms.total, terms.total, terms.product)
    return make(axis, multiply(left, other)), make(axis, multiply(right, other))


def pair(w: World) -> tuple[Term, Term, list[Any]]:
    """Two terms that are equal, or nearly so, with facts."""
    draw = w.random.random()
    facts: list[Any] = []
    if draw < 0.15:
        theorem, letter = orthonormal(w)
        left, right = w.random.sample(rows_of(w, letter), 2)
        facts = [theorem]
    elif draw < 0.35:
        theorem, letter = fact_about_a_family(w)
        left, right = quotients(w, letter)
        facts = [theorem] if w.odds(0.8) else []
    elif draw < 0.75:
        left, right = two_lookalikes(w)
        facts = facts_for(w, right) if w.odds(0.5) else []
        if w.odds(0.8):
            return left, right, facts
    else:
        left = w.term(w.choice(1, 2, 2, 3))
        right = left
    if draw > 0.35 or w.odds(0.3):
        right = equal(w, right, w.choice(1, 1, 2, 3))
        if w.odds(0.4):
            right = near_miss(w, right)
    if w.odds(0.3):
        facts += facts_for(w, right)
    if _size(left) + _size(right) > 60:
        left, right = w.term(1), w.term(1)
    return left, right, facts


def _size(term: Term) -> int:
    return sum(1 for _ in terms.parts(term))


def hunted(w: World) -> Any:
    """The kernel is asked whether terms are equal that are not."""
    draw = w.random.random()
    facts: list[Any] = []
    if draw < 0.1:
        theorem, letter = orthonormal(w)
        group, facts = rows_of(w, letter), [theorem]
    elif draw < 0.5:
        theorem, letter = fact_about_a_family(w)
        base = w.entry(letter)
        group, facts = all_powers_of(w, terms.negative(base) if w.odds(0.2) else base), [theorem]
    else:
        group = w.random.choice(GROUPS)(w)
    pairs = unequal_pairs(w, group)
    for left, right in (*_of_one_form(w, group, facts, pairs), *w.random.sample(pairs, min(2, len(pairs)))):
        with suppress(StatementError):
            return w.rules["identity"](left, right, *facts)
    raise StatementError("no two terms are called equal that are not")


def _of_one_form(
    w: World, group: list[Term], facts: list[Any], pairs: list[tuple[Term, Term]]
) -> list[tuple[Term, Term]]:
    """The pairs whose normal forms are the same."""
    module = w.module_of("identity")
    context = module.context_of(facts)
    whole = {term: module.normal_form(term, context).monomials for term in group}
    forms = {term: {key: one.coefficient for key, one in found.items()} for term, found in whole.items()}
    return [(left, right) for left, right in pairs if forms[left] == forms[right]]


@generator
def identity(w: World) -> Any:
    if w.odds(0.4):
        return hunted(w)
    left, right, facts = pair(w)
    return w.rules["identity"](left, right, *facts)


@generator
def same_difference(w: World) -> Any:
    theorem = w.ordered(left=w.term(1)) if w.odds(0.7) else w.signed(kinds=(Kind.DIFFERENT, Kind.LESS, Kind.AT_MOST))
    said = theorem.conclusion
    draw = w.random.random()
    if draw < 0.4:
        first, second, facts = pair(w)
        left, right = add(said.left, first), add(said.right, second)
    else:
        other, facts = w.leaf(), []
        left, right = add(equal(w, said.left, 1), other), add(equal(w, said.right, 1), other)
    if w.odds(0.15):
        left, right = right, left
    if w.odds(0.1):
        right = near_miss(w, right)
    return w.rules["same_difference"](theorem, left, right, *facts)


def _equation(w: World) -> tuple[Any, Term, list[Term]]:
    """An equation for all values of its prefix; its left side in free variables, and those."""
    i, j = INDICES[A]
    draw = w.random.random()
    if draw < 0.2:  # true in the model because the letter is made so
        values = w.model.letters[_B]
        w.model.letters[_A] = {(r,): values[r,] for r in w.model.values_of(A)}
        formula, variables = compare(entry(_A, i), Kind.EQUAL, entry(_B, i)), [i]
    elif draw < 0.5:
        row = terms.total(A, entry(_E, i, bound(0, A)))
        values = w.model.letters[_E]
        count = w.model.sizes["A"]
        w.model.letters[_A] = {(r,): sum((values[r, k] for k in range(count)), fmpq(0)) for r in range(count)}
        formula, variables = compare(row, Kind.EQUAL, entry(_A, i)), [i]
    elif draw < 0.58:
        t = entry(X)
        coefficients = [rational(one) for one in w.model.functions[FUNCTION]]
        value = add(*(multiply(c, terms.power(t, k)) for k, c in enumerate(coefficients)))
        formula, variables = compare(terms.apply(FUNCTION, t), Kind.EQUAL, value), [t]
    elif draw < 0.66:
        w.chance = True
        r, s = (
            entry(Letter("r", (terms.OUTCOME,)), terms.THE_OUTCOME),
            entry(Letter("s", (terms.OUTCOME,)), terms.THE_OUTCOME),
        )
        w.model.letters[r.data] = dict(w.model.letters[s.data])
        formula, variables = compare(r, Kind.EQUAL, s), [terms.THE_OUTCOME]
    elif draw < 0.8:
        w.model.letters[_E].update(
            {place: w.model.letters[_A][place[:1]] for place in w.model.places((A, A)) if len(set(place)) < 2}
        )
        formula, variables = compare(entry(_E, i, i), Kind.EQUAL, entry(_A, i)), [i]
    elif draw < 0.88:
        e = entry(_E, i, j)
        w.model.letters[_E] = {place: w.model.letters[_A][place[:1]] for place in w.model.places((A, A))}
        formula, variables = compare(e, Kind.EQUAL, entry(_A, i)), [i, j]
    else:
        left = w.term(1)
        formula = compare(left, Kind.EQUAL, equal(w, left, 1))
        variables = free_indices(*formula.terms)
    if w.odds(0.2):
        variables = variables[: w.random.randint(0, len(variables))]
    free = [one for one in free_indices(*formula.terms) if one not in variables]
    if w.odds(0.3):
        formula = compare(formula.right, Kind.EQUAL, formula.left)
    theorem = w.rules["assume"](closed(formula, *free, *variables))
    return (w.rules["at"](theorem, *free) if free else theorem), formula.left, variables


def _planted(w: World, pattern: Term, variables: list[Term], within: tuple[Any, ...] = ()) -> Term:
    """A term with the pattern at random values of its variables somewhere inside."""
    if within == () or w.odds(0.6):
        axis = w.choice(A, A, B)
        make = w.choice(terms.total, terms.product)
        if len(within) < 3 and w.odds(0.6):
            made: Term = make(axis, _planted(w, pattern, variables, (*within, axis)))
            return made
        if len(within) < 2 and w.odds(0.3):
            return terms.derivative(_planted(w, pattern, variables, (*within, REAL)), w.leaf(within))
        if len(within) < 2 and w.odds(0.3) and w.chance and terms.OUTCOME not in within:
            return terms.mean(_planted(w, pattern, variables, (*within, terms.OUTCOME)))
    values = [_value(w, one, within) for one in variables]
    part: Term = instantiate(abstract(pattern, *variables), *values) if variables else pattern
    if w.odds(0.2):
        part = near_miss(w, part, within)
    return add(multiply(part, w.leaf(within)), w.leaf(within))


def _value(w: World, variable: Term, within: tuple[Any, ...]) -> Term:
    if variable.sort == terms.OUTCOME:
        return w.outcome(within)
    if variable.sort == REAL:
        return w.term(1, within)
    return w.index(variable.sort, within)


def some_equation(w: World, left: Term, identities: float = 0.4) -> Any:
    """An equation of a term with an equal one, by its form or in the model; now and then another comparison."""
    draw = w.random.random()
    if draw < identities:
        return w.rules["identity"](left, equal(w, left, 1))
    return w.equation(left) if draw < 0.8 else w.ordered(left=left)


@generator
def rewrite(w: World) -> Any:
    theorem, pattern, variables = _equation(w)
    others = [some_theorem(w, "identity")] if w.odds(0.1) else []
    return w.rules["rewrite"](_planted(w, pattern, variables), theorem, *others)


@generator
def with_equal_sides(w: World) -> Any:
    theorem = w.ordered(left=w.leaf()) if w.odds(0.8) else w.different()
    said = theorem.conclusion
    left, right = (
        w.equation()
        if w.odds(0.1)
        else w.fact(side, Kind.EQUAL, equal(w, side, 1))
        if w.odds(0.5)
        else w.equation(side)
        for side in (said.left, said.right)
    )
    return w.rules["with_equal_sides"](theorem, left, right)
