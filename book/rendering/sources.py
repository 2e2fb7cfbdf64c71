"""Where the book keeps the source files that its theorems come from: pages of their own beside the chapters."""

from __future__ import annotations

from html import escape
from pathlib import Path

import theory

ROOT = Path(theory.__file__).resolve().parents[1]
FOLDER = "sources"


def address(path: str | Path) -> str:
    """Where a source file stands in the built book, relative to a chapter.

    Examples:
        >>> address("theory/statements/thm_4_3.py")
        'sources/theory/statements/thm_4_3.py.html'
    """
    return f"{FOLDER}/{Path(path).as_posix()}.html"


def link(path: str | Path, words: str = "") -> str:
    """A link to a source file that the book carries.

    Raises:
        FileNotFoundError: the project has no such file.
    """
    if not (ROOT / path).is_file():
        raise FileNotFoundError(f"no file {path} in the project")
    return f'<a class="source" href="{address(path)}">{escape(words or Path(path).as_posix())}</a>'
