"""A fact that holds for all values of a letter holds for any value put in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Expr, Symbol

from proofs_check.engine.proof import Goal, Method, State
from proofs_check.engine.tactics import Rewriting, discharged, opened_like
from proofs_check.rules import equality, logic
from proofs_check.rules.theorem import Theorem
from theory.language.indexed import IndexedArray, label_of
from theory.language.relations import Relation

Letters = Mapping[IndexedArray | Symbol, IndexedArray | Expr]
"""From a plain family or a symbol to the array or expression that takes its place."""


@dataclass(frozen=True)
class Specialization(Method):
    """An established relation with expressions in place of letters that no hypothesis mentions.

    Attributes:
        source: name of the relation.
        letters: from plain families and symbols to what takes their place.
        rewrite: equalities to rewrite both with.
        given: inequalities that tell signs.
    """

    source: str
    letters: Letters = field(default_factory=dict)
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Put in the values, show what is assumed of them, and compare."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        reader = state.read.reader
        values = {reader.letter(label_of(old)): reader.array(new) for old, new in self.letters.items()}
        otherwise = f"{self.source!r} need not hold for other values, for it assumes"
        special = discharged(logic.instance(state.fact(self.source), values), state, otherwise)
        source = opened_like(special, state.relation(self.source), goal)
        return goal.closed(rewriting.by_rule(goal.bare, (source,), equality.same_difference))
