"""The sharpness from the tangent kernel `K = J J^T`, where N times the Hessian is `J^T J`."""

from __future__ import annotations

from sympy import Expr

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.methods.rayleigh import Direction, LeastUpperBound, RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, Sense, at_most, less
from theory.setting.symbols import N, S, e


def sharpness_at_least(
    name: str,
    least: Expr,
    *,
    direction: Direction,
    slopes: IndexedArray,
    first: IndexedArray,
    kernel: tuple[str, IndexedArray],
    sense: Sense = Sense.AT_MOST,
    rewrite: tuple[str, ...],
    given: tuple[str, ...],
) -> list[Step]:
    """`l / N <= S` from `l <= ||J^T e_1||^2`, the first entry `k` of the kernel, by the quotient at `J^T e_1`.

    `||K e_1||^2 - k^2 = ||K e_1 - k e_1||^2`.

    Args:
        name: of that.
        least: `l`.
        direction: `J^T e_1`.
        slopes: `K e_1`.
        first: `e_1`, in the samples or in the modes, as the slopes are.
        kernel: name of what is established about `||J^T q||^2` for every q in the samples, and `q`.
        sense: how `l` compares with the first entry there.
        rewrite: what brings the Hessian's form to `||J h||^2 / N`.
        given: what shows that `l` is positive.
    """
    source, vector = kernel
    entry = squared_norm(direction)
    beside = ((slopes - first * entry) ** 2).total()
    return [
        Step("quotient", at_most((slopes**2).total() / N, S * entry), RayleighQuotient(direction, rewrite)),
        Step("first-entry", Relation(least, sense, entry), Specialization(source, {vector: e.row(1)}, rewrite, given)),
        Step("first-entry-positive", less(0, entry), Combination(fact("first-entry") + least, given=given)),
        Step(
            name,
            at_most(least / N, S),
            Combination(
                (beside / N + fact("quotient")) / entry + fact("first-entry") / N, given=("first-entry-positive",)
            ),
        ),
    ]


def sharpness_at_most(
    name: str,
    claim: Relation,
    *,
    direction: Direction,
    slopes: IndexedArray,
    transposed: Direction,
    kernel: tuple[str, IndexedArray],
    bound: Expr,
    rewrite: tuple[str, ...] = (),
    given: tuple[str, ...],
) -> list[Step]:
    """`S <= T / N` from `||J^T x||^2 <= T ||x||^2` for every x.

    With `q = J h`: `T^2 ||h||^2 - T ||q||^2 = ||T h - J^T q||^2 + T ||q||^2 - ||J^T q||^2`.

    Args:
        name: of the claim.
        claim: `S <= T / N`.
        direction: any `h`, in letters.
        slopes: `q`.
        transposed: `J^T q`.
        kernel: name of the established `||J^T x||^2 <= T ||x||^2`, and `x`.
        bound: `T`.
        rewrite: what brings the Hessian's form to `||J h||^2 / N`.
        given: what shows that `T` is positive.
    """
    source, vector = kernel
    apart = squared_norm(tuple(part * bound - other for part, other in zip(direction, transposed, strict=True)))
    return [
        Step(
            "kernel-of-slopes",
            at_most(squared_norm(transposed), bound * (slopes**2).total()),
            Specialization(source, {vector: slopes}, given=given),
        ),
        Step(
            "upper-form",
            at_most((slopes**2).total() / N, bound / N * squared_norm(direction)),
            Combination((apart + fact("kernel-of-slopes")) / (N * bound), given=given),
        ),
        Step(name, claim, LeastUpperBound("upper-form", direction, rewrite, given)),
    ]
