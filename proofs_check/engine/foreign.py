"""Letters that a proof speaks of and a statement does not: their domains are met by one number or another."""

from __future__ import annotations

from proofs_check.engine.proof import Goal, State
from proofs_check.rules import logic, order
from proofs_check.rules.theorem import Theorem
from theory.errors import StatementError
from theory.language.formulas import Formula, Kind
from theory.language.substitution import Family
from theory.language.terms import NUMBER, ONE, OUTCOME


def without_foreign(theorem: Theorem, state: State) -> Theorem:
    """The theorem without assumptions on letters that it does not speak of otherwise, where 1 meets them."""
    allowed = state.formulas
    strange = [one for one in theorem.hypotheses if one not in allowed]
    letters = {letter for one in strange for letter in one.free_letters()} - theorem.conclusion.free_letters()
    kept = {letter for one in theorem.hypotheses if one in allowed for letter in one.free_letters()}
    values = {letter: Family(letter.sorts, ONE) for letter in letters - kept if letter.sorts[:1] != (OUTCOME,)}
    if not values:
        return theorem
    try:
        theorem = logic.instance(theorem, values)
        for formula in theorem.hypotheses - allowed:
            theorem = logic.cut(_of_numbers(formula), theorem)
    except StatementError:
        return theorem
    return theorem


def _of_numbers(formula: Formula) -> Theorem:
    """A comparison of numbers, for all values of its indices."""
    goal = Goal.of_formula(formula)
    if goal.kind in (Kind.LESS, Kind.AT_MOST) and goal.left.head == goal.right.head == NUMBER:
        return goal.closed(order.numbers(goal.left, goal.kind, goal.right))
    raise StatementError(f"no comparison of numbers: {formula}")
