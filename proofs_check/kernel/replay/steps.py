"""One application of a rule in Coq's words, and the table of what each rule is in Coq."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from proofs_check.kernel.replay.quotation import KINDS, Quotation
from proofs_check.rules.theorem import Theorem
from theory.language.formulas import Formula, Kind
from theory.language.terms import Letter, Term, letters

Sequent = tuple[Formula, frozenset[Formula]]


def sequent_of(theorem: Theorem) -> Sequent:
    """What a theorem says, and what it assumes."""
    return theorem.conclusion, theorem.hypotheses


@dataclass(frozen=True)
class Shown:
    """Something shown in Coq.

    Attributes:
        formula: what it says, in Coq's words.
        proof: a proof of it.
    """

    formula: str
    proof: str


@dataclass
class Step:
    """One application of a rule, in Coq's words."""

    theorem: Theorem
    quotation: Quotation
    names: Mapping[Sequent, str]

    @property
    def given(self) -> tuple[Any, ...]:
        """What the rule was given by place."""
        return tuple(one for one in self.theorem.arguments if not _is_named(one))

    @property
    def named(self) -> dict[str, Any]:
        """What the rule was given by name."""
        return dict(one for one in self.theorem.arguments if _is_named(one))

    @property
    def assumed(self) -> str:
        """The hypotheses."""
        return self.hypotheses(self.theorem)

    def hypotheses(self, theorem: Theorem) -> str:
        """The hypotheses of a theorem."""
        return f"[{'; '.join(sorted(self.quotation.formula(one) for one in theorem.hypotheses))}]"

    def term(self, term: Term) -> str:
        """The name of a term."""
        return self.quotation.term(term)

    def formula(self, theorem: Theorem) -> str:
        """What a theorem says."""
        return self.quotation.formula(theorem.conclusion)

    def own(self, theorem: Theorem) -> str:
        """A premise under its own hypotheses."""
        return self.names[sequent_of(theorem)]

    def premise(self, theorem: Theorem) -> str:
        """A premise under the hypotheses of the step."""
        return (
            f"(weaken sort {self.hypotheses(theorem)} {self.assumed} {self.formula(theorem)} check {self.own(theorem)})"
        )

    def facts(self, theorems: Iterable[Theorem], *terms: Term) -> tuple[str, str]:
        """Premises that normal forms of terms may use, as a list of formulas and a proof of them all."""
        spoken = frozenset[Letter]().union(*(letters(one) for one in terms))
        found = dict[Formula, Theorem]()
        for one in theorems:
            if one.conclusion.kind is not Kind.EQUAL or not one.conclusion.free_letters().isdisjoint(spoken):
                found.setdefault(one.conclusion, one)
        return self.together(found.values())

    def together(self, theorems: Iterable[Theorem]) -> tuple[str, str]:
        """Premises as a list of formulas and a proof of them all."""
        found, proof = list(theorems), "I"
        for one in reversed(found):
            proof = f"(conj {self.premise(one)} {proof})"
        return f"[{'; '.join(map(self.formula, found))}]", proof

    def sides(self, theorem: Theorem) -> str:
        """How a comparison without a prefix compares, and its two sides, as arguments."""
        said = theorem.conclusion
        return f"{KINDS[said.kind]} {self.term(said.left)} {self.term(said.right)}"


def _is_named(argument: object) -> bool:
    return isinstance(argument, tuple) and len(argument) == 2 and isinstance(argument[0], str)


Rule = Callable[[Step], Shown]
RULES: dict[str, Rule] = {}
"""What each rule is in Coq."""


def replayed(rule: Rule) -> Rule:
    """Make a function the replay of the rule that it is named after."""
    RULES[rule.__name__] = rule
    return rule


def bare(kind: str, left: str, right: str) -> str:
    """A comparison without a prefix."""
    return f"(Formula {kind} [] {left} {right})"


NOTHING = "(Num (0 # 1))"
