"""Ids of statements in running text become links to their cards, whose title shows on hover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from docutils import nodes

from book.rendering.names import item_name
from book.rendering.sources import ROOT
from theory.errata import all_errata
from theory.statements import all_statements

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SHOWN = re.compile(r'\b(?:show|erratum)\(\s*"([\w.-]+)"')
_ID = re.compile(r"(?<![\w-])(?:own|thm|rem|lem|cor|def|eq|prop|sec|app|err)-[\w.-]*\w")


@cache
def homes() -> dict[str, str]:
    """The page that has the card of a statement, by id: the first in the order of their names.

    Examples:
        >>> homes()["own-deep-slope"]
        'decay'
    """
    found: dict[str, str] = {}
    for page in sorted((ROOT / "book").glob("*.md")):
        for identifier in _SHOWN.findall(page.read_text(encoding="utf-8")):
            found.setdefault(identifier, page.stem)
    return found


def titles() -> dict[str, str]:
    """The title of every statement and every erratum, by id."""
    literal = {name: one.literal for name, one in all_errata().items()}
    return {name: one.title for name, one in {**all_statements(), **literal}.items()}


def link_items(app: Sphinx, document: nodes.document, page: str) -> None:
    """Turn each id in the text of a page into a link, but for code, formulas and what is a link already."""
    for text in list(document.findall(nodes.Text)):
        quiet = (
            nodes.literal,
            nodes.reference,
            nodes.raw,
            nodes.math,
            nodes.math_block,
            nodes.literal_block,
            nodes.title,
        )
        if isinstance(text.parent, quiet) or not _ID.search(text):
            continue
        text.parent.replace(text, list(_with_links(app, str(text), page)))


def _with_links(app: Sphinx, text: str, page: str) -> Iterator[nodes.Node]:
    start = 0
    for found in _ID.finditer(text):
        home, title = homes().get(found[0]), titles().get(found[0])
        if home is None or title is None:
            continue
        yield nodes.Text(text[start : found.start()])
        target = f"{app.builder.get_relative_uri(page, home)}#{found[0]}"
        yield nodes.reference("", item_words(found[0]), refuri=target, reftitle=title, internal=True)
        start = found.end()
    yield nodes.Text(text[start:])


def item_words(identifier: str) -> str:
    """What stands for an id in a sentence.

    Examples:
        >>> item_words("own-deep-slope"), item_words("thm-4.3")
        ('deep slope', 'Theorem 4.3')
    """
    kind, _, rest = identifier.partition("-")
    return rest.replace("-", " ") if kind == "own" else item_name(identifier)
