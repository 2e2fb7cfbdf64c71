"""Tables of the ledger: every statement, the trusted base, the errata, and what Coq proves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from book.rendering.cards import badge, badges
from book.rendering.evidence import Record, record, whole
from book.rendering.formulas import Html, number, scrolling
from book.rendering.names import item_name
from book.rendering.prose import prose
from book.rendering.sources import link
from proofs_check.ledger.coq_evidence import rests_on
from theory.language.statement import file_name


def counts() -> str:
    """How many statements ended how, in words."""
    summary = whole()["summary"]
    return ", ".join(f"{number} {outcome}" for outcome, number in summary.items() if number)


def ledger_table() -> Html:
    """Every statement with its evidence, the axioms that it rests on, and how many exact instances met it."""
    return table(
        whole()["statements"],
        ("statement", lambda r: _named(r, "statements", item_name(r["id"]))),
        ("what it says", lambda r: Html(prose(r["title"]))),
        ("evidence", lambda r: Html(badges(r))),
        ("rests on", rests_on),
        ("steps", lambda r: len(r["steps"])),
        ("exact instances", "instances"),
        kind="ledger",
    )


def errata_table() -> Html:
    """Every sentence that is false as literally read, with the values that show it."""
    return table(
        whole()["errata"],
        ("erratum", lambda r: _named(r, "errata", r["id"])),
        ("the sentence", lambda r: Html(prose(r["sentence"]))),
        ("evidence", lambda r: Html(badges(r))),
        ("what holds", lambda r: ", ".join(map(item_name, r["true_form"]))),
        kind="errata",
    )


def trusted_base() -> Html:
    """The axioms, each with its reference and what of it Coq proves."""

    def resting(axiom: Record) -> str:
        return ", ".join(item_name(r["id"]) for r in whole()["statements"] if axiom["key"] in r["axioms"])

    return table(
        whole()["trusted_base"],
        ("axiom", lambda axiom: Html(f"<code>{escape(axiom['key'])}</code>")),
        ("what it says", "statement"),
        ("reference", "reference"),
        ("Coq", lambda axiom: Html(badge("coq", "proved in Coq") if axiom["kernel"] else "")),
        ("statements that rest on it", resting),
        kind="base",
    )


def trusted_files() -> Html:
    """The code that a verdict rests on, file by file."""
    return table(
        whole()["trusted_code"],
        ("part", "part"),
        ("lines", lambda part: sum(part["files"].values())),
        ("libraries", lambda part: ", ".join(part["libraries"]) or "none"),
        ("files", lambda part: Html("<br>".join(f"{link(path)}, {n} lines" for path, n in part["files"].items()))),
        kind="code",
    )


def coq_table() -> Html:
    """Every statement and erratum that Coq has theorems on: their names, their file and what they assume."""
    return table(
        [r for r in (*whole()["statements"], *whole()["errata"]) if r["kernel"]["theorems"]],
        ("statement", lambda r: Html(f'<a href="ledger.html#row-{escape(r["id"])}">{escape(item_name(r["id"]))}</a>')),
        ("Coq theorems", lambda r: Html("<br>".join(map(_theorem, r["kernel"]["theorems"])))),
        ("assumptions", lambda r: _assumptions(r["kernel"])),
        kind="coq",
    )


def coq_statement(identifier: str, theorem: str) -> Html:
    """A Coq theorem as Coq prints it, or that Coq did not run here.

    Args:
        identifier: the statement's id.
        theorem: `module.theorem`.
    """
    for found in record(identifier)["kernel"]["theorems"]:
        if found["theorem"] == theorem and "statement" in found:
            stated = f"<pre>{escape(theorem)} :\n{escape(found['statement'])}</pre>"
            return Html(scrolling(stated, "Theorem"))
    return Html(f"<p><code>{escape(theorem)}</code>: Coq was not run here; <code>make kernel</code> runs it.</p>")


def table(items: Iterable[Any], *columns: tuple[str, str | Callable[[Any], object]], kind: str = "numbers") -> Html:
    """A row for each item.

    Args:
        items: of what a row tells.
        columns: of each the head, and what stands below it: a key of the item, or a function of it.
        kind: for the style sheet.
    """
    rows = ([item[cell] if isinstance(cell, str) else cell(item) for _, cell in columns] for item in items)
    return plain_table([head for head, _ in columns], rows, kind)


def plain_table(heads: Iterable[str], rows: Iterable[Sequence[object]], kind: str = "numbers") -> Html:
    """A table of words and numbers, which are rounded as `number` does, under heads with mathematics as prose has it.

    Examples:
        >>> plain_table(["a < b"], [[None], [1 / 3], ["1 < 2"]]).text.partition("<tbody>")[2].split("</td>")[:-1]
        ['<tr><td>none', '</tr><tr><td>0.3333', '</tr><tr><td>1 &lt; 2']
    """
    body = "".join(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in rows)
    head = "".join(f"<th>{prose(head)}</th>" for head in heads)
    drawn = f'<table class="ledger-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return Html(scrolling(drawn, "Table", kind))


def _cell(value: object) -> str:
    if isinstance(value, Html):
        return value.text
    if value is None:
        return "none"
    return number(value) if isinstance(value, float) else escape(str(value))


def _named(row: Record, folder: str, words: str) -> Html:
    """The words as a link to the file, with an anchor before them."""
    anchor = f'<span class="row-anchor" id="row-{escape(row["id"])}"></span>'
    return Html(anchor + link(f"theory/{folder}/{file_name(row['id'])}.py", words))


def _theorem(theorem: Record) -> str:
    module, _, name = theorem["theorem"].partition(".")
    return link(f"proofs_check/kernel/{module}.v", name)


def _assumptions(kernel: Record) -> str:
    if kernel["outcome"] != "passed":
        return str(kernel["outcome"])
    axioms = {axiom for theorem in kernel["theorems"] for axiom in theorem["assumptions"]}
    return ", ".join(sorted(axiom.rpartition(".")[2] for axiom in axioms)) or "none"
