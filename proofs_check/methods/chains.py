"""Chains: what sums and products over all neighbours have in common, and what is handed back from the end."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Integer, Symbol

from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting, Signs, gap_theorem, turned, weakened
from proofs_check.rules import chains, equality, order
from proofs_check.rules.theorem import Theorem
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Kind, compare
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, Sense
from theory.language.substitution import abstract, instantiate
from theory.language.terms import ZERO, Axis, Term


@dataclass(frozen=True)
class Telescoping(Method):
    """`t_1 + sum_j t_(j+1) = sum_j t_j + t_(L+1)`, or the same of products, brought to the claim from either side.

    Attributes:
        term: `t`, whose first axis is that of the chain; its other indices are those of the claim.
        product: whether it is the products.
        rewrite: equalities to rewrite both with.
        given: inequalities that tell signs.
    """

    term: IndexedArray
    product: bool = False
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "telescoping"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Both sides are the sum, or the product, of all entries."""
        goal, rewriting = Goal.of(claim, state), Rewriting.named(state, self.rewrite, self.given)
        reader = state.read.reader
        variable = terms.fresh(reader.axis(self.term.axes[0].size))
        term = reader.expression(self.term.expression, scope={**goal.scope, self.term.indices[0]: variable})
        shown = (chains.telescoping_product if self.product else chains.telescoping_sum)(term, variable)
        try:
            return goal.closed(rewriting.by_rule(goal.bare, (shown,), equality.same_difference))
        except StatementError:
            return goal.closed(rewriting.by_rule(goal.bare, (turned(shown),), equality.same_difference))


@dataclass(frozen=True)
class HandedBack(Method):
    """A relation holds at every index since it holds at the end, and each entry has it from the next.

    With `t = left - right`, which speaks of the index in chains alone: `t_j <= f_j t_(j+1)` and `t_(L+1) <= 0`, or both
    are equal where the relation is an equality. The claim is the relation, or what it says of the next index.

    Attributes:
        relation: what is handed back.
        index: the index along the chain.
        gap: an expression with the value `f_j t_(j+1) - t_j`, whose form shows its sign.
        end: an expression with the value `-t_(L+1)`, whose form shows its sign.
        factor: `f_j`, whose form shows that it is not negative.
        rewrite: equalities to rewrite with.
        given: inequalities that tell signs.
    """

    relation: Relation
    index: Symbol
    gap: Expr | int = 0
    end: Expr | int = 0
    factor: Expr | int = 1
    rewrite: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    name = "handed back"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Show the end and the step; of an equality, in both directions."""
        goal = Goal.of(claim, state)
        if self.index not in goal.scope:
            raise StepFailure(f"the claim does not speak of the index {self.index}")
        shown = self._at_most_zero(goal, state, 1, claim)
        if self.relation.sense is Sense.EQUAL:
            other = self._at_most_zero(goal, state, -1, claim)
            shown = order.antisymmetric(shown, equality.same_difference(other, ZERO, shown.conclusion.left))
        return goal.closed(Rewriting(Signs(state)).by_rule(goal.bare, (shown,), equality.same_difference))

    def _at_most_zero(self, goal: Goal, state: State, sign: int, claim: Relation) -> Theorem:
        rewriting = Rewriting.named(state, self.rewrite, self.given)
        signs = rewriting.signs

        def read(expression: Expr | int) -> Term:
            return state.read.reader.expression(Integer(0) + expression, scope=goal.scope)

        difference, variable = read(sign * (self.relation.left - self.relation.right)), goal.scope[self.index]
        assert isinstance(variable.sort, Axis)
        following = chains.moved_on(difference, variable)
        last = instantiate(abstract(following, variable), terms.end(variable.sort))
        factor = read(self.factor)
        positive = signs.needed(factor, "the form of the factor does not show that it is not negative")
        handed = gap_theorem(sign * Integer(1) * self.gap, goal, signs)
        bound = rewriting.combination(compare(difference, Kind.AT_MOST, terms.multiply(factor, following)), handed)
        ends = gap_theorem(sign * Integer(1) * self.end, goal, signs)
        strict = self.relation.sense is Sense.LESS
        at_end = rewriting.combination(compare(last, Kind.LESS if strict else Kind.AT_MOST, ZERO), ends)
        if not strict:
            positive = weakened(positive)
        return chains.handed_back(difference, factor, variable, bound, positive, at_end, claim != self.relation)
