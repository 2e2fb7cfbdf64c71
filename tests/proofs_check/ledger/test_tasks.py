"""What was checked before is read if it is whole and nothing has changed, and else checked again."""

import pytest

from proofs_check.ledger.tasks import checked, ledger_tasks, mutant_tasks
from tests.numerics.work.damages import DAMAGES


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SHARPNESS_CACHE", str(tmp_path))
    return tmp_path


def _without_time(record):
    return {name: value for name, value in record.items() if name != "seconds"}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_record_counts_as_not_there(cache, damage):
    tasks = ledger_tasks(("err-4.4",))
    (first,) = checked(tasks, 1)
    (again,) = checked(tasks, 1)
    assert (first["kept"], again["kept"]) == (False, True)
    assert {**again, "kept": False} == first
    (path,) = cache.rglob("*.result")
    damage(path)
    (anew,) = checked(tasks, 1)
    assert _without_time(anew) == _without_time(first)
    assert checked(tasks, 1)[0] == {**anew, "kept": True}


@pytest.mark.slow
def test_every_task_has_a_key_of_its_own():
    tasks = [*ledger_tasks(), *mutant_tasks(), *ledger_tasks(printed=repr)]
    assert len({task.key for task in tasks}) == len(tasks)


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(cache):
    (cache / "ledger").write_text("no folder")
    assert [record["kept"] for _ in range(2) for record in checked(ledger_tasks(("err-4.4",)), 1)] == [False, False]
