"""Build the book with as many pages at a time as there are processors. Run as `python -m book.rendering.building`.

`jupyter-book build` reads, and so executes, one page after the other: Sphinx's own `-j` is not among its options.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]


def main() -> int:
    """Build every page anew, warnings being errors; 1 where there was one."""
    from jupyter_book.sphinx import build_sphinx  # type: ignore[import-untyped]

    result = build_sphinx(
        BOOK,
        BOOK / "_build" / "html",
        use_external_toc=True,
        noconfig=True,
        path_config=BOOK / "_config.yml",
        confoverrides={"nitpicky": True, "latex_individualpages": False},  # the second must be there
        warningiserror=True,
        keep_going=True,
        freshenv=True,
        jobs=os.cpu_count() or 1,
    )
    return 0 if result == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
