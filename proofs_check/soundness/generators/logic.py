"""Random instances of the rules of logic."""

from __future__ import annotations

from typing import Any

from proofs_check.soundness.generators.registry import GENERATORS, arguments, generator
from proofs_check.soundness.random_terms.vocabulary import FIXED, NORMAL, RANDOM, A, B
from proofs_check.soundness.random_terms.world import World
from proofs_check.soundness.semantics.value import free_indices
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind, closed, compare
from theory.language.substitution import Family
from theory.language.terms import OUTCOME, REAL, THE_OUTCOME, ZERO, Letter, Term

_SOURCES = ("square", "real_power_is_nonnegative", "weakened", "added", "whole_power", "identity", "same_difference")
_KINDS = (Kind.EQUAL, Kind.AT_MOST, Kind.LESS)


def some_theorem(w: World, *names: str) -> Any:
    """A theorem by one of a few rules."""
    for _ in range(20):
        try:
            return GENERATORS[w.random.choice(names or _SOURCES)](w)
        except StatementError:
            continue
    return w.signed()


def of_all_numbers(w: World) -> tuple[Formula, list[Term]]:
    """A formula that is true for all values of a number, and the variables that it is meant for all values of."""
    t = w.entry(FIXED[0])
    u, v = w.leaf(), w.leaf()
    if w.odds(0.3):
        formula = compare(
            terms.multiply(t, terms.add(u, v)), Kind.EQUAL, terms.add(terms.multiply(t, u), terms.multiply(v, t))
        )
    else:
        whole = terms.power(terms.add(terms.multiply(t, u), v), 2)
        formula = w.choice(compare(ZERO, Kind.AT_MOST, whole), compare(ZERO, Kind.LESS, terms.add(whole, terms.ONE)))
    return formula, [t, *free_indices(*formula.terms)]


def never_a_normal_number(w: World) -> tuple[Formula, list[Term]]:
    """`t != g`, for all numbers `t` and almost all outcomes."""
    w.kind = "normal"
    t = w.entry(FIXED[0])
    random = w.choice(w.entry(NORMAL[0]), terms.add(w.entry(NORMAL[0]), w.entry(FIXED[1])))
    return compare(t, Kind.DIFFERENT, random), [t, THE_OUTCOME]


@generator
def assume(w: World) -> Any:
    formula = w.ordered().conclusion if w.odds(0.7) else compare(w.term(), w.choice(*_KINDS), w.term())
    return w.rules["assume"](formula if w.odds(0.2) else closed(formula, *free_indices(*formula.terms)))


@generator
def at(w: World) -> Any:
    draw = w.random.random()
    if draw < 0.4:
        formula, variables = of_all_numbers(w)
    elif draw < 0.5:
        formula, variables = never_a_normal_number(w)
    else:
        formula = w.ordered().conclusion
        variables = free_indices(*formula.terms)
        w.random.shuffle(variables)
    theorem = w.rules["assume"](closed(formula, *variables))
    count = w.random.randint(0, len(variables))
    return w.rules["at"](theorem, *(_value(w, one) for one in variables[:count]))


def _value(w: World, variable: Term) -> Term:
    if variable.sort == OUTCOME:
        return THE_OUTCOME
    if variable.sort == REAL:
        if w.kind == "normal":
            return w.entry(w.choice(NORMAL[0], FIXED[1]))
        w.chance = w.chance or w.odds(0.2)
        return w.term(1)
    return w.index(w.choice(A, B) if w.odds(0.05) else variable.sort)


@generator
def for_all(w: World) -> Any:
    if w.odds(0.1):
        formula, variables = never_a_normal_number(w)
        theorem = w.rules["at"](w.rules["assume"](closed(formula, *variables)), *variables)
    else:
        theorem = some_theorem(w)
        variables = free_indices(*theorem.conclusion.terms)
    letters = [w.entry(letter) for letter in FIXED[:3]]
    options = [*variables, *w.random.sample(letters, w.random.randint(0, 2))]
    if w.odds(0.05):
        options += options[:1]
    w.random.shuffle(options)
    return w.rules["for_all"](theorem, *options[: w.random.randint(1, 3)])


def about_a_chain(w: World) -> Any:
    """What the next entries of a family add up to, which are known now and then."""
    if w.odds(0.5):
        return some_theorem(w, "telescoping_sum", "telescoping_product")
    variable = terms.fresh(A)
    theorem = w.rules["telescoping_sum"](terms.entry(FIXED[3], variable), variable)
    said, chain = theorem.conclusion, terms.following(FIXED[3])
    if w.odds(0.7):
        letters = w.model.letters
        letters[FIXED[3]] = {place: letters[FIXED[0]] for place in letters[FIXED[3]] if place != (0,)}
    known = w.rules["assume"](Formula(Kind.EQUAL, (A,), (terms.entry(chain, terms.bound(0, A)), w.entry(FIXED[0]))))
    return w.rules["with_equal_sides"](theorem, *(w.rules["rewrite"](side, known) for side in (said.left, said.right)))


@generator
def instance(w: World) -> Any:
    if w.odds(0.1):
        formula, variables = never_a_normal_number(w)
        theorem = w.rules["at"](w.rules["assume"](closed(formula, *variables)), *variables)
        random = Family((), w.entry(NORMAL[0]))
        return w.rules["instance"](theorem, {FIXED[0]: random, FIXED[1]: Family((), w.leaf())})
    theorem = about_a_chain(w) if w.odds(0.2) else some_theorem(w)
    spoken = [one for one in (*FIXED, *RANDOM) if one in theorem.conclusion.free_letters()] or [FIXED[0]]
    values = {letter: family(w, letter) for letter in w.random.sample(spoken, min(len(spoken), w.choice(1, 2)))}
    return w.rules["instance"](theorem, values)


def family(w: World, letter: Letter) -> Family:
    """A family to put for a letter; now and then it depends on an outcome that it is not given."""
    chance, w.chance = w.chance, OUTCOME in letter.sorts or w.odds(0.1)
    body = w.term(1, letter.sorts)
    w.chance = chance
    return Family(letter.sorts, body)


@generator
def cut(w: World) -> Any:
    proved = some_theorem(w)
    free = free_indices(*proved.conclusion.terms)
    lemma = w.rules["for_all"](proved, *free) if free else proved
    lemma_formula = some_theorem(w).conclusion if w.odds(0.1) else lemma.conclusion
    again = w.rules["assume"](closed(lemma_formula, *free_indices(*lemma_formula.terms)))
    again = w.rules["at"](again, *free) if free and again.conclusion.prefix else again
    theorem = w.rules["added"](again, w.ordered())
    return w.rules["cut"](lemma, theorem)


@generator
def at_each_outcome(w: World) -> Any:
    w.chance = w.odds(0.1)
    theorem = about_a_chain(w) if w.odds(0.2) else some_theorem(w)
    if w.odds(0.3):  # by a hypothesis about the numbers that become random
        theorem = w.rules["whole_power"](w.signed(w.leaf(), (Kind.LESS, Kind.AT_MOST)), w.choice(1, 2, 3))
    elif w.odds(0.1):
        formula, variables = of_all_numbers(w)
        theorem = w.rules["at"](w.rules["assume"](closed(formula, *variables)), *(_value(w, one) for one in variables))
    count = w.random.randint(1, 4)
    return w.rules["at_each_outcome"](theorem, tuple(w.random.sample(FIXED, count)))


arguments(size_is_positive=lambda w: (w.choice(A, B),))
