"""Products in order: from `0 <= a_j <= b_j` for every `j` to `prod_j a_j <= prod_j b_j`."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Product, Symbol

from proofs_check.engine.negative_control import some_alteration_fails
from proofs_check.engine.normal_form import normal_form
from proofs_check.engine.proof import Scope, State, StepFailure
from proofs_check.engine.signs import Sign, sign
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class ProductsInOrder:
    """The claim is an established inequality between entries, with the product over one of its indices on both sides.

    Replacing one factor after another by a larger one raises a product of factors that are not negative.

    Attributes:
        source: name of `a_j <= b_j`, which holds for every value of its free indices; the form of `a_j` must show that
            it is not negative.
        index: the index of the product, free in the source.
    """

    source: str
    index: Symbol

    name = "derivation"
    scope = Scope.ALL_SIZES
    axioms: tuple[str, ...] = ()

    @property
    def uses(self) -> frozenset[str]:
        """The inequality between the factors."""
        return frozenset({self.source})

    def check(self, claim: Relation, state: State) -> None:
        """Compare the factors on both sides; then see a wrong claim fail."""
        source = state.fact(self.source)
        if source.sense is not Sense.AT_MOST or claim.sense is not Sense.AT_MOST:
            raise StepFailure("both the source and the claim must say '<='")
        if self.index not in source.free_indices:
            raise StepFailure(f"{self.source!r} is not stated for every {self.index}")
        if sign(source.left, state.known_signs(())) is Sign.UNKNOWN:
            raise StepFailure("the form of the smaller factor does not show that it is not negative")
        setting = state.setting((), ())

        def is_product(relation: Relation) -> bool:
            left, right = relation.left, relation.right
            if not (isinstance(left, Product) and isinstance(right, Product)) or len(left.limits) != 1:
                return False
            if left.limits != right.limits or left.limits[0][0] != self.index or left.limits[0][1] != 1:
                return False
            factors = ((left.function, source.left), (right.function, source.right))
            return all(normal_form(mine - theirs, setting).is_zero for mine, theirs in factors)

        if not is_product(claim):
            raise StepFailure(f"the two sides are not the products of those of {self.source!r} over {self.index}")
        if not some_alteration_fails(claim, is_product):
            raise StepFailure("the control failed: every altered claim passes as well, so the check shows nothing")
