"""The trials notice kernels that are wrong on purpose: a condition dropped, a range ignored, a variable captured."""

import io
from collections import Counter
from dataclasses import replace

import pytest
from rich.console import Console

from proofs_check.command_line.ledger_table import kernel_parts
from proofs_check.ledger.tasks import checked
from proofs_check.rules import rules
from proofs_check.soundness.trial import try_rule
from proofs_check.soundness.wrong_kernels import WRONG_KERNELS
from proofs_check.soundness.wrong_kernels.copies import kernel_copy
from proofs_check.soundness.wrong_kernels.score import judge_kernel
from proofs_check.soundness.wrong_kernels.tasks import kernel_tasks
from tests.effort import usually

COUNTS = Counter(wrong.rule for wrong in WRONG_KERNELS)
MANY = usually(1, thoroughly=len(WRONG_KERNELS))
"""Wrong versions of each rule that are tried; `sharpness verify --mutants` tries all."""


def test_every_rule_has_at_least_two_wrong_versions():
    assert set(COUNTS) == set(rules())
    assert min(COUNTS.values()) >= 2
    assert len({(wrong.rule, wrong.name) for wrong in WRONG_KERNELS}) == len(WRONG_KERNELS)


@pytest.mark.slow
@pytest.mark.parametrize("rule", sorted(COUNTS))
def test_every_wrong_version_of_a_rule_is_noticed(rule):
    judged = [judge_kernel(wrong) for wrong in [one for one in WRONG_KERNELS if one.rule == rule][:MANY]]
    assert [one.name for one in judged if not one.killed] == []
    assert all(one.counterexample for one in judged)
    assert not any(" at 0x" in one.counterexample for one in judged)  # which would be another in every run


def test_a_copy_without_changes_is_sound():
    copy = kernel_copy()
    assert set(copy) == set(rules())
    assert copy["identity"] is not rules()["identity"]
    assert not try_rule("identity", copy, "0", 100).violation


def test_a_change_that_no_longer_fits_is_an_error():
    wrong = replace(WRONG_KERNELS[0], changes=(("what stands nowhere", ""),))
    with pytest.raises(ValueError, match="0 places in"):
        kernel_copy(wrong)
    with pytest.raises(ValueError, match="0 functions"):
        kernel_copy(replace(wrong, function="nothing"))


def test_the_score_is_shown_rule_by_rule(tmp_path, monkeypatch):
    monkeypatch.setenv("SHARPNESS_CACHE", str(tmp_path))
    tasks = [task for task in kernel_tasks() if task.configuration["id"] in ("numbers", "square")]
    records = checked(tasks, 1)
    alive = [{**records[0], "kernels": [{**records[0]["kernels"][0], "killed": False}]}]
    shown, survived = (text(kernel_parts(some, verbose=True)) for some in (records, alive))
    assert "4 of 4 unsound kernels noticed" in shown
    assert "is false in a model" in shown
    assert "0 of 1 unsound kernels noticed" in survived
    assert f"alive: numbers, {records[0]['kernels'][0]['name']}" in survived
    assert kernel_parts([], verbose=False) == []


def text(parts):
    console = Console(file=io.StringIO(), width=200)
    for part in parts:
        console.print(part)
    return console.file.getvalue()
