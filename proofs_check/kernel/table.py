"""Which Coq theorems stand behind which item of the paper: the table `theorems.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path(__file__).parent
TABLE = SOURCES / "theorems.toml"


@dataclass(frozen=True)
class TheoremTable:
    """Paper item to names `module.theorem`.

    Attributes:
        items: the theorems about it.
        examples: the examples that meet its hypotheses.
        claims: the theorem that states a claim of it, by the claim's name.
    """

    items: Mapping[str, list[str]]
    examples: Mapping[str, list[str]] = field(default_factory=dict)
    claims: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def theorem_table(path: Path = TABLE) -> TheoremTable:
    """Return the table of theorems that a file holds.

    >>> theorem_table().items["err-4.4"]
    ['erratum_remark_4_4.erratum_remark_4_4']
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return TheoremTable(table["items"], table.get("examples", {}), table.get("claims", {}))
