"""Induction on the number of layers: an equality about sums and products over `1..M`, for every whole `M >= 1`.

Two checks: the relation at `M = 1`, and the relation at `M + 1` given the one at `M`. A sum over `1..M+1` is the sum
over `1..M` plus its last term, a product is the product over `1..M` times its last factor, and each free index is
either one of `1..M` or the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Expr, Indexed, Integer, Symbol

from proofs_check.engine.proof import Goal, Marker, State, StepFailure, fact, markers
from proofs_check.engine.tactics import Signs, combination, equations_named, signed
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
class Induction:
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
        at_one = _Stage(state, self, axis, goal, at_one=True)
        try:
            base = self._case(rules.base_case(goal.formula, axis), self.gap_at_one, {}, at_one)
        except StatementError as error:
            raise StepFailure(f"the claim at {self.size} = 1 fails: {error}") from error
        steps = {}
        for case in rules.cases(goal.formula, axis):
            last = tuple(symbol for symbol, chosen in zip(symbols, case, strict=True) if chosen)
            gap = self.gaps_at_last.get(last, 0) if last else self.gap
            kept = {symbol: goal.scope[symbol] for symbol in symbols if symbol not in last}
            stage = _Stage(state, self, axis, goal, at_one=False)
            try:
                steps[case] = self._case(rules.step_case(goal.formula, axis, case), gap, kept, stage)
            except StatementError as error:
                where = ", ".join(f"{index} last" for index in last) or "no index last"
                raise StepFailure(f"the step from {self.size} to {self.size} + 1 fails ({where}): {error}") from error
        return rules.induction(goal.formula, axis, base, steps, premises)

    def _case(self, wanted: Formula, gap: Expr | int, scope: Mapping[Symbol, Term], stage: _Stage) -> Theorem:
        variables = tuple(scope[symbol] for symbol in sorted(scope, key=lambda one: one.name))
        bare = opened(wanted, *variables)
        signs = Signs(stage.state, ())
        signs.facts = stage.signs()
        marker = stage.marker()
        term = stage.state.read.reader.expression(gap, marker, {**scope, LAST: rules.last(stage.axis)})
        term = rules.with_last_letters(term, stage.axis)
        shown = signed(term, marker, signs)
        equations = equations_named(self.rewrite, stage.state)
        found = combination(bare.left, bare.kind, bare.right, shown, equations, stage.state, signs)
        return logic.for_all(found, *variables) if variables else found


@dataclass
class _Stage:
    """What may be used in the base, or in a step."""

    state: State
    method: Induction
    axis: Axis
    goal: Goal
    at_one: bool

    def signs(self) -> list[Theorem]:
        """Theorems that tell signs."""
        return [self.theorem(name, last=False) for name in self.method.given]

    def theorem(self, name: str, last: bool) -> Theorem:
        """A premise, a lemma or the relation at `M`."""
        if name == _BEFORE:
            return logic.assume(self.goal.formula)
        theorem = self.state.fact(name)
        if name not in self.method.premises or self.axis not in theorem.conclusion.prefix:
            return theorem
        if self.at_one:
            return logic.assume(rules.base_case(theorem.conclusion, self.axis))
        return logic.assume(rules.at_last(theorem.conclusion, self.axis)) if last else theorem

    def marker(self) -> _StageMarker:
        """Reads markers."""
        return _StageMarker(self.state, stage=self)


@dataclass
class _StageMarker(Marker):
    stage: _Stage | None = None

    def sorts(self, entry: Indexed) -> tuple[Sort, ...] | None:
        """The axes of a marker's indices."""
        name = _name(entry)
        if name is None:
            return None
        assert self.stage is not None
        formula = self.stage.goal.formula if name == _BEFORE else self.state.fact(name).conclusion
        return formula.prefix

    def __call__(self, part: Expr, scope: Mapping[Symbol, Term]) -> Term | None:
        """The difference that a marker stands for."""
        name = _name(part)
        if name is None:
            return None
        assert self.stage is not None
        given = tuple(part.indices) if isinstance(part, Indexed) else ()
        theorem = self.stage.theorem(name, last=LAST in given)
        sorts = (self.stage.goal.formula if name == _BEFORE else self.state.fact(name).conclusion).prefix
        if len(given) != len(sorts):
            raise StepFailure(f"{name!r} has {len(sorts)} indices, but {len(given)} are given")
        reader = self.state.read.reader
        kept = [
            reader.place(one, sort, scope, part)
            for one, sort in zip(given, sorts, strict=True)
            if one != LAST and not (self.stage.at_one and sort == self.stage.axis)
        ]
        if len(kept) != len(theorem.conclusion.prefix):
            raise StepFailure(f"{name!r} does not hold at the last index")
        return self.letter(f"{name} at the last index" if LAST in given else name, theorem, tuple(kept))


def _name(part: Expr) -> str | None:
    found = markers(part) if part.is_Symbol or isinstance(part, Indexed) else set()
    return next(iter(found), None)
