"""Cancel a factor: from `f a <= f b` with `f > 0` to `a <= b`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from sympy import Expr

from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting, gap_theorem
from proofs_check.rules import order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class Cancellation(Method):
    """The claim times a positive factor is an established relation of the same sense.

    Attributes:
        source: name of the relation that is divided.
        factor: an expression whose form shows that it is positive; `fact(name)` may stand in it.
        rewrite: equalities to rewrite both sides with.
        given: inequalities that tell signs.
    """

    source: str
    factor: Expr
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "derivation"
    rule: ClassVar[Callable[..., Theorem]] = staticmethod(order.cancelled)

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show the sign, multiply out and compare."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        shown = gap_theorem(self.factor, goal, rewriting.signs)
        source = state.at_names(self.source, goal.scope)
        if source.conclusion.kind is not goal.kind:
            raise StepFailure(f"{self.source!r} says '{source.conclusion.kind.value}', the claim '{goal.kind.value}'")
        return goal.closed(rewriting.by_rule(goal.bare, (source, shown), self.rule))
