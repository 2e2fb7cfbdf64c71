"""What each Coq theorem assumes: compile the proofs, ask Coq, and fail on anything beyond its real numbers.

Run as `python -m proofs_check.kernel.assumptions`: prints one line per theorem and exits 1 on any problem. Without
Coq on the machine it says 'not run here' and exits 0.
"""

from __future__ import annotations

import enum
import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from proofs_check.kernel import coq
from proofs_check.kernel.answers import ALLOWED_AXIOMS, MARK, KernelTheorem, parse_answers, parse_context, question
from proofs_check.kernel.forbidden import forbidden_words
from proofs_check.kernel.table import SOURCES, TABLE, TheoremTable, open_modules, theorem_table


class CoqOutcome(enum.Enum):
    """How the check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run here"


@dataclass(frozen=True)
class KernelReport:
    """The result of the check.

    Attributes:
        outcome: passed, failed or not run.
        theorems: paper item, such as `thm-4.3`, to its theorems.
        examples: paper item to the theorems that meet its hypotheses on concrete data; their assumptions are
            those of all examples and stated claims together.
        stated: the theorem whose type is a claim of the ledger, or its negation, by that type.
        problems: one line each; empty unless the check failed.
    """

    outcome: CoqOutcome
    theorems: Mapping[str, tuple[KernelTheorem, ...]] = field(default_factory=dict)
    examples: Mapping[str, tuple[KernelTheorem, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    stated: Mapping[str, KernelTheorem] = field(default_factory=dict)


def ask(table: TheoremTable, sources: Path, build: Path) -> str:
    """Compile what changed, check it a second time and return what Coq prints on the table of theorems.

    The answers are kept beside the compiled files and used again while no source and no table changes.

    Raises:
        coq.CoqError: a file does not compile, or a theorem of the table is not there.
    """
    coq.compile_all(sources, build)
    kept = _answers_file(table, sources, build)
    if not kept.exists():
        printed = coq.compile_text(_question(table, sources), build)
        modules = [path.stem for path in coq.in_order(coq.files(sources))]
        kept.write_text(f"{printed}{MARK} context\n{coq.recheck(build, modules)}", encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def _question(table: TheoremTable, sources: Path) -> str:
    texts = [path.read_text(encoding="utf-8") for path in coq.files(sources)]
    return question(table, open_modules(sources), any("Reals" in coq.required_modules(text, "Coq") for text in texts))


def _answers_file(table: TheoremTable, sources: Path, build: Path) -> Path:
    """Where the answers about these very sources and this table are kept."""
    digest = hashlib.sha256(_question(table, sources).encode())
    for path in coq.files(sources):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return build / f"answers-{digest.hexdigest()[:16]}.txt"


def _forbidden(sources: Path) -> list[str]:
    return [
        f"{path.name}:{line}: the word '{word}' may not stand in a proof"
        for path in coq.files(sources)
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
        holds a word of `FORBIDDEN_WORDS`, of which Coq is not even asked. Nothing is raised for a bad proof.
    """
    table = theorem_table(sources / TABLE.name) if table is None else table
    problems = _forbidden(sources)
    if problems or not coq.installed():
        return KernelReport(CoqOutcome.FAILED if problems else CoqOutcome.NOT_RUN, problems=tuple(problems))
    try:
        printed = ask(table, sources, sources / "build" if build is None else build)
    except coq.CoqError as failure:
        return KernelReport(CoqOutcome.FAILED, problems=(str(failure),))
    return _judged(printed, table, [])


def _judged(printed: str, table: TheoremTable, problems: list[str]) -> KernelReport:
    """Read Coq's answers and judge what they assume, in addition to problems already found."""
    try:
        answers = parse_answers(printed)
        problems = [*problems, *parse_context(printed.partition(f"{MARK} context\n")[2])]
        theorems = {item: tuple(answers[name] for name in names) for item, names in table.items.items()}
        examples = {item: tuple(answers[name] for name in names) for item, names in table.examples.items()}
        stated = {said: answers[name] for said, name in table.stated.items()}
    except coq.CoqError as failure:
        return KernelReport(CoqOutcome.FAILED, problems=(*problems, str(failure)))
    except KeyError as missing:
        return KernelReport(CoqOutcome.FAILED, problems=(*problems, f"Coq says nothing of {missing}"))
    problems += [
        f"{theorem.module}.{theorem.name} ({item}) assumes {axiom}, which is not allowed"
        for answered in (theorems, examples, {said: (proved,) for said, proved in stated.items()})
        for item, proved in answered.items()
        for theorem in proved
        for axiom in theorem.assumptions
        if axiom not in ALLOWED_AXIOMS
    ]
    outcome = CoqOutcome.FAILED if problems else CoqOutcome.PASSED
    return KernelReport(outcome, theorems, examples, tuple(problems), stated)


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
    refuted = sum(said.startswith("~") for said in report.stated)
    counts = f"{proved} theorems, {met} examples, {len(report.stated) - refuted} claims of the ledger proved"
    counts += f" and {refuted} refuted"
    return "\n".join([*lines, f"kernel: {report.outcome.value}, {counts}"])


def main() -> int:
    """Print the report on this folder's proofs; return 1 if the check failed."""
    report = check()
    print(render(report))
    return 1 if report.outcome is CoqOutcome.FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
