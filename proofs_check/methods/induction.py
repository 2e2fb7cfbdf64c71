"""Induction on the number of layers: an equality about sums and products over `1..M`, for every whole `M >= 1`.

Two checks: the relation at `M = 1`, and the relation at `M + 1` given the one at `M`. A sum over `1..M+1` is the sum
over `1..M` plus its last term, a product is the product over `1..M` times its last factor, and each free index is
either one of `1..M` or the last one.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sympy import Expr, Indexed, Integer, KroneckerDelta, Product, Sum, Symbol

from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import Setting, normal_form
from proofs_check.engine.proof import Scope, State, StepFailure, fact, markers, without_markers
from proofs_check.engine.signs import Sign, sign
from theory.language.relations import Relation, Sense

LAST = Symbol("last", integer=True, positive=True)
"""The index M + 1."""
_BEFORE = "induction"


def before(*indices: Expr | int) -> Expr:
    """Stand for `right - left` of the relation at `M` inside a combination for the step."""
    return fact(_BEFORE, *indices)


@dataclass(frozen=True)
class Induction:
    """The relation at 1 is an identity, and the step from `M` to `M + 1` is a combination.

    Attributes:
        size: the symbol `M`; every sum and product in the claim runs over `1..M` or has nothing to do with it.
        gap: combination for the step where each free index is at most `M`; `before()` stands for the relation at `M`.
        gaps_at_last: combinations for the step where the named free indices are `M + 1`; 0 for those not listed.
        gap_at_one: combination for the relation at `M = 1`, where every index is 1.
        rewrite: equalities to rewrite with, which must be facts about every family of every size.
        lemmas: facts of the same kind that stand in a combination.
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
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The facts named."""
        return frozenset((*self.rewrite, *self.lemmas, *self.premises, *self.given))

    @property
    def universal(self) -> bool:
        """Whether nothing is assumed about the letters."""
        return not self.premises and not self.given

    def check(self, claim: Relation, state: State) -> None:
        """Check the base and every case of the step; then see a wrong claim fail."""
        self._check_scope(claim, state)
        if not self._holds_at_one(claim, state):
            raise StepFailure(f"the claim at {self.size} = 1 does not hold")
        for case in _cases(claim):
            if not self._follows(claim, case, state):
                where = ", ".join(f"{index} last" for index in case) or "no index last"
                raise StepFailure(f"the step from {self.size} to {self.size} + 1 fails ({where})")
        if not some_alteration_fails(
            claim,
            lambda wrong: (
                self._holds_at_one(wrong, state) and all(self._follows(wrong, case, state) for case in _cases(wrong))
            ),
        ):
            raise StepFailure("the control failed: every altered claim passes as well, so the check shows nothing")

    def _check_scope(self, claim: Relation, state: State) -> None:
        """Refuse inequalities, ranges other than the layers, and facts that hold at one size only."""
        if claim.sense is not Sense.EQUAL:
            raise StepFailure("induction proves equalities only")
        for ranged in claim.left.atoms(Sum, Product) | claim.right.atoms(Sum, Product):
            if any(self.size in high.free_symbols and (low, high) != (1, self.size) for _, low, high in ranged.limits):
                raise StepFailure(f"a sum or product over a part of 1..{self.size}")
            bound = {index for index, _, _ in ranged.limits}
            inner = {limits[0] for part in ranged.function.atoms(Sum, Product) for limits in part.limits}
            if bound & (inner | set(claim.free_indices)):
                raise StepFailure("an index is bound twice, or bound and free")
        for entry in claim.left.atoms(Indexed, KroneckerDelta) | claim.right.atoms(Indexed, KroneckerDelta):
            indices = entry.indices if isinstance(entry, Indexed) else entry.args[:2]
            if any(index.is_Integer and index != 1 for index in indices):
                raise StepFailure(f"{entry} has no meaning at {self.size} = 1")
        for name in (*self.rewrite, *self.lemmas):
            if name not in state.universal:
                raise StepFailure(f"{name!r} does not hold for every family of every size")
        for name in (*self.premises, *self.given):
            relation = state.fact(name)
            if self.size in relation.left.free_symbols | relation.right.free_symbols:
                raise StepFailure(f"{name!r} speaks of the whole range, so it need not hold at each size")
        known = {_BEFORE, *self.lemmas, *self.premises, *self.given}
        gaps = (self.gap, *self.gaps_at_last.values(), self.gap_at_one)
        strange = frozenset[str]().union(*(markers(Integer(0) + gap) for gap in gaps)) - known
        if strange:
            raise StepFailure(f"the combination draws on {', '.join(sorted(strange))}, which are no premises")

    def _holds_at_one(self, claim: Relation, state: State) -> bool:
        setting = replace(state.setting((), self.given), orthonormal=())
        at_one: dict[Expr, Expr] = dict.fromkeys(claim.free_indices, Integer(1))
        difference = _first(claim.difference.xreplace(at_one), self.size)
        return self._closes(self.gap_at_one, difference, setting, state)

    def _follows(self, claim: Relation, case: tuple[Symbol, ...], state: State) -> bool:
        inner = copy.copy(state)
        inner.facts = {name: relation for name, relation in state.facts.items() if name in self.uses}
        if not case:
            inner.facts[_BEFORE] = claim
        at_last: dict[Expr, Expr] = dict.fromkeys(case, LAST)
        extended = _apart_from_last(_extended(claim.difference.xreplace(at_last), self.size))
        setting = replace(inner.setting(self.rewrite, self.given), orthonormal=())  # a hypothesis like any other
        return self._closes(self.gaps_at_last.get(case, 0) if case else self.gap, extended, setting, inner)

    def _closes(self, gap: Expr | int, difference: Expr, setting: Setting, state: State) -> bool:
        """Whether a combination has a form that is zero, and equals the difference."""
        gap = Integer(0) + gap
        if sign(gap, state.known_signs(self.given)) is not Sign.ZERO:
            return False
        return normal_form(difference - without_markers(gap, state), setting).is_zero


def _cases(claim: Relation) -> Iterator[tuple[Symbol, ...]]:
    """Every choice of the free indices that are the last one."""
    free = claim.free_indices
    for count in range(len(free) + 1):
        yield from itertools.combinations(free, count)


def _first(expression: Expr, size: Symbol) -> Expr:
    """The expression at `size = 1`."""
    if isinstance(expression, Sum | Product):
        ones = {index: Integer(1) for index, _, high in expression.limits if high == size}
        others = [limits for limits in expression.limits if limits[2] != size]
        body = _first(expression.function.xreplace(ones), size)
        return type(expression)(body, *others) if others else body
    if expression == size:
        return Integer(1)
    if not expression.args or isinstance(expression, Indexed):
        return expression
    return expression.func(*(_first(argument, size) for argument in expression.args))


def _extended(expression: Expr, size: Symbol) -> Expr:
    """The expression at `size + 1`, in sums and products over `1..size` and entries at `LAST`."""
    if isinstance(expression, Sum | Product):
        body = _extended(expression.function, size)
        for index, low, high in expression.limits:
            body = _split(type(expression), body, index, low, high, size)
        return body
    if expression == size:
        return size + 1
    if not expression.args or isinstance(expression, Indexed):
        return expression
    return expression.func(*(_extended(argument, size) for argument in expression.args))


def _split(kind: type, body: Expr, index: Symbol, low: Expr, high: Expr, size: Symbol) -> Expr:
    """Sum or product over `1..size` together with its last member; over another range as it is."""
    if high != size:
        return kind(body, (index, low, high))
    final = body.xreplace({index: LAST})
    head = kind(body, (index, low, high))
    return head + final if kind is Sum else head * final


def _apart_from_last(expression: Expr) -> Expr:
    """The expression where every index but `LAST` is at most `size`, so that its delta with `LAST` is zero."""
    deltas = [delta for delta in expression.atoms(KroneckerDelta) if LAST in delta.args]
    return expression.xreplace(dict.fromkeys(deltas, Integer(0)))
