"""Random mini-batches on a finite probability space, so that an expectation is a finite sum.

Outcome `o` has the probability `pi_o` and the mask `p[o, n]`, the diagonal of `P_t`: 1 where sample `n` is in the
batch. A random subset of finitely many samples always has such a space; no property of expectations is assumed.
"""

from __future__ import annotations

from sympy import Expr, KroneckerDelta, Symbol

from theory.language.indexed import Axis, IndexedArray, indices_of
from theory.language.relations import equal, less
from theory.language.statement import Hypothesis
from theory.setting.symbols import N, samples

B = Symbol("B", integer=True, positive=True)
"""Batch size."""
n_outcomes = Symbol("Omega", integer=True, positive=True)
outcomes = Axis(n_outcomes, "ot")

law = IndexedArray.named("pi", outcomes, nonnegative=True)
"""Probability of each outcome, shape (Omega,)."""
mask = IndexedArray.named("p", outcomes, samples)
"""Diagonal of P_t in each outcome, shape (Omega, N)."""
inclusion = Symbol("mu", real=True)
"""Probability that a sample is in the batch, the same for every sample."""
joint_inclusion = Symbol("kappa", real=True)
"""Probability that two samples are in the batch, the same for every pair of different samples."""

OUTCOME = Symbol("o", integer=True, positive=True)
"""Any one outcome."""

_n, _m = indices_of(samples, samples)


def expectation(value: Expr) -> Expr:
    """Expectation of an expression in one outcome: `sum_o pi_o value(o)`."""
    return (law * IndexedArray(value, (outcomes,), (OUTCOME,))).total()


def second_moments() -> IndexedArray:
    """`E[p_n p_m]`, shape (N, N)."""
    moments: IndexedArray = mask.scaled_rows(law).T @ mask
    return IndexedArray(moments.at(_n, _m), (samples, samples), (_n, _m))


def pairwise(on_the_diagonal: Expr, elsewhere: Expr) -> IndexedArray:
    """The matrix with one value on the diagonal and one value elsewhere, shape (N, N)."""
    same = KroneckerDelta(_n, _m)
    return IndexedArray(on_the_diagonal * same + elsewhere * (1 - same), (samples, samples), (_n, _m))


EXCHANGEABLE_BATCHES: dict[str, Hypothesis] = {
    "probabilities": equal(law.total(), 1),
    "binary": equal(mask**2, mask),
    "batch-size": equal(mask.row_totals(), B),
    "exchangeable": equal(second_moments(), pairwise(inclusion, joint_inclusion)),
    "two-samples": less(0, N - 1),
}
"""Exactly B of N >= 2 samples, no sample and no pair of samples being preferred.

Drawing uniformly without replacement is one such law, since a permutation of the samples permutes the batches.
"""
