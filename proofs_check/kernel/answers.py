"""What Coq is asked about theorems, and how its answers are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from proofs_check.kernel import coq
from proofs_check.kernel.table import TheoremTable

ALLOWED_AXIOMS = frozenset(
    {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    }
)
"""The axioms that Coq's standard library of real numbers itself rests on."""

SEALED_MODULES = ("Coq.Reals.Rdefinitions.", "Coq.ssr.ssrunder.")
"""Modules of Coq whose definitions are hidden behind a signature: its separate checker lists them as axioms."""

MARK = "@@"
_REALS = [
    "From Coq Require Import Reals List.",
    "From Coquelicot Require Import Coquelicot.",
    "Local Open Scope R_scope.",
]


@dataclass(frozen=True)
class KernelTheorem:
    """A theorem as Coq states it, and the axioms its proof uses.

    Attributes:
        module: the file without its ending.
        name: the theorem in that file.
        statement: its type, as Coq prints it.
        assumptions: the axioms, sorted; empty when the proof uses none.
    """

    module: str
    name: str
    statement: str
    assumptions: tuple[str, ...]


def parse_assumptions(printed: str) -> tuple[str, ...]:
    r"""Return the axioms in the answer of `Print Assumptions`, sorted.

    >>> parse_assumptions('Closed under the global context')
    ()
    >>> parse_assumptions('Axioms:\nb.ax : forall P : Prop,\n    P\na\n  : nat\n')
    ('a', 'b.ax')

    Raises:
        coq.CoqError: the answer has neither form.
    """
    if printed.strip() == "Closed under the global context":
        return ()
    head, _, rest = printed.strip().partition("\n")
    names = re.findall(r"^([^\s:]+)(?=\s|$)", rest, flags=re.MULTILINE)
    if head != "Axioms:" or not names:
        raise coq.CoqError(f"answer of Print Assumptions not understood: {printed.strip()[:80]!r}")
    return tuple(sorted(names))


def parse_context(printed: str) -> tuple[str, ...]:
    r"""Return the problems in the summary of Coq's separate checker: what is assumed and not allowed.

    >>> parse_context('* Axioms:\n    Coq.Logic.Classical_Prop.classic\n\n* Positivity assumed: <none>\n')
    ()
    >>> parse_context('* Axioms: <none>\n\n* Constants relying on type-in-type:\n    Kernel.a.b\n')
    ('coqchk: Kernel.a.b is not allowed under "Constants relying on type-in-type"',)

    Raises:
        coq.CoqError: the summary names no axioms at all, not even none.
    """
    sections = re.findall(r"^\* ([^:\n]*):(.*?)(?=^\*|\Z)", printed, flags=re.MULTILINE | re.DOTALL)
    if "Axioms" not in [title for title, _ in sections]:
        raise coq.CoqError(f"answer of coqchk not understood: {printed.strip()[:80]!r}")
    return tuple(
        f'coqchk: {name} is not allowed under "{title}"'
        for title, names in sections
        for name in names.split()
        if title != "Theory" and name != "<none>"
        if not (
            title == "Axioms"
            and (name.startswith(SEALED_MODULES) or any(name.endswith(f".{axiom}") for axiom in ALLOWED_AXIOMS))
        )
    )


def question(table: TheoremTable, modules: Iterable[str], of_reals: bool) -> str:
    """Return a Coq file that prints statements and assumptions between marks, with the given modules open.

    Statements of real numbers are printed as such; where there are none, these are not loaded.

    `Print Assumptions` walks through all of the real numbers each time, so the examples and the claims of the ledger
    are asked about together.
    """
    theorems, examples = (
        list(dict.fromkeys(name for names in part.values() for name in names)) for part in (table.items, table.examples)
    )
    lines = [
        *(_REALS if of_reals else []),
        *(f"From {coq.LIBRARY} Require Import {name}." for name in modules),
        *(f"From {coq.LIBRARY} Require {name}." for name in _closed_modules(table, [*theorems, *examples])),
        "Set Printing Width 110.",
    ]

    def marked(label: str, command: str) -> list[str]:
        return [f'Goal True. idtac "{MARK} {label}". exact I. Qed.', command]

    for name in [*theorems, *examples, *table.stated.values()]:
        lines += marked(f"statement {name}", f"Check @{coq.LIBRARY}.{name}.")
    for said, name in table.stated.items():  # refused where the theorem has another type
        lines.append(re.sub(r"^(~ )?", rf"Goal \g<1>{coq.LIBRARY}.", said) + f". exact {coq.LIBRARY}.{name}. Qed.")
    for name in theorems:
        lines += marked(f"assumptions {name}", f"Print Assumptions {coq.LIBRARY}.{name}.")
    if examples or table.stated:
        together = ", ".join(f"@{coq.LIBRARY}.{name}" for name in [*examples, *table.stated.values()])
        lines += [f"Definition every_example := ({together})."]
        lines += marked("assumptions every_example", "Print Assumptions every_example.")
        lines += marked("end", "")
    return "\n".join(lines) + "\n"


def _closed_modules(table: TheoremTable, names: Iterable[str]) -> list[str]:
    """Files that are spoken of with their name: the statements, the claims of them, and what is asked about."""
    pairs = ((said.removeprefix("~ "), name) for said, name in table.stated.items())
    spoken = [*(one for pair in pairs for one in pair), *names]
    return list(dict.fromkeys(one.partition(".")[0] for one in spoken))


def parse_answers(printed: str) -> dict[str, KernelTheorem]:
    """Return the theorems in the answer to a `question`, by their name `module.theorem`."""
    pieces = re.split(rf"^{MARK} (.*)$", printed, flags=re.MULTILINE)[1:]
    texts = {label.strip(): text.strip() for label, text in zip(pieces[::2], pieces[1::2], strict=True)}
    together = texts.get("assumptions every_example", "")
    answers: dict[str, KernelTheorem] = {}
    for label, text in texts.items():
        kind, _, qualified = label.partition(" ")
        if kind == "statement":
            module, _, name = qualified.partition(".")
            statement = re.sub(r"^\S+\s*:\s*", "", text)
            assumed = parse_assumptions(texts.get(f"assumptions {qualified}", together))
            answers[qualified] = KernelTheorem(module, name, statement, assumed)
    return answers
