"""Tables of the ledger: every statement, the trusted base, the errata, and what Coq proves."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from book.rendering.cards import badge, badges
from book.rendering.evidence import Record, record, whole
from book.rendering.formulas import Html, scrolling
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
    rows = (
        (
            _anchor(r) + link(_stated(r), item_name(r["id"])),
            prose(r["title"]),
            badges(r),
            escape(rests_on(r)),
            str(len(r["steps"])),
            str(r["instances"]),
        )
        for r in whole()["statements"]
    )
    return _table(("statement", "what it says", "evidence", "rests on", "steps", "exact instances"), rows, "ledger")


def errata_table() -> Html:
    """Every sentence that is false as literally read, with the values that show it."""
    rows = (
        (
            _anchor(r) + link(_literal(r), r["id"]),
            prose(r["sentence"]),
            badges(r),
            ", ".join(escape(item_name(item)) for item in r["true_form"]),
        )
        for r in whole()["errata"]
    )
    return _table(("erratum", "the sentence", "evidence", "what holds"), rows, "errata")


def trusted_base() -> Html:
    """The axioms, each with its reference and what of it Coq proves."""
    rows = (
        (
            f"<code>{escape(axiom['key'])}</code>",
            escape(axiom["statement"]),
            escape(axiom["reference"]),
            badge("coq", "proved in Coq") if axiom["kernel"] else "",
            ", ".join(escape(item_name(r["id"])) for r in whole()["statements"] if axiom["key"] in r["axioms"]),
        )
        for axiom in whole()["trusted_base"]
    )
    return _table(("axiom", "what it says", "reference", "Coq", "statements that rest on it"), rows, "base")


def trusted_files() -> Html:
    """The code that a verdict rests on, file by file."""
    rows = (
        (
            escape(part["part"]),
            str(sum(part["files"].values())),
            escape(", ".join(part["libraries"]) or "none"),
            "<br>".join(f"{link(path)}, {lines} lines" for path, lines in part["files"].items()),
        )
        for part in whole()["trusted_code"]
    )
    return _table(("part", "lines", "libraries", "files"), rows, "code")


def coq_table() -> Html:
    """Every statement and erratum that Coq has theorems on: their names, their file and what they assume."""
    rows = (
        (
            f'<a href="ledger.html#row-{escape(r["id"])}">{escape(item_name(r["id"]))}</a>',
            "<br>".join(_theorem(theorem) for theorem in r["kernel"]["theorems"]),
            escape(_assumptions(r["kernel"])),
        )
        for r in (*whole()["statements"], *whole()["errata"])
        if r["kernel"]["theorems"]
    )
    return _table(("statement", "Coq theorems", "assumptions"), rows, "coq")


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


def plain_table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Html:
    """A table of plain words and numbers, under heads with mathematics as prose has it."""
    return _table(tuple(map(prose, heads)), (tuple(escape(cell) for cell in row) for row in rows), "numbers")


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], kind: str) -> Html:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "".join(f"<th>{cell}</th>" for cell in heads)
    table = f'<table class="ledger-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return Html(scrolling(table, "Table", kind))


def _anchor(row: Record) -> str:
    return f'<span class="row-anchor" id="row-{escape(row["id"])}"></span>'


def _stated(row: Record) -> str:
    return f"theory/statements/{file_name(row['id'])}.py"


def _literal(row: Record) -> str:
    return f"theory/errata/{file_name(row['id'])}.py"


def _theorem(theorem: Record) -> str:
    module, _, name = theorem["theorem"].partition(".")
    return link(f"proofs_check/kernel/{module}.v", name)


def _assumptions(kernel: Record) -> str:
    if kernel["outcome"] != "passed":
        return str(kernel["outcome"])
    axioms = {axiom for theorem in kernel["theorems"] for axiom in theorem["assumptions"]}
    return ", ".join(sorted(axiom.rpartition(".")[2] for axiom in axioms)) or "none"
