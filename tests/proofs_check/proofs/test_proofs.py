"""Every proof as a whole: no step can go, no fact can be made up, no wrong statement passes."""

from dataclasses import replace
from itertools import islice

import pytest
from flint import fmpq
from sympy import Integer, Sum, Symbol

from proofs_check.engine.proof import Outcome, Step, check_proof, fact
from proofs_check.engine.trusted_base import TRUSTED_BASE
from proofs_check.instances.instance import Instance
from proofs_check.ledger.tasks import checked, ledger_tasks
from proofs_check.ledger.verification import instances_of, verify
from proofs_check.methods.combination import Combination, identity
from proofs_check.mutants import without_hypothesis
from proofs_check.proofs import proof_of
from tests.effort import usually
from tests.proofs_check.proofs.searched_once import reading_once, remembering
from theory.errata import all_errata
from theory.errors import StatementError
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import Relation, at_most, equal, less
from theory.language.statement import Statement
from theory.printing.relations import latex_of
from theory.statements import all_statements, statement

EVERY_STATEMENT = list(all_statements())


@pytest.fixture(scope="module", params=usually(EVERY_STATEMENT[::4], thoroughly=EVERY_STATEMENT))
def established(request):
    """A statement, and what was found for its steps: the tests of a statement run one after the other and share it.

    As a rule every fourth one; that some claim rests on each step is seen of all by `verify`, and of wrong versions of
    all by `verify --mutants`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("proofs_check.engine.proof.read", reading_once())
        yield statement(request.param), {}


@pytest.fixture
def steps(established):
    given, found = established
    return remembering(proof_of(given), found)


@pytest.mark.slow
def test_every_step_is_needed(established, steps):
    given, _ = established
    whole, _, _ = check_proof(given, steps)
    assert set(whole.values()) == {Outcome.PROVED}
    for position, step in enumerate(steps):
        claims, _, _ = check_proof(given, steps[:position] + steps[position + 1 :])
        assert Outcome.OPEN in claims.values(), f"{given.id} is proved without its step {step.id!r}"


@pytest.mark.slow
def test_a_step_that_says_something_else_proves_nothing(established, steps):
    """Each step with its relation shifted must fail, or leave the statement open."""
    given, _ = established
    for position, step in enumerate(steps):
        shifted = replace(step, claim=Relation(step.claim.left + 1, step.claim.sense, step.claim.right))
        claims, _, _ = check_proof(given, [*steps[:position], shifted, *steps[position + 1 :]])
        assert Outcome.OPEN in claims.values(), f"{given.id}: the step {step.id!r} passes with 1 added"


@pytest.mark.slow
def test_the_claims_are_false_when_strengthened(established):
    """`left + 1000 <= right`, and so on: the checks at exact instances must see it."""
    given, found = established
    few = list(islice(instances_of(given), 5))
    for name, claim in given.claims.items():
        wrong = replace(given, claims={**given.claims, name: Relation(claim.left + 10**9, claim.sense, claim.right)})
        record = verify(wrong, remembering(proof_of(wrong), found), lambda _: iter(few), real_data=False)
        assert record.outcome is Outcome.REFUTED, f"{given.id}, {name}: {record.reason}"
        assert not record.proved


x, y = Symbol("x", real=True), Symbol("y", real=True)


def small(claim, **hypotheses):
    return Statement("small", "", "", hypotheses, {"claim": claim})


def outcome_of(given, *steps):
    claims, records, _ = check_proof(given, list(steps))
    return claims["claim"], records[-1].reason


def test_a_wrong_combination_is_refused():
    claim = at_most(2 * x * y, x**2 + y**2)
    assert outcome_of(small(claim), Step("claim", claim, Combination((x - y) ** 2)))[0] is Outcome.PROVED
    assert outcome_of(small(claim), Step("claim", claim, Combination((x + y) ** 2)))[0] is Outcome.OPEN
    outcome, reason = outcome_of(small(claim), Step("claim", claim, Combination(x**2 - 2 * x * y + y**2)))
    assert outcome is Outcome.OPEN
    assert "form" in reason


def test_a_combination_of_zero_does_not_prove_a_strict_relation():
    claim = less(x, x)
    assert outcome_of(small(claim), Step("claim", claim, Combination(0)))[0] is Outcome.OPEN


def test_an_equality_cannot_be_proved_from_an_inequality():
    claim = equal(x, y)
    given = small(claim, between=at_most(x, y))
    assert outcome_of(given, Step("claim", claim, Combination(fact("between"))))[0] is Outcome.OPEN
    assert outcome_of(given, Step("claim", claim, identity("between")))[0] is Outcome.OPEN


def test_a_fact_that_is_not_established_proves_nothing():
    claim = at_most(0, x)
    outcome, reason = outcome_of(small(claim), Step("claim", claim, Combination(fact("nowhere"))))
    assert outcome is Outcome.OPEN
    assert "nowhere" in reason


def test_a_claim_cannot_rest_on_itself():
    claim = at_most(0, x)
    assert outcome_of(small(claim), Step("claim", claim, Combination(fact("claim"))))[0] is Outcome.OPEN


def test_another_relation_under_the_claims_name_does_not_count():
    claim = at_most(0, x)
    trivial = at_most(0, x**2)
    assert outcome_of(small(claim), Step("claim", trivial, Combination(x**2)))[0] is Outcome.OPEN


def test_an_index_put_in_is_not_captured_by_a_sum_in_the_fact():
    """x_i = sum_j A_ij at i = j is not the trace."""
    size = Symbol("m", integer=True, positive=True)
    i, j, k = (Symbol(name, integer=True, positive=True) for name in "ijk")
    axis = Axis(size, "ij")
    vector, matrix = (IndexedArray.named(*one).expression.base for one in (("x", axis), ("A", axis, axis)))
    rows = equal(vector[i], Sum(matrix[i, j], (j, 1, size)))
    trace = equal(vector[j], Sum(matrix[k, k], (k, 1, size)))
    assert outcome_of(small(trace, rows=rows), Step("claim", trace, Combination(fact("rows", j))))[0] is Outcome.OPEN
    row = equal(vector[j], Sum(matrix[j, k], (k, 1, size)))
    assert outcome_of(small(row, rows=rows), Step("claim", row, Combination(fact("rows", j))))[0] is Outcome.PROVED


def test_a_definition_that_leads_back_to_itself_is_refused():
    claim = equal(x, y)
    given = small(claim, round=equal(x, x + 1))
    outcome, reason = outcome_of(given, Step("claim", claim, identity("round")))
    assert outcome is Outcome.OPEN
    assert "does not end" in reason


def test_letters_must_be_real():
    with pytest.raises(StatementError, match="real=True"):
        small(equal(Symbol("z") ** 2, 1))


def test_an_instance_outside_a_declared_domain_does_not_count():
    p = Symbol("p", positive=True)
    given = small(less(0, p))
    seen = [Instance({p: fmpq(-1)})]
    record = verify_with(given, seen)
    assert record.outcome is Outcome.VACUOUS
    assert verify_with(given, [Instance({p: fmpq(1)})]).instances == 1


def verify_with(given, instances):
    """The statement's record with steps and instances of its own; the file of another statement's proof is not used."""
    steps = [Step("claim", given.claims["claim"], Combination(given.claims["claim"].right))]
    return verify(replace(given, id="def-4.1"), steps, lambda _: iter(instances), real_data=False)


def test_two_facts_of_one_name_are_an_error():
    claim = at_most(0, x**2)
    step = Step("claim", claim, Combination(x**2))
    with pytest.raises(StatementError, match="two facts"):
        check_proof(small(claim), [step, step])


@pytest.mark.slow
def test_an_unneeded_hypothesis_is_not_needed_but_a_needed_one_is():
    given = without_hypothesis(statement("thm-4.3"), "nonzero-labels")
    record = verify(given, real_data=False)
    assert not record.proved
    assert record.outcome is Outcome.OPEN


def test_vacuous_hypotheses_are_seen():
    given = statement("def-4.1")
    impossible = replace(given, hypotheses={**given.hypotheses, "impossible": less(Integer(1), Integer(0))})
    assert verify(impossible, real_data=False).outcome is Outcome.VACUOUS


def records_of(*identifiers):
    """Rows of the ledger; what was checked before, with every source as it is now, is read."""
    return checked(ledger_tasks(identifiers, latex_of), jobs=1)


@pytest.mark.slow
@pytest.mark.parametrize("identifier", [*EVERY_STATEMENT, *all_errata()])
def test_every_record_is_proved_or_a_refuted_erratum(identifier):
    (record,) = records_of(identifier)
    assert record["outcome"] == ("refuted" if identifier in all_errata() else "proved"), record
    if identifier not in all_errata():
        assert record["instances"] > 0
        assert record["steps"], "no claim is proved by nothing"
        assert set(record["axioms"]) <= TRUSTED_BASE.keys()
        assert all(step["scope"] == "all sizes" for step in record["steps"] if step["method"] != "enclosure")


def test_the_trusted_base_is_small_and_referenced():
    assert len(TRUSTED_BASE) <= 8
    for axiom in TRUSTED_BASE.values():
        assert axiom.statement.count(". ") == 0, "one sentence"
        assert axiom.reference


@pytest.mark.slow
def test_no_axiom_lies_unused():
    assert {axiom for record in records_of(*EVERY_STATEMENT) for axiom in record["axioms"]} == TRUSTED_BASE.keys()


def test_an_unknown_id_names_those_that_are_near():
    with pytest.raises(StatementError, match=r"thm-5\.9"):
        ledger_tasks(("thm-9.9",))
    assert ("statement", "thm-4.3") in [(c["kind"], c["id"]) for c in (task.configuration for task in ledger_tasks())]
