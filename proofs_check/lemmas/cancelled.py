"""Steps to a claim by way of its multiple."""

from __future__ import annotations

from sympy import Expr

from proofs_check.engine.proof import Method, Step
from proofs_check.methods.cancellation import Cancellation
from theory.language.relations import Relation


def cancelled(
    name: str,
    claim: Relation,
    factor: Expr,
    method: Method,
    *,
    positive: Expr | None = None,
    given: tuple[str, ...] = (),
) -> list[Step]:
    """The claim times a positive factor, by a method, and then the claim.

    Args:
        name: of the claim; its multiple is called `{name}-scaled`.
        claim: two sides without the factor.
        factor: what they are multiplied with.
        method: establishes the multiple.
        positive: the factor in a form that shows that it is positive, where its own does not.
        given: inequalities that tell its sign.
    """
    scaled = Relation(factor * claim.left, claim.sense, factor * claim.right)
    return [
        Step(f"{name}-scaled", scaled, method),
        Step(name, claim, Cancellation(f"{name}-scaled", factor if positive is None else positive, given=given)),
    ]
