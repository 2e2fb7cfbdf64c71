"""Wrong versions of statements that nobody wrote: each is refused, refuted, open, or true all the same."""

import sys
from collections import Counter

import pytest

from proofs_check.ledger import mutation_testing
from proofs_check.ledger.mutation_testing import judge_mutants
from proofs_check.mutants import mutants_of
from proofs_check.mutants.expressions import CHANGES
from tests.effort import usually
from theory.errors import ShapeError, StatementError
from theory.language.checking import checked
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
    monkeypatch.setattr(mutation_testing, "_proved", lambda *_: True)
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
