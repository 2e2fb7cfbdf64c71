"""Theorems of the ledger's kernel as lemmas of Coq, premises first; each is shown by the lemma that its rule is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from proofs_check.kernel.replay.lemmas import RULES
from proofs_check.kernel.replay.quotation import NoReplayError, Quotation
from proofs_check.kernel.replay.steps import Sequent, Step, sequent_of
from proofs_check.rules.theorem import Theorem, theorems_in


@dataclass
class Derivation:
    """Lemmas for theorems and all that they are made from.

    Attributes:
        quotation: the terms and formulas that they speak of.
        lines: the lemmas so far.
    """

    quotation: Quotation = field(default_factory=Quotation)
    lines: list[str] = field(default_factory=list)
    _names: dict[Sequent, str] = field(default_factory=dict)

    def lemma(self, theorem: Theorem) -> str:
        """The name of the lemma that a theorem is, written with all that it needs before it.

        Raises:
            NoReplayError: a rule has no lemma in Coq.
        """
        for one in in_order(theorem, self._names):
            self._write(one)
        return self._names[sequent_of(theorem)]

    def _write(self, theorem: Theorem) -> None:
        rule = RULES.get(theorem.rule)
        if rule is None:
            raise NoReplayError(f"the rule '{theorem.rule}' has no lemma in Coq yet")
        step = Step(theorem, self.quotation, self._names)
        name, goal = f"step_{len(self._names)}", self.quotation.formula(theorem.conclusion)
        self.lines.append(f"Lemma {name} : follows sort {step.assumed} {goal}.")
        self.lines.append(f"Proof. shown (reworded sort _ _ _ _ {rule(step)}). Qed.")
        self._names[sequent_of(theorem)] = name


def in_order(theorem: Theorem, known: Mapping[Sequent, str]) -> list[Theorem]:
    """A theorem and all that it is made from, premises first, without what is known and each sequent once."""
    ordered: dict[Sequent, Theorem] = {}
    waiting: list[tuple[Theorem, bool]] = [(theorem, False)]
    while waiting:
        one, opened = waiting.pop()
        key = sequent_of(one)
        if key in ordered or key in known:
            continue
        if opened:
            ordered[key] = one
            continue
        waiting.append((one, True))
        waiting += [(premise, False) for premise in theorems_in(one.arguments)]
    return list(ordered.values())
