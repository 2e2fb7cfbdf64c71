"""What the search takes for a model, judged by the evaluator that shares no code with it."""

import itertools

import pytest
from flint import arb
from sympy import Rational, Symbol, exp

from proofs_check.models.search import Search
from proofs_check.soundness.semantics.judge import judge
from proofs_check.soundness.semantics.model import Model
from proofs_check.soundness.semantics.truth import Truth
from theory.language.formulas import Kind
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.language.statement_reader import read
from theory.statements import statement


def judged(found):
    """The same model, for the judge; None where it has balls."""
    letters = {}
    for letter, array in found.model.letters.items():
        if any(isinstance(entry, arb) for entry in array.flat):
            return None
        places = itertools.product(*(range(count) for count in array.shape))
        letters[letter] = {place: array[place] for place in places} if array.ndim else array[()]
    return Model(found.model.sizes, letters)


@pytest.mark.parametrize("identifier", ["def-4.1", "thm-4.3", "lem-b.1", "own-below-four", "rem-4.6-hard", "own-size"])
def test_every_hypothesis_holds_at_a_model_that_was_found(identifier):
    given = read(statement(identifier))
    search, seen = Search(given), 0
    for level in range(3):
        for found in itertools.islice(filter(None, search.at_level(level, 60)), 6):
            model = judged(found)
            if model is None:
                continue
            for name, formula in {**given.hypotheses, **given.domains}.items():
                if formula.kind in (Kind.TOP_EIGENVALUE, Kind.FLOW):
                    assert judge(formula, model) is not Truth.VIOLATED, name
                else:
                    assert judge(formula, model) is Truth.HOLDS, name
            seen += 1
    assert seen > 0


CHAIN = IndexedArray.chain("B", Axis(Symbol("L", integer=True, positive=True), "j"))
IS, DOUBLED = equal(CHAIN.at(1), exp(2)), equal(CHAIN.next, CHAIN * 2)
NEAR, NEXT_NEAR = (equal(CHAIN.at(place), place * Rational(739, 100)) for place in (1, 2))


def models_of(*given):
    said = Statement("own", "", "", {str(place): one for place, one in enumerate(given)}, {"claim": equal(CHAIN, 0)})
    return list(filter(None, Search(read(said)).at_level(0, 30)))


@pytest.mark.parametrize("given", [(IS, NEAR), (IS, DOUBLED, NEXT_NEAR), (IS, NEXT_NEAR, DOUBLED)])
def test_what_gave_no_entry_of_a_chain_does_not_hold_by_construction(given):
    assert not models_of(*given)
    assert not models_of(*reversed(given))


def test_what_gave_entries_of_a_chain_holds_by_construction():
    found = models_of(IS, DOUBLED)
    assert found
    assert all(one.by_construction == {"0", "1"} for one in found)
