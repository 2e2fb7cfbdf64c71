"""The whole ledger in one picture: a square for each statement, its axioms as columns, click to the card."""

from __future__ import annotations

from html import escape

from book.rendering.evidence import Record, whole
from book.rendering.formulas import Html, scrolling
from book.rendering.named_items import pages_of_cards
from book.rendering.names import item_name
from book.rendering.tables import counts

_LEFT, _TOP, _ROW, _STEP, _COLUMN = 268, 132, 21, 3, 26
_MOST_STEPS = 70


def ledger_picture() -> Html:
    """Every statement: how it ended, how long its proof is, whether Coq states it, and the axioms that it rests on."""
    rows, axioms = whole()["statements"], [axiom["key"] for axiom in whole()["trusted_base"]]
    width, height = _LEFT + _MOST_STEPS * _STEP + 44 + _COLUMN * (len(axioms) + 1) + 48, _TOP + _ROW * len(rows) + 8
    used = {axiom: sum(axiom in row["axioms"] for row in rows) for axiom in axioms}
    first = _LEFT + _MOST_STEPS * _STEP + 44 + _COLUMN
    heads = "".join(
        f'<text class="evidence-axiom" transform="translate({first + _COLUMN * k + 4} {_TOP - 10}) rotate(-50)">'
        f"{escape(axiom)}</text>"
        for k, axiom in enumerate(axioms)
    )
    lines = "".join(_line(row, place, axioms, first, width) for place, row in enumerate(rows))
    words = (
        f"{len(rows)} statements: {counts()}; {sum(in_coq(row) == 1 for row in rows)} of them with every claim in Coq. "
        "Rest on "
        + ", ".join(f"{axiom}: {number}" for axiom, number in used.items() if number)
        + f"; on no axiom: {sum(not row['axioms'] for row in rows)}."
    )
    head = (
        f'<text x="{_LEFT}" y="{_TOP - 10}">steps of the proof</text>'
        f'<text transform="translate({first - _COLUMN + 4} {_TOP - 10}) rotate(-50)">Coq</text>'
    )
    drawn = (
        f'<svg class="evidence" viewBox="0 0 {width} {height}" width="{width}" role="group" '
        f'aria-label="{escape(words)}">{head}{heads}{lines}</svg>'
    )
    legend = (
        "A bar is as long as the proof; a dot says that the statement rests on the axiom of that column, or that Coq "
        "has all its claims; a ring, that it has some."
    )
    return Html(f'{scrolling(drawn, "The ledger as a picture")}<p class="legend">{escape(words)} {legend}</p>')


def in_coq(row: Record) -> float:
    """The share of a row's claims that a Coq theorem states, where Coq accepted it."""
    kernel = row["kernel"]
    return len(kernel["claims"]) / len(row["claims"]) if kernel["outcome"] == "passed" else 0.0


def _line(row: Record, place: int, axioms: list[str], first: int, width: int) -> str:
    y, steps = _TOP + _ROW * place, len(row["steps"])
    target = f"{pages_of_cards()[row['id']]}.html#{row['id']}"
    stripe = f'<rect class="evidence-stripe" x="0" y="{y}" width="{width}" height="{_ROW}"/>' if place % 2 else ""
    share = in_coq(row)
    ring = "" if share == 1 else " evidence-some"
    coq = f'<circle class="evidence-coq{ring}" cx="{first - _COLUMN + 4}" cy="{y + 11}" r="5"/>' if share else ""
    dots = "".join(
        f'<circle class="evidence-dot" cx="{first + _COLUMN * k + 4}" cy="{y + 11}" r="4"/>'
        for k, axiom in enumerate(axioms)
        if axiom in row["axioms"]
    )
    bar = min(steps, _MOST_STEPS) * _STEP
    return (
        f'{stripe}<a href="{escape(target)}"><title>{escape(row["title"])}: {escape(row["outcome"])}, {steps} steps'
        f'</title><text x="4" y="{y + 15}">{escape(item_name(row["id"]))}</text></a>'
        f'<rect class="evidence-bar {escape(row["outcome"])}" x="{_LEFT}" y="{y + 5}" width="{bar}" height="11"/>'
        f'<text x="{_LEFT + bar + 5}" y="{y + 15}">{steps}</text>{coq}{dots}'
    )
