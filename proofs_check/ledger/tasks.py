"""Check many statements, side by side; what was checked before with the same sources and libraries is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from numerics.work.perform import sweep
from numerics.work.processes import LocalWorkers
from numerics.work.progress import Ended, unheard
from numerics.work.source_version import source_version
from numerics.work.store import Store, cache_folder
from numerics.work.task import Arrays, Task, packed, unpacked
from proofs_check.ledger.mutation_testing import judge_mutants
from proofs_check.ledger.verification import Printed, refute, verify
from theory.errata import all_errata
from theory.language.statement import file_name
from theory.statements import all_statements, statement

Record = dict[str, Any]

ONE_FILE_EACH = (
    "theory.statements",
    "theory.errata",
    "proofs_check.proofs",
    "proofs_check.witnesses",
)
"""Packages with one file for each statement or erratum."""
PICKED_FROM = (*ONE_FILE_EACH, "numerics.data.known_sources")
"""And those of which a proof's key has what is imported by name: no proof loads data by what a user writes."""


def ledger_tasks(identifiers: Sequence[str] = (), printed: Printed = str) -> list[Task]:
    """Tasks for the named statements and errata, or for all of them.

    Args:
        identifiers: which; none for all.
        printed: a module's function that prints the records' relations.

    Raises:
        StatementError: an id that nothing has.
    """
    wanted = identifiers or (*all_statements(), *all_errata())
    kinds = ["erratum" if i in all_errata() else "statement" for i in wanted]
    return [_task(kind, i, printed) for kind, i in zip(kinds, wanted, strict=True)]


def mutant_tasks(identifiers: Sequence[str] = ()) -> list[Task]:
    """Tasks for the mutants of the named statements, or of all of them."""
    return [_task("mutants", i, str) for i in identifiers or all_statements()]


def checked(
    tasks: Sequence[Task], jobs: int | None = None, *, fresh: bool = False, ended: Ended = unheard
) -> list[Record]:
    """Give the record of every task, in their order; `kept` in it says whether it is that of an earlier check.

    Args:
        tasks: what to check.
        jobs: number of processes; None for one on every core.
        fresh: check everything anew.
        ended: told of every task that ends.
    """
    before: dict[str, bool] = {}

    def note(task: Task, kept: bool) -> None:
        before[task.key] = kept
        ended(task, kept)

    store = Store(cache_folder("ledger"), needed=False)
    results = sweep(tasks, LocalWorkers(jobs), store, fresh=fresh, ended=note)
    return [{**unpacked(result), "kept": before[task.key]} for task, result in zip(tasks, results, strict=True)]


def of_kind(kind: str, tasks: Sequence[Task], records: Sequence[Record]) -> list[Record]:
    """Give the records of one kind of task."""
    return [record for task, record in zip(tasks, records, strict=True) if task.configuration["kind"] == kind]


def check(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Check one thing, as a task: the `statement`, `erratum` or `mutants` of an id."""
    kind, identifier = configuration["kind"], configuration["id"]
    module, name = configuration["printed"]
    printed = getattr(import_module(module), name)
    if kind == "statement":
        return packed(verify(statement(identifier)).as_json(printed))
    if kind == "erratum":
        return packed(refute(all_errata()[identifier]).as_json(printed))
    judged = judge_mutants(statement(identifier))
    return packed({"id": identifier, "mutants": [mutant.as_json() for mutant in judged]})


def _task(kind: str, identifier: str, printed: Printed) -> Task:
    """Make a task whose key changes with every source that its record depends on, and with no other statement's."""
    modules = (__name__, printed.__module__, *files_about(identifier))
    version = source_version(*modules, picked_from=PICKED_FROM)
    asked = {"kind": kind, "id": identifier, "printed": [printed.__module__, printed.__qualname__]}
    spec = find_spec(f"proofs_check.proofs.{file_name(identifier)}")
    length = Path(spec.origin).stat().st_size if spec is not None and spec.origin is not None else 0
    return Task(f"{__name__}:check", asked, "", cost=1.0 + length, version=version)  # a longer proof takes longer


def files_about(identifier: str) -> list[str]:
    """Modules about a statement or an erratum, and about all statements that its proof draws on, directly or not."""
    found: set[str] = set()
    waiting = [identifier]
    while waiting:
        item = waiting.pop()
        if item not in found:
            found.add(item)
            waiting.extend(() if item in all_errata() else statement(item).depends)
    every = [f"{package}.{file_name(item)}" for package in ONE_FILE_EACH for item in sorted(found)]
    return list(filter(find_spec, every))
