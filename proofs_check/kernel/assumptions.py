"""What each Coq theorem assumes: compile the proofs, ask Coq, and fail on anything beyond its real numbers.

Run as `python -m proofs_check.kernel.assumptions`: prints one line per theorem and exits 1 on any problem. Without
Coq on the machine it says 'not run here' and exits 0.
"""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from proofs_check.kernel import coq

SOURCES = Path(__file__).parent
TABLE = SOURCES / "theorems.toml"

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

FORBIDDEN_WORDS = (
    "Admitted",
    "admit",
    "give_up",
    "Abort",
    "Axiom",
    "Axioms",
    "Parameter",
    "Parameters",
    "Conjecture",
    "Conjectures",
    "bypass_check",
    "Unset",
    "Primitive",
)

MARK = "@@"


class CoqOutcome(enum.Enum):
    """How the check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run here"


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


@dataclass(frozen=True)
class KernelReport:
    """The result of the check.

    Attributes:
        outcome: passed, failed or not run.
        theorems: paper item, such as `thm-4.3`, to its theorems.
        examples: paper item to the theorems that meet its hypotheses on concrete data; their assumptions are
            those of all examples together.
        problems: one line each; empty unless the check failed.
    """

    outcome: CoqOutcome
    theorems: Mapping[str, tuple[KernelTheorem, ...]] = field(default_factory=dict)
    examples: Mapping[str, tuple[KernelTheorem, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class TheoremTable:
    """Paper item to names `module.theorem`: the theorems that prove it, the examples that meet its hypotheses."""

    items: Mapping[str, list[str]]
    examples: Mapping[str, list[str]] = field(default_factory=dict)


def theorem_table(path: Path = TABLE) -> TheoremTable:
    """Return the table of theorems that a file holds.

    >>> theorem_table().items["err-4.4"]
    ['erratum_remark_4_4.erratum_remark_4_4']
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return TheoremTable(table["items"], table.get("examples", {}))


def forbidden_words(source: str) -> list[tuple[int, str]]:
    r"""Return line and word of everything in a Coq source that would let a claim through unproved.

    Declarations that turn into axioms outside a section are found too.

    >>> forbidden_words('Lemma a : False. (* admit *)\nProof. Admitted.')
    [(2, 'Admitted')]
    >>> forbidden_words('Section A.\nVariable x : nat.\nEnd A.\nHypothesis y : False.')
    [(4, 'Hypothesis')]
    """
    found: list[tuple[int, str]] = []
    sections: list[str] = []
    for number, line in enumerate(coq.without_comments(source).splitlines(), start=1):
        sections += re.findall(r"\bSection\s+(\w+)\s*\.", line)
        for name in re.findall(r"\bEnd\s+(\w+)\s*\.", line):
            if name in sections:
                sections.remove(name)
        words = [*FORBIDDEN_WORDS]
        if not sections:
            words += ["Variable", "Variables", "Hypothesis", "Hypotheses", "Context"]
        found += [(number, word) for word in words if re.search(rf"(?<![\w']){word}(?![\w'])", line)]
    return found


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


def question(table: TheoremTable, modules: Iterable[str]) -> str:
    """Return a Coq file that prints statements and assumptions between marks, with the given modules open.

    `Print Assumptions` walks through all of the real numbers each time, so the examples are asked about together.
    """
    theorems, examples = (
        list(dict.fromkeys(name for names in part.values() for name in names)) for part in (table.items, table.examples)
    )
    lines = [
        "From Coq Require Import Reals List.",
        "From Coquelicot Require Import Coquelicot.",
        f"From {coq.LIBRARY} Require Import {' '.join(modules)}.",
        "Local Open Scope R_scope.",
        "Set Printing Width 110.",
    ]

    def marked(label: str, command: str) -> list[str]:
        return [f'Goal True. idtac "{MARK} {label}". exact I. Qed.', command]

    for name in [*theorems, *examples]:
        lines += marked(f"statement {name}", f"Check @{coq.LIBRARY}.{name}.")
    for name in theorems:
        lines += marked(f"assumptions {name}", f"Print Assumptions {coq.LIBRARY}.{name}.")
    if examples:
        together = ", ".join(f"@{coq.LIBRARY}.{name}" for name in examples)
        lines += [f"Definition every_example := ({together})."]
        lines += marked("assumptions every_example", "Print Assumptions every_example.")
        lines += marked("end", "")
    return "\n".join(lines) + "\n"


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


def ask(table: TheoremTable, sources: Path, build: Path) -> str:
    """Compile what changed, check it a second time and return what Coq prints on the table of theorems.

    The answers are kept beside the compiled files and used again while no source and no table changes.

    Raises:
        coq.CoqError: a file does not compile, or a theorem of the table is not there.
    """
    coq.compile_all(sources, build)
    modules = _modules(sources)
    asked = question(table, modules)
    kept = _answers_file(table, sources, build)
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "question.v"
            file.write_text(asked, encoding="utf-8")
            printed = coq.compile_file(file, [build])
        printed += f"{MARK} context\n" + coq.recheck(build, modules)
        kept.write_text(printed, encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def _modules(sources: Path) -> list[str]:
    return [path.stem for path in coq.in_order(sources.glob("*.v"))]


def _answers_file(table: TheoremTable, sources: Path, build: Path) -> Path:
    """Where the answers about these very sources and this table are kept."""
    digest = hashlib.sha256(question(table, _modules(sources)).encode())
    for path in sorted(sources.glob("*.v")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return build / f"answers-{digest.hexdigest()[:16]}.txt"


def _forbidden(sources: Path) -> list[str]:
    return [
        f"{path.name}:{line}: the word '{word}' may not stand in a proof"
        for path in sorted(sources.glob("*.v"))
        for line, word in forbidden_words(path.read_text(encoding="utf-8"))
    ]


def kept(sources: Path = SOURCES, build: Path | None = None) -> KernelReport:
    """Return the report of the last check of these very sources, if there was one, without starting Coq.

    Returns:
        The report that `check` gave; 'not run here' if it has not run, or if a source or the table changed since.
    """
    table = theorem_table(sources / TABLE.name)
    answers = _answers_file(table, sources, sources / "build" if build is None else build)
    if not answers.exists():
        return KernelReport(CoqOutcome.NOT_RUN)
    return _judged(answers.read_text(encoding="utf-8"), table, _forbidden(sources))


def check(
    sources: Path = SOURCES,
    table: TheoremTable | None = None,
    build: Path | None = None,
) -> KernelReport:
    """Compile a folder of proofs and report what each theorem of the table assumes.

    Args:
        sources: the folder of `.v` files, with its Makefile.
        table: the theorems; those of the folder's `theorems.toml` if left out.
        build: where compiled files go and are kept; `build` in the folder if left out.

    Returns:
        The report. It failed if a file does not compile, a theorem is missing, a theorem or (by Coq's separate
        checker) anything else in the sources rests on an axiom that is not among `ALLOWED_AXIOMS`, or a source
        holds a word of `FORBIDDEN_WORDS`. Nothing is raised for a bad proof.
    """
    table = theorem_table(sources / TABLE.name) if table is None else table
    problems = _forbidden(sources)
    if not coq.installed():
        return KernelReport(CoqOutcome.FAILED if problems else CoqOutcome.NOT_RUN, problems=tuple(problems))
    try:
        printed = ask(table, sources, sources / "build" if build is None else build)
    except coq.CoqError as failure:
        return KernelReport(CoqOutcome.FAILED, problems=(*problems, str(failure)))
    return _judged(printed, table, problems)


def _judged(printed: str, table: TheoremTable, problems: list[str]) -> KernelReport:
    """Read Coq's answers and judge what they assume, in addition to problems already found."""
    try:
        answers = parse_answers(printed)
        problems = [*problems, *parse_context(printed.partition(f"{MARK} context\n")[2])]
        theorems = {item: tuple(answers[name] for name in names) for item, names in table.items.items()}
        examples = {item: tuple(answers[name] for name in names) for item, names in table.examples.items()}
    except coq.CoqError as failure:
        return KernelReport(CoqOutcome.FAILED, problems=(*problems, str(failure)))
    except KeyError as missing:
        return KernelReport(CoqOutcome.FAILED, problems=(*problems, f"Coq says nothing of {missing}"))
    problems += [
        f"{theorem.module}.{theorem.name} ({item}) assumes {axiom}, which is not allowed"
        for answered in (theorems, examples)
        for item, proved in answered.items()
        for theorem in proved
        for axiom in theorem.assumptions
        if axiom not in ALLOWED_AXIOMS
    ]
    outcome = CoqOutcome.FAILED if problems else CoqOutcome.PASSED
    return KernelReport(outcome, theorems, examples, tuple(problems))


def as_data(report: KernelReport) -> dict[str, list[dict[str, object]]]:
    """Return paper item to its theorems as plain dictionaries: module, name, statement, assumptions.

    >>> as_data(KernelReport(CoqOutcome.PASSED, {"thm-1": (KernelTheorem("file", "claim", "True", ()),)}))
    {'thm-1': [{'module': 'file', 'name': 'claim', 'statement': 'True', 'assumptions': ()}]}
    """
    return {item: [dataclasses.asdict(theorem) for theorem in proved] for item, proved in report.theorems.items()}


def render(report: KernelReport) -> str:
    """Return the report as text: a line per theorem, the axioms numbered below, then the problems."""
    axioms = sorted({a for proved in report.theorems.values() for t in proved for a in t.assumptions})
    numbers = {axiom: str(number) for number, axiom in enumerate(axioms, start=1)}
    rows = [
        (item, f"{t.module}.{t.name}", " ".join(numbers[a] for a in t.assumptions) or "none")
        for item, proved in report.theorems.items()
        for t in proved
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    lines = [f"{item:<{widths[0]}}  {name:<{widths[1]}}  {assumed}" for item, name, assumed in rows]
    lines += [
        f"{item:<{widths[0]}}  met by {', '.join(f'{t.module}.{t.name}' for t in met)}"
        for item, met in report.examples.items()
    ]
    if axioms:
        lines += ["", "assumptions:", *(f"  {numbers[axiom]} {axiom}" for axiom in axioms)]
    lines += [f"problem: {problem}" for problem in report.problems]
    proved, met = (sum(map(len, part.values())) for part in (report.theorems, report.examples))
    return "\n".join([*lines, f"kernel: {report.outcome.value}, {proved} theorems, {met} examples"])


def main() -> int:
    """Print the report on this folder's proofs; return 1 if the check failed."""
    report = check()
    print(render(report))
    return 1 if report.outcome is CoqOutcome.FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
