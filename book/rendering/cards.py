"""A theorem, a proof or an erratum as a card: its own relations, its evidence, and where everything stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from book.rendering.evidence import Record, record
from book.rendering.formulas import Html, display_math, inline_math, marked
from book.rendering.names import item_name
from book.rendering.prose import counterexample, prose
from book.rendering.root import MEANING, with_root
from book.rendering.sources import link
from proofs_check.ledger.coq_evidence import rests_on, stated_in_coq
from proofs_check.proofs import proof_of
from theory.errata import all_errata
from theory.errors import StatementError
from theory.language.relations import Relation
from theory.language.statement import Hypothesis, Statement, file_name
from theory.printing.notation import abbreviations_in
from theory.printing.relations import latex_of
from theory.setting.hypotheses import DECOMPOSITION
from theory.statements import statement


def show(identifier: str, *main: str) -> Html:
    """The card of a statement: what it claims, with its evidence; what it assumes and what else it claims folds out.

    Args:
        identifier: the statement's id.
        main: the claims that are the lesson, by name; by default all.

    Raises:
        StatementError: no statement, or no row of the ledger, has the id, or it has no such claim.
    """
    return Html(statement_card(statement(identifier), record(identifier), main))


def erratum(identifier: str) -> Html:
    """The card of a sentence that is false as literally read, with its exact counterexample.

    Raises:
        StatementError: no erratum has the id.
    """
    row = record(identifier)
    found = all_errata()[identifier]
    holds = ", ".join(f'<a href="ledger.html#row-{i}">{escape(item_name(i))}</a>' for i in found.true_form)
    literal = found.literal
    return Html(
        _open(literal, row, "erratum")
        + f"<p>The paper says: <q>{prose(found.sentence)}</q></p>"
        + counterexample(row["witness"])
        + f"<p><b>What holds:</b> {prose(found.remark)} See {holds}.</p>"
        + _folded("The sentence as a formula", _relations(literal.claims, "claim") + _legend(literal))
        + _hypotheses(literal.hypotheses)
        + _files(f"theory/errata/{file_name(identifier)}.py", f"proofs_check/witnesses/{file_name(identifier)}.py", row)
        + "</section>"
    )


def proof(identifier: str) -> Html:
    """The steps of a statement's proof, each with its method, what it uses and how the check ended.

    Raises:
        StatementError: no statement has the id.
    """
    found, row = statement(identifier), record(identifier)
    rows = {step["id"]: step for step in row["steps"]}
    items = "".join(
        f'<li class="step"><div class="step-head"><code>{escape(step.id)}</code> '
        f'<span class="method">{_method(step.method)}</span>{_uses(step.method.uses)} '
        f"{badge(*[rows[step.id]['outcome']] * 2)}</div>{display_math(rows[step.id]['claim'])}</li>"
        for step in proof_of(found)
    )
    return Html(
        f'<details class="proof" data-proof="{escape(identifier)}"><summary>Proof of {escape(item_name(identifier))}, '
        f"{len(rows)} steps</summary><ol>{items}</ol>"
        f"<p>{link(f'proofs_check/proofs/{file_name(identifier)}.py', 'The file of this proof')}</p></details>"
    )


def statement_card(shown: Statement, row: Record, main: Sequence[str] = ()) -> str:
    """The card of a statement with the evidence of its ledger row.

    Raises:
        StatementError: a claim that is to be shown first is none.
    """
    unknown = [name for name in main if name not in shown.claims]
    if unknown:
        raise StatementError(f"{shown.id} has no claim {unknown[0]!r}: there are {', '.join(shown.claims)}")
    first = {name: shown.claims[name] for name in main or shown.claims}
    others = {name: claim for name, claim in shown.claims.items() if name not in first}
    meanings = "".join(
        f"<li><b>{prose(letters)}</b>: {prose(meaning)}</li>" for letters, meaning in shown.variables.items()
    )
    return (
        _open(shown, row, "theorem")
        + _relations(first, "claim")
        + _legend(shown)
        + (f'<p class="remark">{prose(shown.remark)}</p>' if shown.remark else "")
        + (_folded(f"Also claimed: {counted(len(others), 'formula')}", _relations(others, "claim")) if others else "")
        + _hypotheses(shown.hypotheses)
        + (_folded("Letters", f"<ul>{meanings}</ul>") if meanings else "")
        + _files(f"theory/statements/{file_name(shown.id)}.py", f"proofs_check/proofs/{file_name(shown.id)}.py", row)
        + "</section>"
    )


def badge(kind: str, words: str) -> str:
    """A few words in a colour that tells what they are worth."""
    return f'<span class="badge-evidence {escape(kind.replace(" ", "-"))}">{escape(words)}</span>'


def badges(row: Record) -> str:
    """How the ledger's check ended, and how many claims Coq states, if any."""
    stated = stated_in_coq(row)
    kind = {"passed": "coq", "not run here": "quiet"}.get(row["kernel"]["outcome"], "bad")
    return badge(row["outcome"], row["outcome"]) + ("" if stated == "-" else badge(kind, f"Coq: {stated}"))


def _open(shown: Statement, row: Record, kind: str) -> str:
    return (
        f'<section class="card-{kind}" id="{escape(shown.id)}" data-statement="{escape(shown.id)}">'
        f'<p class="card-head"><b>{escape(item_name(shown.id))}.</b> {prose(shown.title)} {badges(row)}</p>'
        f'<p class="card-source">{escape(shown.source)}</p>'
    )


def counted(number: int, thing: str) -> str:
    """A number of things.

    Examples:
        >>> counted(1, "formula"), counted(3, "condition")
        ('1 formula', '3 conditions')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _folded(words: str, inside: str) -> str:
    return f"<details><summary>{escape(words)}</summary>{inside}</details>"


def _hypotheses(hypotheses: Mapping[str, Hypothesis]) -> str:
    """What is assumed, folded; that the data have a singular value decomposition last, as it is assumed throughout."""
    shared = {name: h for name, h in hypotheses.items() if DECOMPOSITION.get(name) is h}
    own = {name: h for name, h in hypotheses.items() if name not in shared}
    inside = _relations(own, "hypothesis")
    if shared:
        inside += "<p>The data have a singular value decomposition:</p>" + _relations(shared, "hypothesis")
    return _folded(f"Assumed: {counted(len(hypotheses), 'condition')}", inside) if hypotheses else ""


def _relations(relations: Mapping[str, Hypothesis] | Mapping[str, Relation], kind: str) -> str:
    return "".join(
        f'<div class="relation {kind}" data-name="{escape(name)}">{display_math(with_root(latex_of(relation)))}</div>'
        for name, relation in relations.items()
    )


def _legend(shown: Statement) -> str:
    """What the abbreviations stand for that the printed relations use."""
    relations = [*(h for h in shown.hypotheses.values() if isinstance(h, Relation)), *shown.claims.values()]
    used = abbreviations_in(relations)
    printed = [latex_of(relation) for relation in relations]
    root = [MEANING] if any(with_root(latex) != latex for latex in printed) else []
    items = ", ".join(map(inline_math, [*root, *(f"{short} = {long}" for short, long in used.items())]))
    return f'<p class="legend">Here {items}.</p>' if items else ""


def _files(stated: str, checked: str, row: Record) -> str:
    base = f'; rests on <a href="ledger.html#trusted-base">{escape(rests_on(row))}</a>' if "axioms" in row else ""
    return (
        f'<p class="card-foot">Stated in {link(stated)}; checked by {link(checked)}; '
        f'<a class="ledger-row" href="ledger.html#row-{escape(row["id"])}">row in the ledger</a>{base}</p>'
    )


def _method(method: object) -> str:
    """What a method does: the first line of its own description."""
    return marked((type(method).__doc__ or "").strip().splitlines()[0])


def _uses(names: frozenset[str]) -> str:
    return (
        f' <span class="uses">uses {", ".join(f"<code>{escape(n)}</code>" for n in sorted(names))}</span>'
        if names
        else ""
    )
