"""A claim of another statement, wherever that statement's hypotheses hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from proofs_check.engine.proof import Outcome, Scope, State, Step, StepFailure, check_proof, same_relation
from proofs_check.engine.substitution import Letters, keeps_domains, label, letters_of, substitute
from theory.errors import StatementError
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation
from theory.language.statement import GradientFlow, Hypothesis, Initialization, Orthonormal, Sharpness, Statement

_in_progress: list[str] = []


@dataclass(frozen=True)
class Library:
    """Where other statements are looked up by their ids, and their proofs."""

    statement: Callable[[str], Statement]
    proof: Callable[[Statement], list[Step]]


@dataclass(frozen=True)
class Established:
    """One claim of a statement that this one depends on.

    Every hypothesis of that statement must be, letter by letter, a hypothesis or a step here, after its own letters
    are replaced. Its proof is checked first; its axioms become axioms of this step.

    Attributes:
        library: finds the other statement and its proof.
        statement: id of the other statement.
        claim: name of its claim.
        letters: letters of the other statement that stand for something else here.
        hypotheses: from the other statement's names of hypotheses to the names of facts here, where they differ.
    """

    library: Library
    statement: str
    claim: str
    letters: Letters = field(default_factory=dict)
    hypotheses: Mapping[str, str] = field(default_factory=dict)

    name = "established"
    scope = Scope.ALL_SIZES

    @property
    def axioms(self) -> tuple[str, ...]:
        """Axioms that the other claim rests on."""
        return tuple(sorted(_support(self.library, self.statement).get(self.claim, frozenset())))

    @property
    def uses(self) -> frozenset[str]:
        """The facts here that are the other statement's hypotheses."""
        return frozenset(self.hypotheses.get(name, name) for name in self._other.hypotheses)

    @property
    def _other(self) -> Statement:
        return self.library.statement(self.statement)

    def check(self, claim: Relation, state: State) -> None:
        """See that the other statement is proved, that its hypotheses hold here, and that it says the claim."""
        if self.statement not in state.statement.depends:
            raise StepFailure(f"{state.statement.id} does not list {self.statement} among what it depends on")
        other = self._other
        if self.claim not in other.claims:
            raise StepFailure(f"{self.statement} has no claim {self.claim!r}")
        if self.claim not in _support(self.library, self.statement):
            raise StepFailure(f"{self.statement} is not proved")
        if not keeps_domains(self.letters, state.known_signs(())):
            raise StepFailure("a value is not shown to lie in the domain of its letter")
        for name, hypothesis in other.hypotheses.items():
            here = self.hypotheses.get(name, name)
            if not self._holds(hypothesis, here, state):
                raise StepFailure(f"{here!r} is not the hypothesis {name!r} of {self.statement}")
        if not same_relation(substitute(other.claims[self.claim], self.letters), claim):
            raise StepFailure(f"the claim is not {self.claim!r} of {self.statement}")

    def _holds(self, hypothesis: Hypothesis, here: str, state: State) -> bool:
        if isinstance(hypothesis, Relation):
            return same_relation(substitute(hypothesis, self.letters), state.fact(here))
        found = state.statement.hypotheses.get(here)
        if isinstance(hypothesis, Orthonormal):
            return found == hypothesis and not letters_of(hypothesis) & {label(old) for old in self.letters}
        if isinstance(hypothesis, Sharpness):
            return (
                isinstance(found, Sharpness)
                and substitute(hypothesis.symbol, self.letters) == found.symbol
                and self._same_points(hypothesis.point, found.point)
                and _same_loss(hypothesis.loss, found.loss, hypothesis.point)
            )
        if isinstance(hypothesis, Initialization):
            return found == hypothesis and not letters_of(hypothesis) & {label(old) for old in self.letters}
        return (
            isinstance(found, GradientFlow)
            and self._same_points(hypothesis.start, found.start)
            and self._same_points(hypothesis.end, found.end)
            and _same_loss(hypothesis.loss, found.loss, hypothesis.start)
        )

    def _same_points(self, theirs: tuple[Any, ...], here: tuple[Any, ...]) -> bool:
        return len(theirs) == len(here) and all(
            _same(substitute(part, self.letters), other) for part, other in zip(theirs, here, strict=True)
        )


def _same(first: Any, second: Any) -> bool:
    """Whether two parts of a point are one, whatever letters their indices have."""
    if isinstance(first, IndexedArray) and isinstance(second, IndexedArray):
        return first.axes == second.axes and bool(first.at(*second.indices) == second.expression)
    return bool(first == second)


def _same_loss(first: Any, second: Any, point: tuple[Any, ...]) -> bool:
    return bool(first(*point) == second(*point))


@cache
def _support(library: Library, identifier: str) -> dict[str, frozenset[str]]:
    """Axioms under each claim of a statement that is proved; empty where a claim is open.

    Raises:
        StatementError: statements that depend on each other in a circle.
    """
    if identifier in _in_progress:
        raise StatementError(f"statements depend on each other in a circle: {', '.join(_in_progress)}, {identifier}")
    _in_progress.append(identifier)
    try:
        other = library.statement(identifier)
        outcomes, _, state = check_proof(other, library.proof(other))
    finally:
        _in_progress.pop()
    if any(outcome is not Outcome.PROVED for outcome in outcomes.values()):
        return {}
    return {name: state.support[name] for name in other.claims}
