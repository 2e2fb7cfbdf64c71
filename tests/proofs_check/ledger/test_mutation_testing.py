"""Wrong versions of statements that nobody wrote: each is refused, refuted, open, or true all the same."""

import sys
from collections import Counter
from contextlib import suppress

import pytest
from sympy import Symbol

from proofs_check.ledger import mutation_testing
from proofs_check.ledger.mutation_testing import judge_mutants
from proofs_check.mutants import mutants_of
from proofs_check.mutants.expressions import CHANGES
from tests.effort import usually
from theory.errors import ShapeError, StatementError
from theory.language.checking import checked
from theory.language.expression_reader import Reader
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import Relation, equal
from theory.language.statement_reader import Readings
from theory.language.unknown_functions import UnknownFunction
from theory.statements import all_statements, statement

SMALL = ("own-balanced-blow-up", "def-e.3", "lem-b.2", "def-4.1")


@pytest.mark.slow
@pytest.mark.parametrize("identifier", usually(SMALL, thoroughly=tuple(all_statements())))
def test_no_mutant_is_proved_and_refuted(identifier):
    judged = judge_mutants(statement(identifier))
    assert len(judged) > 5
    assert [one for one in judged if one.outcome == "unsound"] == []
    assert all(one.reason for one in judged if one.outcome in ("refused", "refuted"))


@pytest.mark.slow
@pytest.mark.parametrize("identifier", usually(("own-balanced-blow-up", "lem-b.2"), thoroughly=tuple(all_statements())))
def test_no_exchange_of_one_axis_for_another_passes(identifier):
    """All of them: over all statements some 4,000, of which five in six are no well formed statements."""
    exchanged = [one for one in mutants_of(statement(identifier), sys.maxsize) if one.kind == "axis"]
    judged = judge_mutants(statement(identifier), exchanged)
    assert {one.outcome for one in judged} <= {"refused", "refuted", "open"}


@pytest.mark.slow
def test_a_prover_that_proves_everything_is_noticed(monkeypatch):
    monkeypatch.setattr(mutation_testing._Judge, "_proved", lambda *_: True)
    assert any(one.outcome == "unsound" for one in judge_mutants(statement("own-balanced-blow-up")))


@pytest.mark.slow
def test_every_kind_is_made_of_some_statement():
    kinds = Counter(mutant.kind for one in all_statements().values() for mutant in mutants_of(one, 1))
    own = {"sense", "hypothesis left out", "random letter not listed", "domain widened"}
    assert kinds.keys() == {*CHANGES, *own}
    assert min(kinds.values()) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("identifier", usually(("thm-4.3", "lem-b.3", "thm-5.7"), thoroughly=tuple(all_statements())))
def test_a_part_of_an_axis_is_no_range_of_a_statement(identifier):
    for mutant in mutants_of(statement(identifier)):
        if mutant.kind == "range":
            with pytest.raises((StatementError, ShapeError)):
                checked(mutant.statement())


def as_read(version, *readings):
    """All that reading a statement gives, or how it is refused."""
    try:
        given = checked(version, *readings)
    except StatementError as error:
        return str(error)
    return dict(given.hypotheses), dict(given.domains), dict(given.claims), given.reader


@pytest.mark.slow
@pytest.mark.parametrize(
    "identifier", usually(("thm-4.6", "lem-b.3", "own-balanced-network"), thoroughly=tuple(all_statements()))
)
def test_what_versions_have_in_common_is_read_once_and_means_the_same(identifier):
    readings = Readings()
    as_read(statement(identifier), readings)
    parts = len(readings.kept)
    for mutant in mutants_of(statement(identifier)):
        with suppress(StatementError, ShapeError, ZeroDivisionError):
            version = mutant.statement()
            assert as_read(version, readings) == as_read(version)
    assert 4 * len(readings.kept) < parts * len(mutants_of(statement(identifier)))


def test_a_wider_letter_leaves_alone_what_does_not_speak_of_it():
    true = statement("thm-5.7")
    relations = {n: one for n, one in {**true.hypotheses, **true.claims}.items() if isinstance(one, Relation)}
    for mutant in (one for one in mutants_of(true) if one.kind == "domain widened"):
        letter, version = mutant.name.split()[0], mutant.statement()
        spoken = {n: letter in map(str, (one.left - one.right).atoms(Symbol)) for n, one in relations.items()}
        changed = {n: {**version.hypotheses, **version.claims}[n] is not one for n, one in relations.items()}
        assert changed == spoken
        assert len(set(spoken.values())) == 2


N, K, i = (Symbol(name, integer=True, positive=True) for name in "NKi")
EVEN_K = Symbol("K", integer=True, positive=True, even=True)
A = IndexedArray.named("a", Axis(N, "i"))
CLASHES = (
    (Symbol("x", real=True), Symbol("x", positive=True), "two letters are called x"),
    (A.at(i), i, "i is an index and a number"),
    (i, A.at(i), "i is an index and a number"),
    (IndexedArray.named("b", Axis(K, "k")).at(1), A.at(EVEN_K), "K is an index and a number"),
    (A.total(), IndexedArray.named("b", Axis(i, "k")).at(1), "i is bound and the size of an axis"),
    (type("f", (UnknownFunction,), {})(N), type("f", (UnknownFunction,), {})(N), "two functions are called f"),
)


@pytest.mark.parametrize(("first", "second", "message"), CLASHES)
def test_what_contradicts_what_was_read_before_is_refused_with_its_own_words(first, second, message):
    readings, relations = Readings(), [equal(one, 1) for one in (first, second)]
    for one in relations:
        readings(one, Reader())
    reader = Reader()
    readings(relations[0], reader)
    with pytest.raises(StatementError, match=message):
        readings(relations[1], reader)
