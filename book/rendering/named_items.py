"""Ids of statements in running text become links to their cards, whose title shows on hover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from book.rendering.names import item_name
from book.rendering.sources import ROOT
from theory.errata import all_errata
from theory.statements import all_statements

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ID = re.compile(r"(?<![\w-])(?:own|thm|rem|lem|cor|def|eq|prop|sec|app|err)-[\w.-]*\w")


@cache
def pages_of_cards() -> dict[str, str]:
    """On which page of the book each statement and erratum has its card.

    Examples:
        >>> pages_of_cards()["thm-4.3"], pages_of_cards()["err-5.9"], pages_of_cards()["own-deep-slope"]
        ('minimizer', 'errata', 'decay')
    """
    found: dict[str, str] = {}
    for path in sorted((ROOT / "book").glob("*.md"), key=lambda path: path.stem == "index"):
        for identifier in re.findall(r'^(?:show|erratum)\("([^"]+)"', path.read_text(encoding="utf-8"), re.M):
            found.setdefault(identifier, path.stem)
    return found


@cache
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
    for found in named(text):
        yield nodes.Text(text[start : found.start()])
        target = f"{app.builder.get_relative_uri(page, pages_of_cards()[found[0]])}#{found[0]}"
        yield nodes.reference("", item_words(found[0]), refuri=target, reftitle=titles()[found[0]], internal=True)
        start = found.end()
    yield nodes.Text(text[start:])


def named(text: str) -> Iterator[re.Match[str]]:
    """Where a text names a statement or an erratum that has a card."""
    return (found for found in _ID.finditer(text) if found[0] in pages_of_cards() and found[0] in titles())


def linked(html: str) -> str:
    """Text in HTML, without tags, with a link for each id.

    Examples:
        >>> linked("easy data (def-4.1)").partition(" title=")[0]
        'easy data (<a href="difficulty.html#def-4.1"'
    """
    for found in reversed(list(named(html))):
        target, title = f"{pages_of_cards()[found[0]]}.html#{found[0]}", escape(titles()[found[0]])
        link = f'<a href="{target}" title="{title}">{escape(item_words(found[0]))}</a>'
        html = html[: found.start()] + link + html[found.end() :]
    return html


def item_words(identifier: str) -> str:
    """What stands for an id in a sentence.

    Examples:
        >>> item_words("own-deep-slope"), item_words("thm-4.3")
        ('deep slope', 'Theorem 4.3')
    """
    kind, _, rest = identifier.partition("-")
    return rest.replace("-", " ") if kind == "own" else item_name(identifier)
