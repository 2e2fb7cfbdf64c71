"""The ledger's statements in Coq: what a Coq theorem has to say to count as evidence for a claim.

Each statement becomes a file `statements/*.v` with its hypotheses as a record and each claim as a proposition. A
theorem counts for a claim if its type is that proposition, so that nobody has to compare two formulations by eye.
Written anew by `python -m proofs_check.kernel.statement_files`.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from proofs_check.kernel.printing.names import Names, NotInCoq, identifier
from proofs_check.kernel.printing.sentences import SentencePrinter
from proofs_check.kernel.table import STATEMENTS
from theory.errata import all_errata
from theory.errors import StatementError
from theory.language.statement import Statement, file_name
from theory.language.statement_reader import read
from theory.language.terms import OUTCOME
from theory.statements import all_statements

WIDTH = 110
IMPORTS = {
    "∑|Prod|delta": "finite_sums",
    "is_sharpness": "sharpness",
    "real_power|coefficient|flow_leads": "language_of_statements",
    "is_sharpness_of_layers|flow_of_layers_leads": "layers_of_weights",
    "expectation": "expectation",
    "independent_normal|followed_by": "normal_numbers",
}
"""The file that has what these words mean."""


def in_coq(statement: Statement) -> str:
    """A statement as a Coq file.

    Raises:
        NotInCoq: something in it has no meaning in Coq yet, such as a matrix of normal numbers.
    """
    said = read(statement)
    assumed = {**said.domains, **said.hypotheses}
    names = Names([*assumed.values(), *said.claims.values()])
    printer = SentencePrinter(names)
    fields = [(f"size_{name}", f"(0 < {name})%nat") for name in names.axes.values()]
    random = [letter for letter in names.letters if OUTCOME in letter.sorts]
    fields += [(f"random_{names.letters[letter]}", printer.measurable(letter)) for letter in random]
    fields += [(identifier(name), printer.formula(one)) for name, one in assumed.items()]
    lines = _wrapped(f"Record hypotheses {names.binders()} : Prop := {{", "  ")
    lines += [line for name, one in fields for line in _wrapped(f"  {name} : {one};", "    ")]
    lines += ["}."]
    for name, claim in said.claims.items():
        lines += ["", *_wrapped(f"Definition {identifier(name)} : Prop := forall {names.binders()},", "  ")]
        lines += _wrapped(f"  hypotheses {names.arguments()} ->", "    ")
        lines += _wrapped(f"  {printer.formula(claim)}.", "    ")
    body = "\n".join(lines) + "\n"
    return f"(** {_comment(f'{statement.id}. {statement.title}')}. *)\n\n{_imports(body)}\n{body}"


def _comment(text: str) -> str:
    """Text inside a comment of Coq, which can neither end it nor open another or a string."""
    return re.sub(r"\s+", " ", text.replace("(*", "( *").replace("*)", "* )").replace('"', "'"))


def _imports(body: str) -> str:
    """What a file requires before it can say this."""
    ours = [module for words, module in IMPORTS.items() if re.search(rf"(?<!\w)({words})(?!\w)", body)]
    lines = ["From Coq Require Import Reals."]
    if re.search(r"(?<!\w)(Derive|is_derive)(?!\w)", body):
        lines.append("From Coquelicot Require Import Coquelicot.")
    if ours:
        lines.append(f"From Kernel Require Import {' '.join(ours)}.")
    if "[" in body:
        lines[0] = "From Coq Require Import Reals List."
        lines.append("Import ListNotations.")
    return "\n".join([*lines, "Local Open Scope R_scope."]) + "\n"


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def every_statement() -> dict[str, Statement]:
    """The statements of the ledger and the literal readings of the errata, by the name of their files."""
    errata = {one.literal.id: one.literal for one in all_errata().values()}
    return {file_name(name): one for name, one in {**all_statements(), **errata}.items()}


def every_file() -> dict[str, str]:
    """What stands in `statements/`, by file name, of every statement that has a meaning in Coq."""
    files: dict[str, str] = {}
    for name, statement in every_statement().items():
        try:
            files[f"{name}.v"] = in_coq(statement)
        except (NotInCoq, StatementError):
            continue
    return files


def write(folder: Path = STATEMENTS) -> None:
    """Write every file anew, and take away those of statements that are gone."""
    files = every_file()
    folder.mkdir(exist_ok=True)
    for gone in {path.name for path in folder.glob("*.v")} - files.keys():
        (folder / gone).unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
