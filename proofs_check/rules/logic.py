"""Rules of logic: assuming, and putting one thing for another in every place at once."""

from __future__ import annotations

from collections.abc import Mapping

from proofs_check.rules.theorem import Result, Theorem, needs, rule
from theory.language.formulas import Formula, Kind, closed, compare, opened
from theory.language.substitution import Family
from theory.language.terms import (
    APPLY,
    DERIVATIVE,
    ENTRY,
    INDEX,
    MEAN,
    ONE,
    OUTCOME,
    REAL,
    THE_OUTCOME,
    Axis,
    Letter,
    Term,
    bound,
    entry,
    family,
    fresh,
    indices,
    letters,
    parts,
    size,
)


@rule()
def assume(formula: Formula) -> Result:
    """`A |- A`, for a formula without free indices: what holds in a model holds in it."""
    needs(not formula.free_indices(), "a hypothesis holds for all values of its indices: close it")
    return formula, frozenset({formula})


@rule()
def at(theorem: Theorem, *values: Term) -> Result:
    """From `for all i: A(i)` to `A(j)`: what holds for all values of a variable holds for one.

    What holds for almost all outcomes is left out for a set that may depend on the values before it, so that none of
    those may depend on the outcome; and `THE_OUTCOME` alone is put for an outcome, so that there is one such set.
    """
    prefix = theorem.conclusion.prefix
    for place, value in enumerate(values):
        needs(value.sort != OUTCOME or value == THE_OUTCOME, "only the one free outcome can be put for an outcome")
        random = value.sort != OUTCOME and THE_OUTCOME in parts(value)
        needs(not (random and OUTCOME in prefix[place:]), "a value depends on the outcome that comes after it")
    return opened(theorem.conclusion, *values)


@rule()
def for_all(theorem: Theorem, *variables: Term) -> Result:
    """From `A(i)` to `for all i: A(i)`: hypotheses are closed, so nothing is assumed of a free index.

    A plain letter that no hypothesis speaks of can be quantified as well.
    """
    needs(len(set(variables)) == len(variables), "a variable is quantified twice")
    for variable in variables:
        needs(variable.head in (INDEX, ENTRY) and not variable.arguments, "only free indices and plain letters")
        if variable.head == ENTRY:
            needs(
                all(variable.data not in one.free_letters() for one in theorem.hypotheses),
                f"a hypothesis speaks of {variable.data.name}",
            )
            needs(
                theorem.conclusion.kind is not Kind.NORMAL and variable.data.kind != "weight",
                f"{variable.data.name} cannot be quantified here",
            )
            needs(
                THE_OUTCOME not in theorem.conclusion.free_indices() and OUTCOME not in theorem.conclusion.prefix,
                "the outcomes that are left out may depend on the number",
            )
    return closed(theorem.conclusion, *variables)


def is_measurable(term: Term) -> bool:
    """Whether a term is a measurable function of the outcome by its form.

    Random letters are, and sums, products, quotients, powers, exponentials and logarithms keep it; derivatives and
    functions that are known by their name need not.
    """
    return all(p.head != DERIVATIVE and (p.head != APPLY or p.data in ("exp", "log")) for p in parts(term))


def _goes_on(letter: Letter, theorem: Theorem) -> bool:
    """Whether a theorem speaks of the next entries of a family."""
    said = (term for one in (*theorem.hypotheses, theorem.conclusion) for term in one.terms)
    return any(p.head == ENTRY and p.data.kind == "next" and family(p.data) == letter for t in said for p in parts(t))


@rule()
def instance(theorem: Theorem, values: Mapping[Letter, Family]) -> Result:
    """From `H |- A` to `H' |- A'`, with families put for letters in hypotheses and conclusion alike.

    A theorem holds for all values of its letters; a family is such a value. It must depend on no outcome that it is not
    given, and on no free index if a hypothesis speaks of the letter: a hypothesis is closed. What is put for a random
    number is measurable.
    """
    for letter, value in values.items():
        free, assumed = indices(value.body), any(letter in one.free_letters() for one in theorem.hypotheses)
        needs(letter.kind == "", "only letters of the statement take other values")
        needs(not _goes_on(letter, theorem), f"more of {letter.name} is spoken of than the entries that take values")
        needs(THE_OUTCOME not in free, f"what is put for {letter.name} depends on the outcome")
        needs(not (free and assumed), f"what is put for {letter.name} depends on an index, and it is assumed of")
        needs(all(one.kind != "weight" for one in letters(value.body)), "the weights of a loss are bound")
        needs(OUTCOME not in letter.sorts or is_measurable(value.body), "measurable? ", value.body)
    hypotheses = frozenset(one.substitute(values) for one in theorem.hypotheses)
    return theorem.conclusion.substitute(values), hypotheses


@rule()
def cut(lemma: Theorem, theorem: Theorem) -> Result:
    """From `H |- A` and `G, A |- B` to `G, H |- B`."""
    needs(lemma.conclusion in theorem.hypotheses, "the theorem does not assume: ", lemma.conclusion)
    return theorem.conclusion, lemma.hypotheses | (theorem.hypotheses - {lemma.conclusion})


@rule()
def at_each_outcome(theorem: Theorem, fixed: tuple[Letter, ...]) -> Result:
    """From `H |- A` about numbers to the same about random numbers, for almost all outcomes.

    At each outcome the random letters have values, of which the theorem holds; the sets of outcomes that the hypotheses
    leave out have probability 0, and so has their union. Nothing random may be in the theorem already.
    """
    formulas = (*theorem.hypotheses, theorem.conclusion)
    for one in formulas:
        free = OUTCOME not in one.prefix and THE_OUTCOME not in one.free_indices() and one.kind is not Kind.NORMAL
        heads = {part.head for term in one.terms for part in parts(term)}
        needs(free and MEAN not in heads and one.kind is not Kind.INTEGRABLE, f"there is chance in it: {one}")
        needs(all(OUTCOME not in letter.sorts for letter in one.free_letters()), f"there is chance in it: {one}")
    values = {}
    for letter in fixed:
        needs(letter.kind == "", "only letters of the statement become random")
        needs(not _goes_on(letter, theorem), f"the chain {letter.name} does not become random")
        indices_ = [bound(len(letter.sorts) - 1 - place, sort) for place, sort in enumerate(letter.sorts)]
        random = Letter(letter.name, (OUTCOME, *letter.sorts))
        values[letter] = Family(letter.sorts, entry(random, THE_OUTCOME, *indices_))

    def lifted(one: Formula) -> Formula:
        variables = [fresh(sort) for sort in one.prefix]
        random = opened(one, *variables).substitute(values)
        chance = (THE_OUTCOME,) if THE_OUTCOME in random.free_indices() else ()
        needs(REAL not in one.prefix or not chance, "the outcomes that are left out may depend on a number")
        return closed(random, *variables, *chance)

    return lifted(theorem.conclusion), frozenset(lifted(one) for one in theorem.hypotheses)


@rule()
def size_is_positive(axis: Axis) -> Result:
    """`1 <= size`: every axis has the index 1."""
    return compare(ONE, Kind.AT_MOST, size(axis))
