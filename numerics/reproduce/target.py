"""What a target is, and how the targets of the folder `targets` are found."""

from __future__ import annotations

import functools
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from numerics.discovery import defined_in
from numerics.reproduce.reproduction import Networks, Reproduction
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


@dataclass(frozen=True)
class Used:
    """What a target draws from.

    Attributes:
        data: keys of the data, or sources as `numerics.data.load` takes them.
        draws: random subsets of each size.
        seeds: of the subsets, the starts and the batches.
    """

    data: Sequence[str]
    draws: int
    seeds: Sequence[int]


@dataclass(frozen=True)
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

    @abstractmethod
    def used(self, reproduction: Reproduction) -> Used:
        """Say what the tasks draw from."""

    def follows(self, reproduction: Reproduction) -> Mapping[str, Collection[object]]:
        """Give the options of the command that it follows, each with those of its values that it makes use of."""
        return {}


@functools.cache
def all_targets() -> Mapping[str, Target]:
    """Every target by its name, tables before figures, in the order of the paper.

    Examples:
        >>> list(all_targets())[:3]
        ['table-1', 'table-2', 'table-3']
    """
    groups: dict[str, Sequence[Target]] = defined_in("numerics.reproduce.targets", "TARGETS", lambda some: some[0].name)
    found = {target.name: target for some in groups.values() for target in some}
    return dict(sorted(found.items(), key=lambda item: _place(item[0])))


def chosen(names: Sequence[str]) -> list[Target]:
    """Give the targets with these names, each once; `all` gives every one.

    Raises:
        ParameterError: a name that no target has.
    """
    known = all_targets()
    for name in names:
        if name not in (*known, "all"):
            near = did_you_mean(name, [*known, "all"])
            raise ParameterError(f"there is no target {name!r}; give {', '.join(known)} or all{near}")
    wanted = dict.fromkeys(one for name in names for one in (known if name == "all" else [name]))
    return [known[name] for name in wanted]


def refuse_unfollowed(chosen: Sequence[Target], reproduction: Reproduction, asked: Mapping[str, Sequence[Any]]) -> None:
    """See to it that whatever is asked for is followed by one of the targets.

    Args:
        chosen: the targets.
        reproduction: with what is asked for.
        asked: the values of each option that is given.

    Raises:
        ParameterError: an option, or a value of it, that none of them follows.
    """
    names = ", ".join(target.name for target in chosen) if len(chosen) < 5 else "the targets asked for"

    def values_of(option: str, settings: Reproduction) -> set[object]:
        return {value for target in chosen for value in target.follows(settings).get(option, ())}

    usual = Reproduction(reproduction.pools)
    for option, values in asked.items():
        if not any(option in target.follows(usual) for target in chosen):
            raise ParameterError(f"--{option} is not for {names}; leave it out")
        networks = Networks() if option == "draws" else replace(Networks(), **{option: tuple(values)})
        there = values_of(option, Reproduction(reproduction.pools, reproduction.draws, networks))
        for value in values:
            if value not in there:
                offered = sorted(map(str, there | values_of(option, usual)), key=lambda text: (len(text), text))
                raise ParameterError(f"--{option} {value}: not in {names}; there it can be {', '.join(offered)}")
    for option, values in asked.items():
        for value in values:
            if value not in values_of(option, reproduction):
                raise ParameterError(f"--{option} {value}: not in {names} together with the other options")


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
