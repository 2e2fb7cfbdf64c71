"""Build the book where it is out of date, many pages at a time. Run as `python -m book.rendering.building`.

`jupyter-book build` reads, and so executes, one page after the other: Sphinx's own `-j` is not among its options.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from book.rendering.evidence import KEPT, whole
from book.rendering.kernels import forked
from book.rendering.rooms import PACKAGES
from book.rendering.sources import ROOT
from numerics.work.garbage import collect_seldom
from proofs_check.ledger.document import exit_status

BUILD = ROOT / "book" / "_build"
BUILT_FROM = BUILD / "built_from"
_MADE = {"_build", "build", "__pycache__"}
"""Folders of what is made from the sources."""


def sources() -> Iterator[Path]:
    """Every file that a page may show: the packages, Coq's answers and the versions of the libraries."""
    for package in PACKAGES:
        for folder, inner, files in os.walk(ROOT / package):
            inner[:] = sorted(set(inner) - _MADE)
            yield from (Path(folder) / file for file in sorted(files))
    yield from sorted((ROOT / "proofs_check" / "kernel" / "build").glob("answers-*.txt"))
    yield ROOT / "requirements.lock"


def digest() -> str:
    """Hash of the names and contents of all sources."""
    found = hashlib.sha256()
    for path in sources():
        found.update(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def main() -> int:
    """Build every page anew if any source has changed, warnings being errors; 1 where there was one.

    The ledger is checked first, on all processors: the pages then read what that left.
    Of several processes that ask for the book at once, one builds it and the others wait.
    """
    BUILD.mkdir(exist_ok=True)
    with (BUILD / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        now = digest()
        if BUILT_FROM.exists() and BUILT_FROM.read_text() == now:
            return 0
        BUILT_FROM.unlink(missing_ok=True)
        if exit_status(whole()):
            print("the ledger has rows that are not proved, see sharpness verify: no book is built", file=sys.stderr)
            return 1
        if _build():
            return 1
        BUILT_FROM.write_text(now)
    return 0


def _build() -> int:
    from jupyter_book.sphinx import build_sphinx  # type: ignore[import-untyped]

    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as many pages as processors are run side by side
    os.environ[KEPT] = str(BUILD / "ledger.json")
    (BUILD / "ledger.json").write_text(json.dumps(whole()), encoding="utf-8")
    with forked():
        result: int = build_sphinx(
            ROOT / "book",
            BUILD / "html",
            use_external_toc=True,
            noconfig=True,
            path_config=ROOT / "book" / "_config.yml",
            confoverrides={"nitpicky": True, "latex_individualpages": False},  # the second must be there
            warningiserror=True,
            keep_going=True,
            freshenv=True,
            jobs=os.cpu_count() or 1,
        )
    return result


if __name__ == "__main__":
    collect_seldom()
    sys.exit(main())
