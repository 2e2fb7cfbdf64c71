"""Results of earlier checks, kept by content: the same statement, proof, methods and versions give the same record.

A record is read back only if the text of everything that made it is the same: the statement's file, its proof, those
of the statements that it depends on, every file of the engine and of the closed forms, and the versions of the
libraries. Anything else, a damaged file too, counts as not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

import proofs_check
import theory
from proofs_check.ledger.document import SCHEMA, versions
from theory.language.statement import file_name

_PER_STATEMENT = {"statements", "errata", "proofs", "witnesses", "mutants"}


def folder() -> Path:
    """Where records are kept: `SHARPNESS_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("SHARPNESS_CACHE")
    return (Path(chosen) if chosen else Path(platformdirs.user_cache_dir("minimalist-sharpness"))) / "ledger"


def load(key: str) -> dict[str, Any] | None:
    """The record kept under a key, or None."""
    try:
        record = json.loads((folder() / f"{key}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def store(key: str, record: dict[str, Any]) -> None:
    """Keep a record. A folder that cannot be written to costs the next run its time, nothing else."""
    with contextlib.suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=folder())
        with open(descriptor, "w", encoding="utf-8") as stream:
            json.dump(record, stream)
        os.replace(draft, folder() / f"{key}.json")


def key(identifier: str, depends: tuple[str, ...]) -> str:
    """Hash of everything that a statement's record depends on.

    Args:
        identifier: the statement's or the erratum's id.
        depends: ids of all statements that its proof draws on, directly or not.
    """
    digest = hashlib.sha256(f"{SCHEMA} {sorted(versions().items())} {_engine()}".encode())
    for item in sorted({identifier, *depends}):
        for package in (theory, proofs_check):
            for part in sorted(_PER_STATEMENT):
                source = Path(package.__path__[0]) / part / f"{file_name(item)}.py"
                if source.exists():
                    digest.update(f"{part} {item} ".encode() + source.read_bytes())
    return digest.hexdigest()


@cache
def _engine() -> str:
    """Hash of every source file that is not about one statement alone."""
    digest = hashlib.sha256()
    for package in (theory, proofs_check):
        root = Path(package.__path__[0])
        for source in sorted(root.rglob("*.py")):
            parts = source.relative_to(root).parts
            if parts[0] not in _PER_STATEMENT and parts[0] != "command_line":
                digest.update("/".join(parts).encode() + source.read_bytes())
    return digest.hexdigest()
