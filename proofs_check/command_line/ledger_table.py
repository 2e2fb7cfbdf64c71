"""The ledger for people: its tables, at a terminal or as a page."""

from __future__ import annotations

import io
import sys
from collections import Counter
from typing import Any

import click
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from proofs_check.ledger.coq_evidence import rests_on, stated_in_coq

_WIDTH = 160
_COLOURS = {"proved": "green", "enclosed": "green", "refuted": "red", "open": "red", "vacuous": "red"}


def ledger_parts(whole: dict[str, Any], verbose: bool) -> list[RenderableType]:
    """The statements, what each rests on, the errata and the totals; with every step where wanted."""
    parts: list[RenderableType] = []
    if whole["statements"]:
        parts += [_statement_table(whole["statements"]), Text()]
    for record in whole["statements"]:
        if record["reason"]:
            parts += [Text(f"{record['id']} is {record['outcome']}: {record['reason']}", style="red"), Text()]
    if whole["errata"]:
        parts += [Text("False as literally read", style="bold"), _errata_table(whole["errata"]), Text()]
    parts += [Text("What all this rests on", style="bold"), *_trusted_code(whole["trusted_code"]), Text()]
    used = sorted({axiom for record in whole["statements"] for axiom in record["axioms"]})
    if used:
        parts += [Text("Axioms used", style="bold"), _axiom_table(whole["trusted_base"], used), Text()]
    parts += [Text(f"problem in Coq: {problem}", style="red") for problem in whole["kernel"]["problems"]]
    if whole["kernel"]["outcome"] == "not run here":
        parts.append(Text("Coq: not run here; 'make kernel' runs it where coq and libcoq-coquelicot are installed"))
    counts = ", ".join(f"{number} {outcome}" for outcome, number in whole["summary"].items() if number)
    parts.append(Text(f"{len(whole['statements'])} statements: {counts or 'none'}"))
    parts += _told_of_kept([*whole["statements"], *whole["errata"]])
    return [*parts, *_step_parts(whole)] if verbose else parts


def _step_parts(whole: dict[str, Any]) -> list[RenderableType]:
    """Every step of every statement, with its claim in LaTeX."""
    parts: list[RenderableType] = []
    for record in whole["statements"]:
        parts += [Text(), Text(f"{record['id']}  {record['title']}", style="bold"), Text(record["source"])]
        table = _table("step", "method", "outcome", "scope", "seconds", "claim")
        for step in record["steps"]:
            table.add_row(
                step["id"],
                step["method"],
                _outcome(step["outcome"]),
                step["scope"],
                f"{step['seconds']:.3f}",
                step["reason"] or step["claim"],
            )
        parts.append(table)
    return parts


def mutant_parts(records: list[dict[str, Any]], verbose: bool) -> list[RenderableType]:
    """The score: what became of the other versions of each statement; none may be both proved and refuted."""
    outcomes = ("refused", "refuted", "open", "true", "unsound")
    table, total = _table("statement", "mutants", *outcomes), Counter[str]()
    for record in records:
        counts = Counter(mutant["outcome"] for mutant in record["mutants"])
        total += counts
        table.add_row(f"{record['id']}{_kept(record)}", str(counts.total()), *(str(counts[one]) for one in outcomes))
    kinds = _table("what was changed", "mutants", *outcomes)
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


def _statement_table(records: list[dict[str, Any]]) -> Table:
    table = _table("statement", "title", "outcome", "evidence", "Coq", "rests on", "instances", "seconds")
    for record in records:
        methods = Counter(step["method"] for step in record["steps"])
        evidence = ", ".join(f"{count} {method}" for method, count in methods.most_common())
        table.add_row(
            record["id"],
            record["title"],
            _of_row(record),
            evidence,
            stated_in_coq(record),
            rests_on(record),
            str(record["instances"]),
            f"{record['seconds']:.2f}",
        )
    return table


def _errata_table(records: list[dict[str, Any]]) -> Table:
    table = _table("erratum", "sentence", "outcome", "what holds", "exact witness")
    for record in records:
        table.add_row(
            record["id"],
            record["sentence"],
            _of_row(record, good="refuted"),
            ", ".join(record["true_form"]),
            record["witness"],
        )
    return table


def _trusted_code(code: list[dict[str, Any]]) -> list[RenderableType]:
    """The kernel's files with their lines, and the other parts in a line each."""
    table = _table("part", "lines", "libraries", "files (lines)")
    for part in code:
        files = ", ".join(f"{path} ({lines})" for path, lines in part["files"].items())
        libraries = ", ".join(part["libraries"]) or "none"
        table.add_row(part["part"], str(sum(part["files"].values())), libraries, files)
    return [table]


def _axiom_table(base: list[dict[str, Any]], used: list[str]) -> Table:
    table = _table("axiom", "what it says", "reference", "proved in Coq by")
    for axiom in base:
        if axiom["key"] in used:
            table.add_row(axiom["key"], axiom["statement"], axiom["reference"], ", ".join(axiom["kernel"]) or "-")
    return table


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _outcome(outcome: str, good: str = "") -> Text:
    return Text(outcome, style="green" if outcome == good else _COLOURS.get(outcome, "yellow"))


def _of_row(record: dict[str, Any], good: str = "") -> Text:
    """The outcome, and whether it is that of an earlier check."""
    return _outcome(record["outcome"], good).append(_kept(record))


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
    if not console.is_terminal:
        console.width = _WIDTH
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    # Not printed by the console itself, which would end the process on a closed pipe in its own way.
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))
