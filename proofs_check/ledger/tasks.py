"""Check many statements: on several processes, with results kept by content."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

from proofs_check.ledger import cache
from proofs_check.ledger.mutation_testing import judge
from proofs_check.ledger.verification import Printed, refute, verify
from proofs_check.mutants import mutants_of
from theory.errata import all_errata
from theory.errors import StatementError
from theory.statements import all_statements, statement

Record = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One thing to check: `statement`, `erratum` or `mutants`, and the id that it is about."""

    kind: str
    id: str


def ledger_tasks(identifiers: tuple[str, ...] = ()) -> list[Task]:
    """Tasks for the named statements and errata, or for all of them.

    Raises:
        StatementError: an id that nothing has.
    """
    if not identifiers:
        return [Task("statement", i) for i in all_statements()] + [Task("erratum", i) for i in all_errata()]
    return [Task("erratum", i) if i in all_errata() else Task("statement", statement(i).id) for i in identifiers]


def mutant_tasks(identifiers: tuple[str, ...] = ()) -> list[Task]:
    """Tasks for the mutants of the named statements, or of all of them."""
    return [Task("mutants", statement(i).id) for i in identifiers or all_statements()]


def run(tasks: list[Task], jobs: int, fresh: bool, printed: Printed) -> Iterator[tuple[Task, Record, bool]]:
    """Yield each task with its record as it ends, and whether the record was kept from before.

    Args:
        tasks: what to check.
        jobs: number of processes.
        fresh: check everything anew.
        printed: how the records' relations are printed.
    """
    waiting = []
    for task in tasks:
        kept = None if fresh else cache.load(_key(task, printed))
        if kept is None:
            waiting.append(task)
        else:
            yield task, kept, True
    if jobs == 1 or len(waiting) <= 1:
        for task in waiting:
            yield task, perform(task, printed), False
        return
    with ProcessPoolExecutor(min(jobs, len(waiting))) as pool:
        futures = {pool.submit(perform, task, printed): task for task in waiting}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result(), False
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def perform(task: Task, printed: Printed) -> Record:
    """Do one task and keep its record."""
    if task.kind == "statement":
        record = verify(statement(task.id)).as_json(printed)
    elif task.kind == "erratum":
        record = refute(all_errata()[task.id]).as_json(printed)
    elif task.kind == "mutants":
        judged = [judge(mutant) for mutant in mutants_of(statement(task.id))]
        record = {"id": task.id, "mutants": [mutant.as_json() for mutant in judged]}
    else:
        raise StatementError(f"no such kind of task: {task.kind}")
    cache.store(_key(task, printed), record)
    return record


def _key(task: Task, printed: Printed) -> str:
    depends = () if task.kind == "erratum" else _closure(task.id)
    return f"{task.kind}-{printed.__qualname__}-{cache.key(task.id, depends)}"


def _closure(identifier: str) -> tuple[str, ...]:
    """Ids of all statements that a proof draws on, directly or not."""
    found: set[str] = set()
    waiting = list(statement(identifier).depends)
    while waiting:
        item = waiting.pop()
        if item not in found:
            found.add(item)
            waiting.extend(statement(item).depends)
    return tuple(sorted(found))
