"""The built book as files: its pages, and the sources of its chapters."""

import json
import re
from pathlib import Path

import pytest

import theory

ROOT = Path(theory.__file__).resolve().parents[1]
BOOK = ROOT / "book"
HTML = BOOK / "_build" / "html"
CHAPTERS = ["index", *re.findall(r"- file: (\S+)", (BOOK / "_toc.yml").read_text(encoding="utf-8"))]


def cells(page):
    """The code of a page's cells, be it a notebook or a text."""
    notebook = BOOK / f"{page}.ipynb"
    if notebook.exists():
        found = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]
    source = (BOOK / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(r"```\{code-cell\}.*?\n(?::[^\n]*\n)*(.*?)```", source, re.S)


def text(page):
    return (HTML / f"{page}.html").read_text(encoding="utf-8")


def within_rounding(record):
    """What a record has to be, up to the order in which sums are rounded: it may change with where memory lies."""
    if isinstance(record, dict):
        return {name: within_rounding(part) for name, part in record.items()}
    if isinstance(record, list):
        return [within_rounding(part) for part in record]
    return pytest.approx(record, rel=1e-12) if isinstance(record, float) else record
