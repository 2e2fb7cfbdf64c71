"""Products in order: from `0 <= a_j <= b_j` for every `j` to `prod_j a_j <= prod_j b_j`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol

from proofs_check.engine.proof import Goal, Method, State, StepFailure
from proofs_check.engine.tactics import Rewriting, Signs, weakened
from proofs_check.rules import order
from proofs_check.rules.theorem import Theorem
from theory.language.relations import Relation


@dataclass(frozen=True)
class ProductsInOrder(Method):
    """The claim is an established inequality between entries, with the product over one of its indices on both sides.

    Attributes:
        source: name of `a_j <= b_j`, which holds for every value of its free indices; the form of `a_j` must show that
            it is not negative.
        index: the index of the product, free in the source.
    """

    source: str
    index: Symbol

    name = "derivation"

    def establish(self, claim: Relation, state: State) -> Theorem:
        """Multiply the factors on both sides and compare."""
        goal, signs = Goal.of(claim, state), Signs(state)
        relation = state.relation(self.source)
        inside = state.read.reader.indices((relation.left, relation.right))
        if self.index not in inside:
            raise StepFailure(f"{self.source!r} is not stated for every {self.index}")
        source = state.at_names(self.source, {**inside, **goal.scope})
        unknown = "the form of the smaller factor does not show that it is not negative"
        sign = signs.needed(source.conclusion.left, unknown)
        shown = order.products_in_order(weakened(sign), source, inside[self.index])
        return goal.closed(Rewriting(signs).brought(shown, goal.left, goal.right))
