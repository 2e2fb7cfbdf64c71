"""Names of statements on the command line, with completion that imports no statement."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click

from numerics.command_line.argument_types import Offered
from theory.did_you_mean import did_you_mean
from theory.errors import StatementError

_ID = re.compile(r'^    +id="([^"]+)",$', re.MULTILINE)


def known_ids() -> list[str]:
    """Every id of a statement or an erratum, read off the files' text."""
    found = []
    for package in ("theory.statements", "theory.errata"):
        specification = importlib.util.find_spec(package)
        for place in specification.submodule_search_locations or [] if specification else []:
            for path in sorted(Path(place).glob("*.py")):
                found += _ID.findall(path.read_text(encoding="utf-8"))
    return sorted(found)


class _StatementId(Offered):
    def __init__(self) -> None:
        super().__init__("statement", lambda: dict.fromkeys(known_ids(), ""))

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse an id that no statement and no erratum has, before any of them is imported."""
        known, said = known_ids(), str(value)
        if said not in known:
            near = did_you_mean(said, known) or f": there are {', '.join(known)}"
            raise StatementError(f"no statement {said!r}{near}")
        return said


STATEMENT_ID = _StatementId()
"""An id such as `thm-4.3`."""
