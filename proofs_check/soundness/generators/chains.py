"""Random instances of the rules for chains, and of what looks like them."""

from __future__ import annotations

from typing import Any

from proofs_check.soundness.generators.registry import arguments, generator
from proofs_check.soundness.random_terms.random_models import random_number
from proofs_check.soundness.random_terms.vocabulary import FIXED, INDICES, RANDOM, A, B
from proofs_check.soundness.random_terms.world import World
from proofs_check.soundness.semantics.value import evaluation
from theory.language import terms
from theory.language.formulas import Kind, compare
from theory.language.terms import ONE, ZERO, Letter, Term, add, entry, multiply

X, Y, _, _A, _B, _, _D, _E = FIXED


def _handed_on(w: World, variable: Term) -> Term:
    """A term in which an index stands at the first place of families, and seldom at another one too."""
    j, k = INDICES[A][1], w.index(B)
    parts = [
        *(entry(_A, variable), entry(_A, variable), entry(_B, variable), entry(_D, variable, k)),
        *(entry(_E, variable, j), entry(_E, variable, terms.end(A)), w.term(1)),
        terms.total(B, terms.power(entry(_D, variable, terms.bound(0, B)), 2)),
    ]
    if w.odds(0.3):
        parts += [
            *(entry(_E, variable, variable), entry(_E, j, variable), entry(terms.following(_A), variable)),
            *(terms.delta(variable, j), entry(Letter("b", (A,), "weight"), variable)),
            entry(RANDOM[2], terms.THE_OUTCOME, variable),
        ]
    first, second, third = (w.random.choice(parts) for _ in range(3))
    made: Term = w.choice(first, add(first, second), multiply(first, second), add(multiply(first, second), third))
    return made


def _term_and_index(w: World) -> tuple[Term, Term]:
    variable = terms.first(A) if w.odds(0.05) else INDICES[A][0]
    return _handed_on(w, variable), variable


arguments(telescoping_sum=_term_and_index, telescoping_product=_term_and_index)


@generator
def handed_back(w: World) -> Any:
    """`a(i) + s <= 0`, or `< 0`, in a model where all that is needed holds, or all but one thing."""
    w.chance, kind = False, w.choice(Kind.AT_MOST, Kind.LESS)
    i, left_out = INDICES[A][0], w.choice("bound", "sign", "end", "", "", "")
    rest, factor = w.choice(ZERO, entry(X)), w.choice(entry(_B, i), entry(terms.following(_B), i), entry(Y), ONE)
    if left_out != "sign" and w.odds(0.8):
        factor = terms.power(factor, 2)
    _fill(w, factor, rest, left_out)
    term, following, last = (
        add(entry(letter, place), rest)
        for letter, place in ((_A, i), (terms.following(_A), i), (terms.following(_A), terms.end(A)))
    )
    shown = {
        "bound": compare(term, Kind.AT_MOST, multiply(factor, following)),
        "sign": compare(ZERO, kind if w.odds(0.9) else Kind.AT_MOST, factor),
        "end": compare(last, kind, ZERO),
    }
    other = w.rules["numbers"](ZERO, kind, ONE)
    theorems = [other if name == left_out else w.given(said) for name, said in shown.items()]
    return w.rules["handed_back"](term, factor, i, *theorems, w.odds(0.5))


def _fill(w: World, factor: Term, rest: Term, left_out: str) -> None:
    """Give `a` its entries, from the end on."""
    model, i = w.model, INDICES[A][0]
    size, added = model.sizes["A"], evaluation(rest)(model, {}, ())
    value = abs(random_number(w.random)) * (1 if left_out == "end" else -1)
    values = {(size,): value - added}
    for place in reversed(range(size)):
        value = evaluation(factor)(model, {i: place}, ()) * value - w.choice(0, abs(random_number(w.random)))
        value = random_number(w.random) if left_out == "bound" else value
        values[place,] = value - added
    model.letters[_A] = values
