"""Where gradient flow leads, for losses whose flow is known exactly: quadratic ones without mixed terms."""

from __future__ import annotations

from typing import Any

from flint import fmpq

from proofs_check.soundness.semantics.hessian import Loss
from proofs_check.soundness.semantics.model import Indices, Model
from proofs_check.soundness.semantics.truth import Truth, Undecided
from proofs_check.soundness.semantics.value import degree
from theory.language.formulas import Formula
from theory.language.terms import ENTRY, Term


def flows(formula: Formula, model: Model, indices: Indices, stack: tuple[Any, ...]) -> Truth:
    """Whether the flow of a loss leads from its start to its end, in a time of at least 0 or in the limit.

    Along a weight of curvature `c`, the gradient shrinks by `exp(-c t)`; along one without, the weight moves evenly.

    Raises:
        Undecided: a loss of another form, or numbers in balls.
    """
    count = len(formula.data)
    loss, start, end = formula.terms[0], formula.terms[1 : count + 1], formula.terms[count + 1 :]

    def leaf(part: Term, depth: int) -> float:
        return part.head == ENTRY and part.data.kind == "weight"

    if degree(loss, model, leaf) > 2:
        raise Undecided("the flow of a loss that is not quadratic")
    function = Loss(loss, formula.data, model, indices, stack)
    first, last = function.point(start), function.point(end)
    curvatures = function.hessian(first)
    slopes, left = function.gradient(first), function.gradient(last)
    if any(
        not isinstance(one, fmpq) for one in (*slopes, *left, *first, *last, *(c for row in curvatures for c in row))
    ):
        raise Undecided("a flow in balls")
    if any(c for i, row in enumerate(curvatures) for j, c in enumerate(row) if i != j):
        raise Undecided("the flow of a loss with mixed terms")
    moving = [k for k, slope in enumerate(slopes) if slope]
    if any(first[k] != last[k] for k in range(len(first)) if k not in moving):
        return Truth.VIOLATED
    return Truth.HOLDS if not moving or _one_time(moving, curvatures, slopes, left, first, last) else Truth.VIOLATED


def _one_time(
    moving: list[int],
    curvatures: list[list[fmpq]],
    slopes: list[fmpq],
    left: list[fmpq],
    first: list[fmpq],
    last: list[fmpq],
) -> bool:
    """Whether there is one time at which every weight that moves is where it should be."""
    if all(curvatures[k][k] > 0 and not left[k] for k in moving):
        return True  # the limit
    even = [(first[k] - last[k]) / slopes[k] for k in moving if not curvatures[k][k]]
    bent = [(curvatures[k][k], left[k] / slopes[k]) for k in moving if curvatures[k][k]]
    if any(time != even[0] for time in even) or (even and even[0] < 0) or any(ratio <= 0 for _, ratio in bent):
        return False
    if not bent:
        return True
    if even:  # exp(-c t) is rational for t = 0 alone
        return even[0] == 0 and all(ratio == 1 for _, ratio in bent)
    if any((ratio - 1) * curvature > 0 for curvature, ratio in bent):
        return False  # a time before 0
    scale = 1
    for curvature, _ in bent:
        scale *= int(curvature.q)
    counts = [int(curvature * scale) for curvature, _ in bent]
    head, ratio = counts[0], bent[0][1]
    return all(one**head == ratio**other for other, (_, one) in zip(counts, bent, strict=True))
