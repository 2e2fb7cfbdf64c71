"""Proofs as a reader sees them: the steps of one, and the rules by which theorems are made."""

from __future__ import annotations

import inspect
import sys
from html import escape

from book.rendering.evidence import record
from book.rendering.formulas import Html, display_math, marked
from book.rendering.tables import table
from proofs_check.rules import rules


def steps(identifier: str) -> Html:
    """The steps of a statement's proof, in order: each with its method and its relation."""
    return table(
        record(identifier)["steps"],
        ("step", lambda step: Html(f"<code>{escape(step['id'])}</code>")),
        ("method", "method"),
        ("what it says", lambda step: Html(display_math(step["claim"]))),
        kind="",
    )


def rules_of_the_kernel() -> Html:
    """Every rule of the kernel with its promise and its axioms, as its own docstring and source say, file by file."""
    found: dict[str, list[str]] = {}
    for name, rule in rules().items():
        axioms = inspect.getclosurevars(rule).nonlocals["axioms"]
        rests = f" <em>Axiom: {escape(', '.join(axioms))}.</em>" if axioms else ""
        told = (inspect.getdoc(rule) or "").partition("\n\nArgs:")[0]
        promise = "".join(f"<p>{marked(part)}</p>" for part in told.split("\n\n"))
        found.setdefault(rule.__module__, []).append(f"<dt><code>{escape(name)}</code>{rests}</dt><dd>{promise}</dd>")
    parts = []
    for module, entries in found.items():
        about = (sys.modules[module].__doc__ or "").split("\n\n")[0].strip()
        title = f"{escape(module.rpartition('.')[2])}.py"
        parts.append(f"<h3><code>{title}</code></h3><p>{marked(about)}</p><dl class='rules'>{''.join(entries)}</dl>")
    return Html("".join(parts))
