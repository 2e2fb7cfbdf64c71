"""Names of statements on the command line, with completion that imports no statement."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from numerics.command_line.argument_types import Offered

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


STATEMENT_ID = Offered("statement", lambda: dict.fromkeys(known_ids(), ""))
"""An id such as `thm-4.3`."""
