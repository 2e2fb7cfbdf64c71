"""Names of statements on the command line, with completion that imports no statement."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
from click.shell_completion import CompletionItem

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


class StatementId(click.ParamType[str]):
    """An id such as `thm-4.3`."""

    name = "statement"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the ids that begin with what is typed."""
        return [CompletionItem(identifier) for identifier in known_ids() if identifier.startswith(incomplete)]
