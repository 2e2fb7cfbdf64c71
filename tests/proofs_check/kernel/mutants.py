"""Sign changes in the Coq statements and definitions, and whether anything notices them.

A mutant is one operator changed in one statement or definition. It is refuted when its own file, a file that
depends on it or the instances no longer compile. Run on every mutant, or on those of some files:
`python -m tests.proofs_check.kernel.mutants [FILE ...]`.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from proofs_check.kernel import coq
from proofs_check.kernel.table import SOURCES, open_modules, theorem_table
from tests.proofs_check.kernel.claims import file_of_all
from tests.proofs_check.kernel.whole_kernel import ACCEPTED, answers, kernel, sources

SIGNS = [
    (" + ", " - "),
    (" - ", " + "),
    ("(- ", "("),
    ("= - ", "= "),
    (" <= ", " >= "),
    (" < ", " > "),
    (" >= ", " <= "),
]
DEFINITIONS = {
    "definition_4_2": ["imbalance"],
    "equation_16": ["minimizer_V"],
    "theorem_4_3": ["sharpness_bound"],
    "remark_4_4": ["threshold"],
    "theorem_4_6": ["depth_bound"],
    "minimalist_model": ["residual", "along"],
    "hessian": ["hessian_uv", "hessian_vv", "hessian_form"],
    "gradient_flow": ["gradient_flow"],
    "optimizers": ["gd_u", "gd_v", "sgd_u", "sgd_v"],
    "theorem_5_9": ["T_3", "T_4"],
    "escape": ["in_escape_region"],
    "lemma_b_2": ["phi"],
    "gaussian_integral": ["bell"],
    "gaussian_moments": ["gaussian_weights"],
    "nonlinear_model": ["nonlinear_residual", "nonlinear_imbalance", "nonlinear_flow"],
    "proposition_e_5": ["sigmoid", "sigmoid_slope", "sigmoid_Phi"],
}
"""The definitions that hold a sign of the paper; the statements come from the table of theorems."""

STATEMENT = re.compile(r"^(?:Theorem|Corollary|Lemma|Definition|Record)\s+(\w+)(.*?)\.\s*\n", re.S | re.M)


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

    @property
    def is_definition(self) -> bool:
        return self.name in DEFINITIONS.get(self.module, [])

    def source(self) -> str:
        text = sources()[self.module]
        return text[: self.place] + self.new + text[self.place + len(self.old) :]


def mutants_of(module: str, names: Sequence[str]) -> Iterator[Mutant]:
    """Every sign change in the named statements and definitions of a file."""
    text = sources()[module]
    for found in STATEMENT.finditer(text):
        name, body = found.group(1), found.group(2)
        if name in names:
            for old, new in SIGNS:
                for sign in re.finditer(rf"(?<!∑ \w)(?<!=){re.escape(old)}", body):
                    yield Mutant(module, name, found.start(2) + sign.start(), old, new)


def unchanged(module: str) -> Mutant:
    """The mutant that changes nothing: it has to survive, or the others are refuted for a wrong reason."""
    return Mutant(module, "nothing", 0, "(", "(")


def survivors(mutants: Sequence[Mutant]) -> list[Mutant]:
    """Those whose file, all that depends on it, every instance and the claims of the ledger still compile."""
    lots, claims = list[dict[str, str]](), list[set[str]]()
    for mutant in mutants:
        texts, changed = {**sources(), mutant.module: mutant.source()}, {mutant.module}
        for name, text in texts.items():
            if changed & {*coq.required_modules(text)}:
                changed.add(name)
        asked = {name: texts[name] for name in kernel() if name in changed}
        lots.append({**asked, "instances": file_of_all(0, open_modules())})
        claims.append(changed - asked.keys())
    accepted = [ACCEPTED in said for said in answers(lots)]
    return [
        mutant
        for mutant, alive, others in zip(mutants, accepted, claims, strict=True)
        if alive and (not others or made(mutant, others))
    ]


def made(mutant: Mutant, claims: Collection[str]) -> bool:
    """Whether files of claims compile in a copy of the kernel that has the mutant."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(SOURCES, Path(folder) / "kernel")
        (copy / f"{mutant.module}.v").write_text(mutant.source(), encoding="utf-8")
        try:
            coq.compile_all(copy, copy / "build", *claims)
        except coq.CoqError:
            return False
    return True


def every_mutant() -> list[Mutant]:
    """All sign changes in the theorems of the table and in the definitions above."""
    names = {module: list(defined) for module, defined in DEFINITIONS.items()}
    for listed in theorem_table().items.values():
        for name in listed:
            module, _, theorem = name.partition(".")
            names.setdefault(module, []).append(theorem)
    return [mutant for module in sorted(names) for mutant in mutants_of(module, names[module])]


if __name__ == "__main__":
    candidates = [mutant for mutant in every_mutant() if mutant.module in sys.argv[1:] or not sys.argv[1:]]
    kept = []
    for _, of_file in groupby(candidates, key=lambda mutant: mutant.module):
        asked = list(of_file)
        alive = survivors(asked)
        kept += alive
        for mutant in asked:
            print("SURVIVES" if mutant in alive else "refuted", mutant.label, flush=True)
    sys.exit(1 if kept else 0)
