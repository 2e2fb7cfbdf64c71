"""Which Coq theorems stand behind which item of the paper, and which have a claim of the ledger as their type.

The first is the table `theorems.toml`, the second is read off the sources: `Theorem weight : thm_4_3.weight.`
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from proofs_check.kernel import coq

SOURCES = Path(__file__).parent
TABLE = SOURCES / "theorems.toml"
STATEMENTS = SOURCES / "statements"
"""The ledger's statements as Coq propositions, written by `proofs_check.kernel.statement_files`."""

STATED = re.compile(r"^Theorem\s+(\w+)\s*:\s*(~?)\s*(\w+)\.([\w']+)\.", flags=re.MULTILINE)


@dataclass(frozen=True)
class TheoremTable:
    """Paper item to names `module.theorem`.

    Attributes:
        items: the theorems about it.
        examples: the examples that meet its hypotheses.
        stated: the theorem whose type is a proposition of `statements/`, or its negation, by that type.
    """

    items: Mapping[str, list[str]]
    examples: Mapping[str, list[str]] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)


def theorem_table(path: Path = TABLE) -> TheoremTable:
    """Return the table of theorems that a file holds.

    >>> theorem_table().items["cor-5.4"]
    ['corollaries_5_3_and_5_4.corollary_5_4']
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return TheoremTable(table["items"], table.get("examples", {}), stated_theorems(path.parent))


def stated_theorems(sources: Path = SOURCES) -> dict[str, str]:
    """Theorems that are declared to have a proposition of `statements/`, or its negation, as their type.

    >>> stated_theorems()["thm_4_3.weight"]
    'claims_thm_4_3.weight'
    """
    modules = {path.stem for path in (sources / STATEMENTS.name).glob("*.v")}
    found: dict[str, str] = {}
    for path in sorted(sources.glob("*.v")):
        for name, negated, module, claim in STATED.findall(coq.without_comments(path.read_text(encoding="utf-8"))):
            if module in modules:
                found.setdefault(f"{negated and '~ '}{module}.{claim}", f"{path.stem}.{name}")
    return found


def open_modules(sources: Path = SOURCES) -> list[str]:
    """The files whose names can be used without the file's: all but those that have names in common with others.

    These are the files of claims, and those that speak of `terms`, by which derivations are replayed.
    """
    of_claims = {name.partition(".")[0] for name in stated_theorems(sources).values()}
    return [
        path.stem
        for path in coq.in_order(sources.glob("*.v"))
        if path.stem not in {*of_claims, "terms"}
        and "terms" not in coq.required_modules(path.read_text(encoding="utf-8"))
    ]
