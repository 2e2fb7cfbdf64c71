"""What a target is, and how the targets of the folder `targets` are found."""

from __future__ import annotations

import functools
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from numerics.discovery import defined_in
from numerics.reproduce.reproduction import Reproduction
from numerics.work.processes import Workers
from numerics.work.store import Store
from numerics.work.task import Arrays, Task
from theory.did_you_mean import did_you_mean
from theory.errors import ParameterError

if TYPE_CHECKING:
    from numerics.figures.panels import Panel


@dataclass(frozen=True)
class Report:
    """What a target found.

    Attributes:
        record: everything, as JSON values: what the target is, its numbers, and the comparison with the paper.
        text: the same for people, in Markdown.
        panels: what its figure shows; none for a table.
    """

    record: Mapping[str, Any]
    text: str
    panels: Sequence[Panel] = field(default=())


class Target(ABC):
    """One table or figure.

    Attributes:
        name: what people type, such as `table-3`.
        title: one line.
    """

    name: str
    title: str

    @abstractmethod
    def tasks(self, reproduction: Reproduction) -> list[Task]:
        """Give every task whose result the report needs."""

    @abstractmethod
    def report(self, reproduction: Reproduction, results: Sequence[Arrays]) -> Report:
        """Make the report from the results of the tasks, in their order."""


@functools.cache
def all_targets() -> Mapping[str, Target]:
    """Every target by its name, tables before figures, in the order of the paper.

    Examples:
        >>> list(all_targets())[:3]
        ['table-1', 'table-2', 'table-3']
    """
    found: dict[str, Target] = defined_in("numerics.reproduce.targets", "TARGET", lambda target: target.name)
    return dict(sorted(found.items(), key=lambda item: _place(item[0])))


def chosen(names: Sequence[str]) -> list[Target]:
    """Give the targets with these names, each once; `all` gives every one.

    Raises:
        ParameterError: a name that no target has.
    """
    wanted: dict[str, Target] = {}
    for name in names:
        if name == "all":
            wanted.update(all_targets())
        elif name in all_targets():
            wanted[name] = all_targets()[name]
        else:
            others = f"; give {', '.join(all_targets())} or all"
            near = did_you_mean(name, [*all_targets(), "all"])
            raise ParameterError(f"there is no target {name!r}{others}{near}")
    return list(wanted.values())


def reports(
    chosen: Sequence[Target], reproduction: Reproduction, workers: Workers, store: Store, **how: Any
) -> list[Report]:
    """The report of each target from the results of its tasks; `how` is what `Reproduction.results` takes."""
    tasks = [target.tasks(reproduction) for target in chosen]
    results = reproduction.results(tasks, workers, store, **how)
    return [target.report(reproduction, found) for target, found in zip(chosen, results, strict=True)]


def _place(name: str) -> tuple[int, int, str]:
    kind, _, number = name.partition("-")
    first = re.match(r"\d+", number)
    order = {"table": 0, "figure": 1}.get(kind, 2)
    return order, int(first.group()) if first else 0, name
