"""The ledger for people: its tables, at a terminal or as a page."""

from __future__ import annotations

import io
import os
import re
import sys
from collections import Counter
from typing import Any

import click
from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from proofs_check.ledger.coq_evidence import rests_on, stated_in_coq
from theory.printing.readable import readable

_WIDTH = 160
_MOST_OF_AN_ERRATUM = 30  # columns for what holds instead: the line is then one of 80
_COLOURS = {"proved": "green", "enclosed": "green", "refuted": "red", "open": "red", "vacuous": "red"}


def ledger_parts(whole: dict[str, Any], verbose: bool, *, ascii_only: bool = False) -> list[RenderableType]:
    """One line for each statement and erratum, what is wrong, and the totals; what all this rests on where wanted.

    Args:
        whole: the ledger in its JSON schema.
        verbose: every step with its claim, every erratum with its witness, the trusted code and the axioms.
        ascii_only: whether the formulas are for a terminal that shows nothing else.
    """
    statements, errata = whole["statements"], whole["errata"]
    parts: list[RenderableType] = []
    if verbose:
        parts += [part for record in statements for part in _statement_in_full(record, ascii_only)]
        parts += [part for record in errata for part in _erratum_in_full(record)]
        parts += _foundations(whole)
    if statements or errata:
        parts.append(_rows(statements, errata))
    parts += [
        Text(f"{record['id']} is {record['outcome']}: {record['reason']}", style="red")
        for record in statements
        if record["reason"]
    ]
    parts += [Text(f"problem in Coq: {problem}", style="red") for problem in whole["kernel"]["problems"]]
    if whole["kernel"]["outcome"] == "not run here":
        parts.append(Text("Coq: not run here; 'make kernel' runs it (Debian: libcoq-coquelicot)"))
    if not verbose:
        parts.append(_rests_on_in_short(whole))
    parts += _told_of_kept([*statements, *errata])
    counts = ", ".join(f"{number} {outcome}" for outcome, number in whole["summary"].items() if number)
    wrong = f"; {len(errata)} sentences of the paper, false as literally read" if errata else ""
    return [*parts, Text(f"{len(statements)} statements: {counts or 'none'}{wrong}")]


def _rests_on_in_short(whole: dict[str, Any]) -> Text:
    lines = sum(sum(part["files"].values()) for part in whole["trusted_code"][:1])
    count = len(_axioms(whole))
    axioms = "no axiom" if not count else f"{count} axiom" + "s" * (count > 1)
    return Text(f"It rests on a kernel of {lines} lines and {axioms}; -v names them, with every step")


def _axioms(whole: dict[str, Any]) -> list[str]:
    return sorted({axiom for record in whole["statements"] for axiom in record["axioms"]})


def _foundations(whole: dict[str, Any]) -> list[RenderableType]:
    """The trusted code, and the axioms that are used."""
    parts: list[RenderableType] = [Text("What all this rests on", style="bold")]
    for part in whole["trusted_code"]:
        libraries = f", with {', '.join(part['libraries'])}" if part["libraries"] else ""
        parts.append(Text(f"{part['part']}: {sum(part['files'].values())} lines{libraries}"))
        parts.append(_indented(", ".join(f"{path} ({lines})" for path, lines in part["files"].items())))
    used = _axioms(whole)
    if used:
        parts += [Text(), Text("Axioms used", style="bold")]
    for axiom in whole["trusted_base"]:
        if axiom["key"] in used:
            proved = f"; proved in Coq by {', '.join(axiom['kernel'])}" if axiom["kernel"] else ""
            parts += [Text(axiom["key"]), _indented(axiom["statement"]), _indented(f"{axiom['reference']}{proved}")]
    return [*parts, Text()]


def _statement_in_full(record: dict[str, Any], ascii_only: bool) -> list[RenderableType]:
    """A statement with every step, its claim in readable letters."""
    facts = [f"rests on {rests_on(record)}", f"{record['instances']} instances meet its hypotheses"]
    facts += [f"in Coq: {stated_in_coq(record)}"] if stated_in_coq(record) != "-" else []
    parts: list[RenderableType] = [
        Text(f"{record['id']}  {record['title']}", style="bold"),
        Text(record["source"]),
        Text("; ".join(facts)),
        Text(),
    ]
    for step in record["steps"]:
        scope = "" if step["scope"] == "all sizes" else f", {step['scope']}"
        seconds = f"{step['seconds']:.2f} s"
        parts.append(
            Text("  ").append(_outcome(step["outcome"])).append(f"  {step['id']}: {step['method']}{scope}, {seconds}")
        )
        parts.append(_indented(step["reason"] or readable(step["claim"], ascii_only=ascii_only)))
    return [*parts, Text()]


def _erratum_in_full(record: dict[str, Any]) -> list[RenderableType]:
    """An erratum with what the paper says, what holds, and the numbers that show it."""
    return [
        Text(f"{record['id']}  ", style="bold").append(_outcome(record["outcome"], "refuted")).append(_kept(record)),
        Text(f"The paper says: {record['sentence']}"),
        _indented(f"what holds: {', '.join(record['true_form'])}"),
        _indented(f"exact witness: {record['witness']}"),
        Text(),
    ]


def _indented(text: str) -> Padding:
    return Padding(Text(text), (0, 0, 0, 4))


def mutant_parts(records: list[dict[str, Any]], verbose: bool) -> list[RenderableType]:
    """The score: what became of the other versions of each statement; none may be both proved and refuted."""
    outcomes = ("refused", "refuted", "open", "true", "unsound")
    table, total = _table("statement", "all", *outcomes), Counter[str]()
    for record in records:
        counts = Counter(mutant["outcome"] for mutant in record["mutants"])
        total += counts
        table.add_row(f"{record['id']}{_kept(record)}", str(counts.total()), *(str(counts[one]) for one in outcomes))
    kinds = _table("what was changed", "all", *outcomes)
    everything = [mutant for record in records for mutant in record["mutants"]]
    for kind in dict.fromkeys(mutant["kind"] for mutant in everything):
        counts = Counter(mutant["outcome"] for mutant in everything if mutant["kind"] == kind)
        kinds.add_row(kind, str(counts.total()), *(str(counts[one]) for one in outcomes))
    noticed = total["refused"] + total["refuted"] + total["open"]
    parts: list[RenderableType] = [table, kinds, Text()]
    parts.append(
        Text(
            f"{noticed} of {total.total()} mutants noticed: {total['refused']} are no valid statement, "
            f"{total['refuted']} refuted by exact numbers, {total['open']} not proved; "
            f"{total['true']} are proved, and true in every model that was tried; {total['unsound']} proved and refuted"
        )
    )
    parts += _told_of_kept(records)
    if verbose:
        details = _table("statement", "what was changed", "where", "outcome", "reason")
        for mutant in everything:
            details.add_row(*(mutant[one] for one in ("statement", "kind", "name", "outcome", "reason")))
        parts = [details, Text(), *parts]
    return parts


def kernel_parts(records: list[dict[str, Any]], verbose: bool) -> list[RenderableType]:
    """The score: how many unsound versions of each rule the trials in random models notice."""
    if not records:
        return []
    table = _table("rule", "unsound versions noticed", "of")
    details = _table("rule", "what is wrong", "cases", "a theorem that is false in a model")
    alive: list[RenderableType] = []
    for record in records:
        dead = [kernel for kernel in record["kernels"] if kernel["killed"]]
        table.add_row(f"{record['id']}{_kept(record)}", str(len(dead)), str(len(record["kernels"])))
        for kernel in record["kernels"]:
            details.add_row(kernel["rule"], kernel["name"], str(kernel["after"]), kernel["counterexample"])
            if not kernel["killed"]:
                alive.append(Text(f"alive: {kernel['rule']}, {kernel['name']}", style="red"))
    count = sum(len(record["kernels"]) for record in records)
    parts: list[RenderableType] = [Text(), table, Text(), *alive]
    parts += [Text(f"{count - len(alive)} of {count} unsound kernels noticed"), *_told_of_kept(records)]
    return [details, *parts] if verbose else parts


def _rows(statements: list[dict[str, Any]], errata: list[dict[str, Any]]) -> Table:
    """One table for both, since a terminal has few lines: an erratum's row says what holds instead."""
    names = [*(["evidence"] if statements else []), *(["what holds instead"] if errata else [])]
    table = _table("statement" if statements else "erratum", "outcome", " or ".join(names), "seconds")
    for record in statements:
        table.add_row(record["id"], _outcome(record["outcome"]), _evidence(record), _seconds(record))
    table.add_section()
    for record in errata:
        instead = Text(", ".join(record["true_form"]), overflow="ellipsis")
        instead.truncate(_MOST_OF_AN_ERRATUM, overflow="ellipsis")
        table.add_row(record["id"], _outcome(record["outcome"], "refuted"), instead, _seconds(record))
    return table


def _evidence(record: dict[str, Any]) -> str:
    """How many steps each method takes, in a few letters, and how much of it a Coq theorem states.

    >>> steps = [{"method": "derivation"}, {"method": "derivation"}, {"method": "almost surely"}]
    >>> kernel = {"outcome": "passed", "claims": {"lower": "t"}, "theorems": []}
    >>> _evidence({"steps": steps, "kernel": kernel, "claims": {"lower": "", "upper": ""}})
    '2der 1as Coq 1/2'
    """
    methods = Counter(step["method"] for step in record["steps"])
    found = [f"{count}{_short(method)}" for method, count in methods.most_common()]
    coq = stated_in_coq(record)
    return " ".join([*found, *([f"Coq {coq}"] if "/" in coq else [])])


def _short(method: str) -> str:
    """The first letters of a method, of each of its words where there are several."""
    words = method.split()
    return method[:3] if len(words) == 1 else "".join(word[0] for word in words)


def _seconds(record: dict[str, Any]) -> str:
    """How long the check took, here and now, or that it is an earlier one."""
    return "kept" if record.get("kept") else f"{record['seconds']:.2f}"


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _outcome(outcome: str, good: str = "") -> Text:
    return Text(outcome, style="green" if outcome == good else _COLOURS.get(outcome, "yellow"))


def _kept(record: dict[str, Any]) -> str:
    return ", kept" if record.get("kept") else ""


def _told_of_kept(records: list[dict[str, Any]]) -> list[RenderableType]:
    count = sum(bool(_kept(record)) for record in records)
    return (
        [Text(f"{count} of {len(records)} rows are kept from an earlier check; --fresh checks anew")] if count else []
    )


def page(parts: list[RenderableType]) -> str:
    """The same as one self-contained page of HTML."""
    console = Console(file=io.StringIO(), record=True, width=_WIDTH, markup=False, highlight=False, emoji=False)
    for part in parts:
        console.print(part)
    return console.export_html()


def show(parts: list[RenderableType]) -> None:
    """Print them."""
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    # Not printed by the console itself, which would end the process on a closed pipe in its own way.
    text = "\n".join(line.rstrip() for line in captured.get().splitlines())
    click.echo(re.sub("\n{3,}", "\n\n", text).strip("\n"))
