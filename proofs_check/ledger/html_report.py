"""The ledger as one self-contained page: no script, no network; formulas are MathML, which browsers draw themselves."""

from __future__ import annotations

from html import escape
from typing import Any

from latex2mathml.converter import convert

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #cf222e; --quiet: #888; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .3rem; }
.quiet { color: var(--quiet); } .badge { font-size: .8rem; padding: .1rem .5rem; border-radius: 1rem; color: #fff; }
.proved, .enclosed { background: var(--good); } .open, .refuted, .vacuous, .sampled { background: var(--bad); }
.erratum .refuted { background: var(--good); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
dt { font-family: ui-monospace, monospace; font-size: .85rem; color: var(--quiet); }
dd { margin: 0 0 .5rem 1rem; overflow-x: auto; padding-block: .3rem; }
math { font-size: 1.05em; font-family: 'Latin Modern Math', 'STIX Two Math', 'Cambria Math', math; }
details > summary { cursor: pointer; margin: .5rem 0; } td.claim { min-width: 22rem; }
.witness { overflow-wrap: anywhere; font-size: .9rem; }
"""


def page(ledger: dict[str, Any]) -> str:
    """The page for a ledger in its JSON schema."""
    counts = ", ".join(f"{number} {outcome}" for outcome, number in ledger["summary"].items() if number)
    versions = ", ".join(f"{escape(name)} {escape(version)}" for name, version in ledger["versions"].items())
    rows = "".join(
        f'<tr><td><a href="#{escape(r["id"])}">{escape(r["id"])}</a></td><td>{escape(r["title"])}</td>'
        f"<td>{_badge(r['outcome'])}</td><td>{escape(_rests_on(r))}</td>"
        f"<td>{escape(_coq(r['kernel']))}</td>"
        f"<td>{r['instances']}</td><td>{r['seconds']:.2f}</td></tr>"
        for r in ledger["statements"]
    )
    base = "".join(
        f"<dt>{escape(a['key'])}{' (proved in Coq)' if a['kernel'] else ''}</dt>"
        f"<dd>{escape(a['statement'])} <span class=quiet>{escape(a['reference'])}</span></dd>"
        for a in ledger["trusted_base"]
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Ledger of proofs</title><style>{_STYLE}</style></head><body>"
        f"<h1>Ledger of proofs</h1><p>{len(ledger['statements'])} statements: {escape(counts)}.</p>"
        '<div class="wide"><table><thead><tr><th>statement</th><th>title</th><th>outcome</th>'
        "<th>rests on</th><th>Coq</th>"
        f"<th>exact instances</th><th>seconds</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f"<h2>Trusted base</h2><dl>{base}</dl>"
        + "".join(_statement(record) for record in ledger["statements"])
        + ("<h1>False as literally read</h1>" if ledger["errata"] else "")
        + "".join(_erratum(record) for record in ledger["errata"])
        + f'<p class="quiet">{versions}</p></body></html>\n'
    )


def _statement(record: dict[str, Any]) -> str:
    steps = "".join(
        f"<tr><td>{escape(step['id'])}</td><td class=claim>{_math(step['claim'])}"
        f"{'<br>' + escape(step['reason']) if step['reason'] else ''}</td><td>{escape(step['method'])}</td>"
        f"<td>{escape(step['scope'])}</td><td>{_badge(step['outcome'])}</td><td>{step['seconds']:.3f}</td></tr>"
        for step in record["steps"]
    )
    return (
        f'<section id="{escape(record["id"])}"><h2>{escape(record["id"])}: {escape(record["title"])} '
        f"{_badge(record['outcome'])}</h2><p class=quiet>{escape(record['source'])}. Rests on "
        f"{escape(_rests_on(record))}; "
        f"seen to hold at {record['instances']} exact instances.</p>"
        + (f'<p class="witness">{escape(record["reason"])}</p>' if record["reason"] else "")
        + _relations("Assume", record["hypotheses"])
        + _relations("Then", record["claims"])
        + _kernel(record["kernel"])
        + f"<details><summary>{len(record['steps'])} steps</summary><div class=wide><table><thead><tr><th>step</th>"
        f"<th>claim</th><th>method</th><th>scope</th><th>outcome</th><th>seconds</th></tr></thead>"
        f"<tbody>{steps}</tbody></table></div></details></section>"
    )


def _kernel(kernel: dict[str, Any]) -> str:
    """The Coq theorems, as Coq prints them."""
    if not kernel["theorems"]:
        return ""
    theorems = "".join(
        f"<dt>{escape(t['theorem'])}</dt>"
        + (f"<dd><pre>{escape(t['statement'])}</pre></dd>" if "statement" in t else "")
        for t in kernel["theorems"]
    )
    return (
        f"<details><summary>Coq: {len(kernel['theorems'])} theorems, {escape(kernel['outcome'])}</summary>"
        f"<dl>{theorems}</dl></details>"
    )


def _erratum(record: dict[str, Any]) -> str:
    return (
        f'<section class="erratum" id="{escape(record["id"])}"><h2>{escape(record["id"])}: {escape(record["title"])} '
        f"{_badge(record['outcome'])}</h2><p class=quiet>{escape(record['source'])}</p>"
        f"<p>The paper says: {escape(record['sentence'])}. {escape(record['remark'])} "
        f"What holds: {escape(', '.join(record['true_form']))}.</p>"
        + _relations("Assume", record["hypotheses"])
        + _relations("The literal reading", record["claims"])
        + f'<p class="witness">{escape(record["witness"])}</p></section>'
    )


def _relations(heading: str, relations: dict[str, str]) -> str:
    if not relations:
        return ""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{_math(latex)}</dd>" for name, latex in relations.items())
    return f"<h3>{heading}</h3><dl>{items}</dl>"


def _rests_on(record: dict[str, Any]) -> str:
    """Axioms that are left once what Coq proves is taken away."""
    return ", ".join(record["axioms"]) or ("Coq alone" if record["axioms_proved_by_kernel"] else "nothing")


def _coq(kernel: dict[str, Any]) -> str:
    if kernel["outcome"] == "passed":
        return f"{len(kernel['theorems'])} theorems"
    return "" if kernel["outcome"] == "no theorem" else str(kernel["outcome"])


def _badge(outcome: str) -> str:
    return f'<span class="badge {escape(outcome)}">{escape(outcome)}</span>'


def _math(latex: str) -> str:
    return str(convert(latex)).replace('display="inline"', 'displaystyle="true"', 1)
