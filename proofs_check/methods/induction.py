"""Induction on the number of layers: an equality about sums and products over `1..M`, for every whole `M >= 1`.

Two checks: the relation at `M = 1`, and the relation at `M + 1` given the one at `M`. A sum over `1..M+1` is the sum
over `1..M` plus its last term, a product is the product over `1..M` times its last factor, and each free index is
either one of `1..M` or the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Expr, Integer, Symbol

from proofs_check.engine.proof import Goal, Marker, Method, State, StepFailure, fact, for_each, markers
from proofs_check.engine.tactics import Rewriting, signed
from proofs_check.rules import induction as rules
from proofs_check.rules import logic
from proofs_check.rules.theorem import Theorem
from theory.errors import StatementError
from theory.language.expression_reader import axis_of
from theory.language.formulas import Formula, opened
from theory.language.relations import Relation
from theory.language.terms import Axis, Sort, Term

LAST = Symbol("last", integer=True, positive=True)
"""The index M + 1."""
_BEFORE = "induction"


def before(*indices: Expr | int) -> Expr:
    """Stand for `right - left` of the relation at `M` inside a certificate of the step."""
    return fact(_BEFORE, *indices)


@dataclass(frozen=True)
class Induction(Method):
    """The relation at 1 is an identity, and the step from `M` to `M + 1` has a certificate.

    Attributes:
        size: the symbol `M`.
        gap: certificate of the step where each free index is at most `M`; `before()` stands for the relation at `M`.
        gaps_at_last: certificates of the step where the named free indices are `M + 1`; 0 for those not listed.
        gap_at_one: certificate of the relation at `M = 1`, where every index is 1.
        rewrite: equalities to rewrite with, which must be facts about every family of every size.
        lemmas: facts of the same kind that stand in a certificate.
        premises: facts about each single layer, or about none, that are used at `M + 1` as well.
        given: inequalities among the premises that tell signs.
    """

    size: Symbol
    gap: Expr | int = 0
    gaps_at_last: Mapping[tuple[Symbol, ...], Expr] = field(default_factory=dict)
    gap_at_one: Expr | int = 0
    rewrite: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "induction"

    @property
    def uses(self) -> frozenset[str]:
        """The facts named."""
        return frozenset((*self.rewrite, *self.lemmas, *self.premises, *self.given))

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show the base and every case of the step."""
        goal, axis = Goal.of(claim, state), axis_of(self.size)
        known = {_BEFORE, *self.lemmas, *self.premises, *self.given}
        gaps = (self.gap, *self.gaps_at_last.values(), self.gap_at_one)
        strange = frozenset[str]().union(*(markers(Integer(0) + gap) for gap in gaps)) - known
        if strange:
            raise StepFailure(f"the certificate draws on {', '.join(sorted(strange))}, which are no premises")
        symbols = sorted(goal.scope, key=lambda one: one.name)
        pointwise = [name for name in self.premises if axis in state.fact(name).conclusion.prefix]
        premises = tuple(state.fact(name).conclusion for name in pointwise)
        try:
            base = self._case(
                rules.base_case(goal.formula, axis), self.gap_at_one, {}, _Stage(state, self, axis, goal, at_one=True)
            )
        except StatementError as error:
            raise StepFailure(f"the claim at {self.size} = 1 fails: {error}") from error
        steps = {}
        for case in rules.cases(goal.formula, axis):
            last = tuple(symbol for symbol, chosen in zip(symbols, case, strict=True) if chosen)
            gap = self.gaps_at_last.get(last, 0) if last else self.gap
            kept = {symbol: goal.scope[symbol] for symbol in symbols if symbol not in last}
            stage = _Stage(state, self, axis, goal)
            try:
                steps[case] = self._case(rules.step_case(goal.formula, axis, case), gap, kept, stage)
            except StatementError as error:
                where = ", ".join(f"{index} last" for index in last) or "no index last"
                raise StepFailure(f"the step from {self.size} to {self.size} + 1 fails ({where}): {error}") from error
        return rules.induction(goal.formula, axis, base, steps, premises)

    def _case(self, wanted: Formula, gap: Expr | int, scope: Mapping[Symbol, Term], stage: _Stage) -> Theorem:
        variables = tuple(scope[symbol] for symbol in sorted(scope, key=lambda one: one.name))
        rewriting = Rewriting.named(stage.state, self.rewrite)
        rewriting.signs.facts = [stage.theorem(name) for name in self.given]
        term = stage.state.read.reader.expression(gap, stage, {**scope, LAST: rules.last(stage.axis)})
        shown = signed(rules.with_last_letters(term, stage.axis), stage, rewriting.signs)
        return for_each(rewriting.combination(opened(wanted, *variables), shown), variables)


@dataclass
class _Stage(Marker):
    """What may be used in the base, or in a step, and what the markers of its certificate stand for."""

    method: Induction
    axis: Axis
    goal: Goal
    at_one: bool = False

    def theorem(self, name: str, last: bool = False) -> Theorem:
        """A premise, a lemma or the relation at `M`."""
        if name == _BEFORE:
            return logic.assume(self.goal.formula)
        theorem = self.state.fact(name)
        if name not in self.method.premises or self.axis not in theorem.conclusion.prefix:
            return theorem
        if self.at_one:
            return logic.assume(rules.base_case(theorem.conclusion, self.axis))
        return logic.assume(rules.at_last(theorem.conclusion, self.axis)) if last else theorem

    def said(self, name: str) -> Formula:
        """What a marker's name stands for."""
        return self.goal.formula if name == _BEFORE else super().said(name)

    def at(self, name: str, given: list[tuple[Expr, Sort]], scope: Mapping[Symbol, Term], part: Expr) -> Term:
        """The letter of a name at indices, of which the last one is not put in."""
        last = LAST in [one for one, _ in given]
        theorem = self.theorem(name, last)
        kept = [
            self.state.read.reader.place(one, sort, scope, part)
            for one, sort in given
            if one != LAST and not (self.at_one and sort == self.axis)
        ]
        if len(kept) != len(theorem.conclusion.prefix):
            raise StepFailure(f"{name!r} does not hold at the last index")
        return self.letter(f"{name} at the last index" if last else name, theorem, kept)
