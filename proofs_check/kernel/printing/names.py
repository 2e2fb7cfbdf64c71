"""Names in Coq of the letters, axes and functions of a statement, of its hypotheses and its claims."""

from __future__ import annotations

import re
from collections.abc import Iterable

from proofs_check.kernel.printing.weights import LAYERS, WEIGHTS
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula
from theory.language.terms import OUTCOME, Axis, Letter, Sort

_VOCABULARY = """
    R nat INR Sum Prod delta sqrt exp ln real_power coefficient Derive is_derive is_sharpness flow_leads
    repeat map seq is_sharpness_of_layers flow_of_layers_leads hypotheses
    expectation expected_value almost measurable independent_normal followed_by
"""
_KEYWORDS = """
    Axiom CoFixpoint Definition Fixpoint Hypothesis Parameter Prop SProp Set Theorem Type Variable
    as at by cofix else end exists exists2 fix for forall fun if in is let match of return then using where with
"""
RESERVED = frozenset([*_VOCABULARY.split(), *_KEYWORDS.split()])
"""Names that the printed text itself uses, and those that Coq has taken."""

INDICES = {"N": "nmq", "d": "klp", "r": "ijh", "M": "jgt"}
"""What the indices of the common axes are called; those of others are a, b, c."""


class NotInCoq(StatementError):  # noqa: N818 - no fault of the statement
    """A statement that speaks of what has no meaning in Coq yet."""


class Names:
    """Coq names of the letters, axes and functions of one statement."""

    def __init__(self, formulas: Iterable[Formula]) -> None:
        every = list(formulas)
        letters = {letter for formula in every for letter in formula.free_letters()}
        self.letters: dict[Letter, str] = {}
        self.axes: dict[Axis, str] = {}
        self.functions: dict[str, str] = {}
        self.taken = {*RESERVED, *(one.name for one in WEIGHTS), LAYERS}
        self.chance = [self._new("Omega"), self._new("E")] if any(map(speaks_of_chance, every)) else []
        axes = {axis for formula in every for axis in formula.axes()}
        axes |= {sort for letter in letters for sort in letter.sorts if isinstance(sort, Axis)}
        for axis in sorted(axes):
            self.axes[axis] = self._new(axis.size)
        for letter in sorted(letters, key=lambda one: one.key):
            self.letters[letter] = self._new(letter.name)
        applied = {
            part.data
            for formula in every
            for term in formula.terms
            for part in terms.parts(term)
            if part.head == terms.APPLY
        }
        for function in sorted(applied - {"exp", "log"}):
            self.functions[function] = self._new(function)

    def _new(self, name: str) -> str:
        plain = re.sub(r"[^\w']+", "_", name).strip("_")
        while plain in self.taken:
            plain += "_"
        self.taken.add(plain)
        return plain

    def binders(self) -> str:
        """All of them, with their types."""
        kinds = self._by_kind()
        for name in self.functions.values():
            kinds.setdefault("R -> R", []).append(name)
        return " ".join(f"({' '.join(names)} : {kind})" for kind, names in kinds.items())

    def arguments(self) -> str:
        """All of them, as the arguments of the hypotheses."""
        return " ".join(name for names in [*self._by_kind().values(), self.functions.values()] for name in names)

    def _by_kind(self) -> dict[str, list[str]]:
        """The probability space, then sizes and letters, by their types."""
        kinds: dict[str, list[str]] = {}
        for name, kind in zip(self.chance, ("Type", f"expectation {' '.join(self.chance[:1])}"), strict=False):
            kinds[kind] = [name]
        for name in self.axes.values():
            kinds.setdefault("nat", []).append(name)
        for letter, name in self.letters.items():
            places = ["nat" if sort != OUTCOME else self.chance[0] for sort in letter.sorts]
            kinds.setdefault(" -> ".join([*places, "R"]), []).append(name)
        return kinds

    def index(self, sort: Sort, inside: list[str]) -> str:
        """A name for a variable inside binders of these names."""
        letters: Iterable[str] = INDICES.get(sort.size, "abc") if isinstance(sort, Axis) else "tsx"
        letters = ["omega"] if sort == OUTCOME else letters
        for suffix in ["", *map(str, range(1, 9))]:
            for letter in letters:
                if letter + suffix not in self.taken and letter + suffix not in inside:
                    return letter + suffix
        raise NotInCoq("too many binders inside each other")


def speaks_of_chance(formula: Formula) -> bool:
    """Whether a formula speaks of outcomes."""
    random = any(OUTCOME in letter.sorts for letter in formula.free_letters())
    means = any(part.head == terms.MEAN for term in formula.terms for part in terms.parts(term))
    return random or means or OUTCOME in formula.prefix


def identifier(name: str) -> str:
    """The Coq name of a hypothesis or a claim.

    >>> identifier("later-layers"), identifier("2-layers"), identifier("end")
    ('later_layers', 'the_2_layers', 'the_end')
    """
    name = re.sub(r"[^\w']+", "_", name)
    return f"the_{name}" if name in RESERVED or not re.match(r"[^\W\d]", name) else name
