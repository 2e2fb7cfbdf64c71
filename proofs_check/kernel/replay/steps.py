"""One application of a rule, in Coq's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import BoundArguments, signature
from typing import Any

from proofs_check.kernel.replay.quotation import KINDS, Quotation
from proofs_check.rules.theorem import Theorem, rules
from theory.language.formulas import Formula, Kind
from theory.language.terms import Axis, Letter, Term, letters

Sequent = tuple[Formula, frozenset[Formula]]


def sequent_of(theorem: Theorem) -> Sequent:
    """What a theorem says, and what it assumes."""
    return theorem.conclusion, theorem.hypotheses


@dataclass
class Step:
    """One application of a rule, in Coq's words."""

    theorem: Theorem
    quotation: Quotation
    names: Mapping[Sequent, str]

    @cached_property
    def _bound(self) -> BoundArguments:
        """What the rule was given, by place or by name."""
        named = [one for one in self.theorem.arguments if type(one) is tuple and len(one) == 2 and type(one[0]) is str]
        plain = self.theorem.arguments[: len(self.theorem.arguments) - len(named)]
        bound = signature(rules()[self.theorem.rule]).bind(*plain, **dict(named))
        bound.apply_defaults()
        return bound

    @property
    def given(self) -> tuple[Any, ...]:
        """What the rule was given, in its order."""
        return self._bound.args

    @property
    def assumed(self) -> str:
        """The hypotheses."""
        return f"[{'; '.join(sorted(map(self.quotation.formula, self.theorem.hypotheses)))}]"

    def own(self, theorem: Theorem) -> str:
        """A premise under its own hypotheses."""
        return self.names[sequent_of(theorem)]

    def word(self, given: object) -> str:
        """Something that the rule was given: a premise under the hypotheses of the step, a term, an index, ..."""
        quotation = self.quotation
        match given:
            case Theorem():
                return f"(weaken sort _ _ _ _ {self.own(given)})"
            case Term():
                return str(quotation.tables.index(given)) if isinstance(given.sort, Axis) else quotation.term(given)
            case Formula():
                return quotation.formula(given)
            case Axis():
                return str(quotation.tables.axis(given))
            case Kind():
                return KINDS[given]
        return str(given)

    @property
    def facts(self) -> tuple[str, str]:
        """Premises that normal forms of the terms may use, as a list of formulas and a proof of them all."""
        facts = self._bound.arguments.get("facts", ())
        given = self.given[: len(self.given) - len(facts)]
        spoken = frozenset[Letter]().union(*(letters(one) for one in given if isinstance(one, Term)))
        spoken |= {
            a for one in given if isinstance(one, Theorem) for term in one.conclusion.terms for a in letters(term)
        }
        found = dict[Formula, Theorem]()
        for one in facts:
            if one.conclusion.kind is not Kind.EQUAL or not one.conclusion.free_letters().isdisjoint(spoken):
                found.setdefault(one.conclusion, one)
        return self.together(found.values())

    def together(self, theorems: Iterable[Theorem]) -> tuple[str, str]:
        """Premises as a list of formulas and a proof of them all."""
        found, proof = list(theorems), "I"
        for one in reversed(found):
            proof = f"(conj {self.word(one)} {proof})"
        return f"[{'; '.join(self.quotation.formula(one.conclusion) for one in found)}]", proof
