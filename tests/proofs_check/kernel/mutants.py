"""Sign changes in the Coq statements and definitions, and whether anything notices them.

A mutant is one operator changed in one statement or definition. It is refuted when its own file, a file that
depends on it or the instances no longer compile. Run on every mutant: `python -m tests.proofs_check.kernel.mutants`.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from proofs_check.kernel import coq
from proofs_check.kernel.assumptions import SOURCES, theorem_table
from tests.proofs_check.kernel.claims import FAMILIES, file_of

SIGNS = [(" + ", " - "), (" - ", " + "), ("(- ", "("), (" <= ", " >= "), (" < ", " > "), (" >= ", " <= ")]
STATEMENT = re.compile(r"^(?:Theorem|Corollary|Lemma|Example|Definition)\s+(\w+)(.*?)(?=^Proof|\Z|^\(\*\*)", re.S | re.M)


@dataclass(frozen=True)
class Mutant:
    module: str
    name: str
    place: int
    old: str
    new: str

    @property
    def label(self) -> str:
        return f"{self.module}.{self.name}@{self.place}:{self.old.strip()}->{self.new.strip() or 'nothing'}"

    def source(self) -> str:
        text = (SOURCES / f"{self.module}.v").read_text(encoding="utf-8")
        return text[: self.place] + self.new + text[self.place + len(self.old) :]


def mutants_of(module: str, names: Sequence[str]) -> Iterator[Mutant]:
    """Every sign change in the named statements and definitions of a file."""
    text = (SOURCES / f"{module}.v").read_text(encoding="utf-8")
    for found in STATEMENT.finditer(text):
        name, body = found.group(1), found.group(2)
        if name in names:
            for old, new in SIGNS:
                for sign in re.finditer(re.escape(old), body):
                    yield Mutant(module, name, found.start(2) + sign.start(), old, new)


def survives(mutant: Mutant, build: Path) -> bool:
    """Whether the mutant's file, all that depends on it and every instance still compile."""
    ordered = coq.in_order(SOURCES.glob("*.v"))
    changed = {mutant.module}
    with tempfile.TemporaryDirectory() as folder:
        for compiled in build.glob("*.vo"):
            shutil.copy2(compiled, folder)
        try:
            for path in ordered:
                text = path.read_text(encoding="utf-8")
                if path.stem == mutant.module:
                    text = mutant.source()
                elif changed.isdisjoint(coq.required_modules(text)):
                    continue
                changed.add(path.stem)
                copy = Path(folder) / path.name
                copy.write_text(text, encoding="utf-8")
                coq.compile_file(copy, [Path(folder)])
            for family in FAMILIES:
                instance = Path(folder) / f"instance_{family}.v"
                instance.write_text(file_of(family, 0, [path.stem for path in ordered]), encoding="utf-8")
                coq.compile_file(instance, [Path(folder)])
        except coq.CoqError:
            return False
    return True


def every_mutant() -> list[Mutant]:
    """All sign changes in the theorems of the table."""
    names: dict[str, list[str]] = {}
    for listed in theorem_table().items.values():
        for name in listed:
            module, _, theorem = name.partition(".")
            names.setdefault(module, []).append(theorem)
    return [mutant for module in sorted(names) for mutant in mutants_of(module, names[module])]


if __name__ == "__main__":
    candidates = every_mutant()
    kept = []
    for number, candidate in enumerate(candidates, start=1):
        alive = survives(candidate, SOURCES / "build")
        kept += [candidate.label] if alive else []
        print(f"{number}/{len(candidates)} {'SURVIVES' if alive else 'refuted'} {candidate.label}", flush=True)
    sys.exit(1 if kept else 0)
