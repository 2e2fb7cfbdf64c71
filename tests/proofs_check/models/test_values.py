"""Values in the models of the search, against the evaluator that judges the rules and shares no code with it."""

from flint import arb, fmpq
from hypothesis import assume, event, given

from proofs_check.models.quotient import Undefined
from proofs_check.models.values import value
from proofs_check.soundness.semantics.judge import judge
from proofs_check.soundness.semantics.truth import Truth
from proofs_check.soundness.semantics.value import value as judged_value
from tests.proofs_check.models.random_terms import both_models, random_terms
from theory.language.definedness import conditions
from theory.language.formulas import Kind, compare
from theory.language.terms import ZERO


@given(random_terms(roots=True), both_models())
def test_a_term_has_a_value_where_its_conditions_hold_and_nowhere_else(term, models):
    mine, other = models
    held = [judge(one.formula, other) for one in conditions(compare(ZERO, Kind.EQUAL, term))]
    assume(Truth.UNDECIDED not in held)
    try:
        found = value(term, mine)
    except Undefined:
        event("undefined")
        assert Truth.VIOLATED in held
        return
    event("defined")
    assert Truth.VIOLATED not in held
    expected = judged_value(term, other)
    exact = isinstance(found, fmpq) and isinstance(expected, fmpq)
    assert found == expected if exact else arb(found).overlaps(arb(expected))
