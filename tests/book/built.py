"""The built book as files: its pages, and the sources of its chapters."""

import re
from pathlib import Path

import theory

ROOT = Path(theory.__file__).resolve().parents[1]
BOOK = ROOT / "book"
HTML = BOOK / "_build" / "html"
CHAPTERS = ["index", *re.findall(r"- file: (\S+)", (BOOK / "_toc.yml").read_text(encoding="utf-8"))]


def text(page):
    return (HTML / f"{page}.html").read_text(encoding="utf-8")
