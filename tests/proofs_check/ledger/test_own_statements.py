"""Statements that are false, and true ones in other words, as a user of the tool brings them.

As a rule a few of each kind are tried; all of them with HYPOTHESIS_PROFILE=thorough, for some ten minutes.
"""

from importlib import import_module

import pytest

from proofs_check.engine.proof import Outcome
from proofs_check.ledger.own_statement import verify_own
from tests.effort import usually
from tests.proofs_check.false_statements import FILES
from tests.proofs_check.true_rewordings import all_rewordings

FEW = 2


def chosen(statements):
    """A few that are spread over the whole."""
    every = list(statements)
    few = every[(len(every) - 1) // (2 * FEW) :: len(every) // FEW][:FEW]
    return usually(few, thoroughly=every)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_no_false_statement_is_proved_and_most_have_a_counterexample(name):
    cases = chosen(import_module(f"tests.proofs_check.false_statements.{name}").false())
    records = {label: verify_own(statement) for label, statement in cases}
    assert [label for label, record in records.items() if record.outcome is Outcome.PROVED] == []
    refuted = [record for record in records.values() if record.outcome is Outcome.REFUTED]
    assert all(" is false" in record.reason and " for " in record.reason for record in refuted)
    assert all(record.reason for record in records.values())
    assert len(refuted) >= 0.8 * len(records), {label: record.reason for label, record in records.items()}


@pytest.mark.slow
def test_what_is_true_in_other_words_is_proved():
    records = {label: verify_own(statement) for label, statement in chosen(all_rewordings())}
    open_ = {label: record.reason for label, record in records.items() if record.outcome is not Outcome.PROVED}
    assert len(open_) <= 0.2 * len(records), open_
