"""Terms and formulas as data of Coq: each once, under a name, with the tables of what they speak of."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from proofs_check.kernel.printing.trees import Tree, tree_of
from theory.errors import StatementError
from theory.language.formulas import COMPARISONS, Formula, Kind
from theory.language.substitution import Family
from theory.language.terms import END, FIRST, INDEX, Axis, Letter, Term, parts

KINDS = {Kind.EQUAL: "Equal", Kind.AT_MOST: "At_most", Kind.LESS: "Less", Kind.DIFFERENT: "Different"}
_OWN_FUNCTIONS = ("exp", "log")
Key = TypeVar("Key", bound=Hashable)


class NoReplayError(StatementError):
    """Something in a derivation that Coq has no lemma or no word for; the message names it."""


@dataclass
class Tables:
    """Numbers for axes, letters, functions and free indices, in the order in which they are met."""

    axes: dict[Axis, int] = field(default_factory=dict)
    letters: dict[Letter, int] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=lambda: {name: k for k, name in enumerate(_OWN_FUNCTIONS)})
    indices: dict[Term, int] = field(default_factory=dict)

    def axis(self, axis: Axis) -> int:
        """The number of an axis."""
        return self.axes.setdefault(axis, len(self.axes))

    def letter(self, letter: Letter) -> int:
        """The number of a letter."""
        return self.letters.setdefault(letter, len(self.letters))

    def function(self, name: str) -> int:
        """The number of a function: 0 is the exponential, 1 the logarithm."""
        return self.functions.setdefault(name, len(self.functions))

    def index(self, index: Term) -> int:
        """The number of a free index.

        Raises:
            NoReplayError: it is the last one of an axis, or no index of an axis.
        """
        if index.head not in (INDEX, FIRST) or not isinstance(index.sort, Axis):
            last = "the last index" if index.head == END else "an index"
            raise NoReplayError(f"the replay in Coq has no word yet for {last} of {index.sort}")
        self.axis(index.sort)
        return self.indices.setdefault(index, len(self.indices))


@dataclass
class Quotation:
    """Definitions of terms and formulas.

    Attributes:
        tables: what numbers stand for.
        lines: the definitions so far.
    """

    tables: Tables = field(default_factory=Tables)
    lines: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _terms: dict[tuple[Term, int], str] = field(default_factory=dict)
    _formulas: dict[Formula, str] = field(default_factory=dict)

    def term(self, term: Term, depth: int = 0) -> str:
        """The name of a term that stands inside some binders.

        Raises:
            NoReplayError: it speaks of chance, of a derivative, of a coefficient or of the next entry of a chain.
        """
        key = (term, depth if any(part.head in (INDEX, FIRST) for part in parts(term)) else 0)
        if key not in self._terms:
            self._terms[key] = self._tree(tree_of(term), depth)
        return self._terms[key]

    def _tree(self, tree: Tree, depth: int) -> str:
        data, inner = self._data(tree, depth), depth + (tree.constructor in ("Total", "Product"))
        parts = " ".join(self._tree(part, inner) for part in tree.parts)
        body = " ".join(filter(None, (tree.constructor, data if tree.constructor != "Pow" else "", parts)))
        if tree.constructor == "Pow":
            body += f" {data}"
        return f"({body})" if not tree.parts else self._named("term", body)

    def _data(self, tree: Tree, depth: int) -> str:
        tables = self.tables
        indices = (str(one if isinstance(one, int) else tables.index(one) + depth) for one in tree.indices)
        match tree.constructor:
            case "Num":
                return f"({tree.data.numerator} # {tree.data.denominator})"
            case "Size" | "Total" | "Product":
                return str(tables.axis(tree.data))
            case "Entry":
                return f"{tables.letter(tree.data)} [{'; '.join(indices)}]"
            case "Delta":
                return " ".join(indices)
            case "Pow":
                return str(tree.data)
            case "Apply":
                return str(tables.function(tree.data))
            case "Opp" | "Add" | "Sub" | "Mul" | "Div" | "Inv" | "Root" | "RealPower":
                return ""
        raise NoReplayError(f"the replay in Coq has no word yet for a term of the kind '{tree.constructor}'")

    def _named(self, prefix: str, body: str) -> str:
        if body not in self._names:
            self._names[body] = f"{prefix}_{len(self._names)}"
            self.lines.append(f"Definition {self._names[body]} := {body}.")
        return self._names[body]

    def formula(self, formula: Formula) -> str:
        """The name of a formula.

        Raises:
            NoReplayError: it is no comparison, or is meant for all values of a number or of the outcome.
        """
        if formula not in self._formulas:
            if formula.kind not in COMPARISONS:
                raise NoReplayError(f"the replay in Coq has no word yet for: something '{formula.kind.value}'")
            for sort in formula.prefix:
                if not isinstance(sort, Axis):
                    raise NoReplayError(f"the replay in Coq has no word yet for: for all {sort}s")
            depth = len(formula.prefix)
            axes = "; ".join(str(self.tables.axis(sort)) for sort in formula.prefix if isinstance(sort, Axis))
            sides = " ".join(self.term(side, depth) for side in formula.terms)
            self._formulas[formula] = self._named("formula", f"Formula {KINDS[formula.kind]} [{axes}] {sides}")
        return self._formulas[formula]

    def family(self, family: Family) -> str:
        """A term in the indices of a letter that it is put for."""
        return self.term(family.body, len(family.sorts))

    def sorts(self) -> str:
        """The table of the axes of free indices."""
        axes: dict[Any, int] = self.tables.axes
        return "; ".join(str(axes[index.sort]) for index in self.tables.indices)
