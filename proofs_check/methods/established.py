"""A claim of another statement, wherever that statement's hypotheses hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from proofs_check.engine.proof import Method, State, StepFailure
from proofs_check.engine.tactics import discharged
from proofs_check.methods.specialization import Letters
from proofs_check.rules import logic
from proofs_check.rules.theorem import Theorem
from theory.language.indexed import label_of
from theory.language.relations import Relation


@dataclass(frozen=True)
class Established(Method):
    """One claim of a statement that this one depends on.

    Its hypotheses must be shown here, after its letters are replaced; where letters are random here, the claim holds at
    almost every outcome.

    Attributes:
        find: gives the theorem of another statement's claim, by its id and the claim's name.
        statement: id of the other statement.
        claim: name of its claim.
        letters: letters of the other statement that stand for something else here.
        hypotheses: from the other statement's names of hypotheses to the names of facts here, where they differ.
    """

    find: Callable[[str, str], Theorem]
    statement: str
    claim: str
    letters: Letters = field(default_factory=dict)
    hypotheses: Mapping[str, str] = field(default_factory=dict)

    name = "established"

    @property
    def uses(self) -> frozenset[str]:
        """The facts here that are the other statement's hypotheses by another name."""
        return frozenset(self.hypotheses.values())

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Take the other statement's theorem, put letters in, and show here what it assumes."""
        if self.statement not in state.statement.depends:
            raise StepFailure(f"{state.statement.id} does not list {self.statement} among what it depends on")
        theorem = self.find(self.statement, self.claim)
        reader = state.read.reader
        if self.letters:
            values = {reader.letter(label_of(old)): reader.array(new) for old, new in self.letters.items()}
            theorem = logic.instance(theorem, values)
        spoken = {letter for one in (*theorem.hypotheses, theorem.conclusion) for letter in one.free_letters()}
        random = sorted((one for one in spoken if one.name in reader.random), key=lambda one: one.name)
        if random:
            theorem = logic.at_each_outcome(theorem, tuple(random))
        return discharged(theorem, state, f"{self.statement} assumes what is not shown here")
