"""Proof of Theorem 5.9: the terms of order one cancel, exchangeability gives the moments, Lagrange's identity signs.

The mean number of ones in a mask is B and its mean square is B^2; as no sample and no pair is preferred, that fixes
every second moment. The imbalance after a step is a quadratic polynomial in the mask, so the moments are all it needs.
"""

import itertools
import random
from collections.abc import Iterator, Sequence

import numpy as np
from flint import fmpq
from sympy import Expr, Integer, Sum

from proofs_check.engine.proof import Step, StepRecord, fact
from proofs_check.instances.data_sets import data_set, orthonormal_rows, positive, rational, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.real_data import digits, enclose_claims
from proofs_check.lemmas.minors import minors
from proofs_check.methods.combination import Combination, identity
from proofs_check.proofs import Claim, claims_of
from theory.language.indexed import IndexedArray
from theory.language.indexed import label_of as label
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.batches import (
    OUTCOME,
    B,
    inclusion,
    joint_inclusion,
    law,
    mask,
    n_outcomes,
)
from theory.setting.symbols import N, X, e, eta, features, modes, n_features, rank, s, samples, u, v, w, y
from theory.statements.thm_5_9 import BEFORE, MOMENTS, RESIDUAL

_n = samples.index(set())
_m = samples.index({_n.name})
_k = features.index(set())
_i = modes.index(set())
_o = OUTCOME


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        claim("descent", identity("svd")),
        claim("any-batch", identity("svd")),
        *moments(),
        *_expectations(claim),
        *_signs(claim),
    ]


def _expectations(claim: Claim) -> list[Step]:
    """The imbalance after a step is quadratic in the mask: every product of two entries becomes its moment."""
    output = X @ u
    rows = Sum(X.at(_n, _k) * X.at(_m, _k), (_k, 1, n_features))
    products = RESIDUAL.at(_n) * RESIDUAL.at(_m) * (v**2 * rows - output.at(_n) * output.at(_m))
    in_moments = eta**2 / B**2 * Sum(products * fact("moments", _m, _n), (_n, 1, N), (_m, 1, N))
    in_outcomes = Sum(law.at(_o) * fact("any-batch", _o), (_o, 1, n_outcomes))
    return [
        claim(
            "batch-matrix",
            Combination(RESIDUAL.at(_n) * RESIDUAL.at(_m) * fact("moments", _m, _n), given=("two-samples",)),
        ),
        claim("sgd", Combination(in_moments + in_outcomes + BEFORE * fact("probabilities"), given=("two-samples",))),
        claim("sgd-less-descent", Combination(fact("sgd") - fact("descent"), given=("two-samples",))),
        claim("full-batch", identity(given=("two-samples",))),
    ]


def _signs(claim: Claim) -> list[Step]:
    """Variances are sums of squares over pairs of samples, Cauchy-Schwarz gaps over pairs of modes."""
    slope = X.scaled_rows(RESIDUAL)
    output = RESIDUAL * (X @ u)
    in_modes = slope @ w.T
    pairs = Sum((slope.at(_n, _k) - slope.at(_m, _k)) ** 2, (_n, 1, N), (_m, 1, N), (_k, 1, n_features))
    output_pairs = Sum((output.at(_n) - output.at(_m)) ** 2, (_n, 1, N), (_m, 1, N))
    totals = in_modes.T @ IndexedArray(Integer(1), (samples,), (_n,))
    apart = IndexedArray(in_modes.at(_n, _i) - in_modes.at(_m, _i), (modes,), (_i,))
    return [
        claim("noise-first", Combination(pairs / (2 * N))),
        claim("noise-second", Combination(output_pairs / (2 * N))),
        claim("full-batch-gap", Combination(minors(w @ u, totals), ("svd",))),
        claim("noise-gap", Combination(Sum(minors(w @ u, apart), (_n, 1, N), (_m, 1, N)) / (2 * N), ("svd",))),
        claim("descent-at-least", Combination(eta**2 / N**2 * fact("full-batch-gap") - fact("descent"))),
        batch_in_samples(),
        claim(
            "sgd-at-least",
            Combination(
                eta**2 * (N - B) / (B * N * (N - 1)) * fact("noise-gap") - fact("sgd-less-descent"),
                given=("two-samples", "batch-in-samples"),
            ),
        ),
    ]


def batch_in_samples() -> Step:
    """`N - B` is the mean number of samples left out, `E sum_n (1 - p_n)^2`."""
    left_out = Sum(law.at(_o) * (1 - mask.at(_o, _n)) ** 2, (_n, 1, N), (_o, 1, n_outcomes))
    gap = left_out + _binary() - _count() + (B - N) * -fact("probabilities")
    return Step("batch-in-samples", at_most(0, N - B), Combination(gap))


def _binary() -> Expr:
    return Sum(law.at(_o) * fact("binary", _n, _o), (_n, 1, N), (_o, 1, n_outcomes))


def _count() -> Expr:
    return Sum(law.at(_o) * fact("batch-size", _o), (_o, 1, n_outcomes))


def moments() -> list[Step]:
    """`E p_n = B/N` and `E p_n p_m = B(B-1)/(N(N-1))` from the sum of the entries and its square."""
    trace = Sum(fact("exchangeable", _n, _n), (_n, 1, N))
    entries = Sum(fact("exchangeable", _m, _n), (_n, 1, N), (_m, 1, N))
    ones = Sum(mask.at(_o, _n), (_n, 1, N))
    count_squared = Sum(law.at(_o) * (ones + B) * fact("batch-size", _o), (_o, 1, n_outcomes))
    return [
        Step(
            "inclusion",
            equal(inclusion, B / N),
            Combination((_binary() - trace + _count() + B * fact("probabilities")) / N),
        ),
        Step(
            "joint-inclusion",
            equal(joint_inclusion, B * (B - 1) / (N * (N - 1))),
            Combination(
                (count_squared - entries + B**2 * fact("probabilities")) / (N * (N - 1)),
                ("inclusion",),
                ("two-samples",),
            ),
        ),
        Step(
            "moments",
            MOMENTS,
            Combination(fact("exchangeable", _m, _n), ("inclusion", "joint-inclusion"), ("two-samples",)),
        ),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Random weights with the uniform law, one law on the lines of the Fano plane, and a global minimizer."""
    source = random.Random(0)
    for _ in range(10):
        instance = _with_two_samples(source)
        size = instance.scalars[N]
        yield with_uniform_batches(with_weights(instance, source), source.randint(1, size))
    yield _on_the_fano_plane(source)
    minimizer = with_uniform_batches(with_weights(_with_two_samples(source), source), 1)
    output = value_of(minimizer, X) @ value_of(minimizer, u)
    yield with_values(minimizer, (y, output * minimizer.scalars[v]))


def with_weights(instance: Instance, source: random.Random) -> Instance:
    """The data with any labels, any weights and any step size."""
    return with_values(
        instance,
        (y, vector(source, instance.scalars[N])),
        (u, vector(source, instance.scalars[n_features])),
        (v, rational(source)),
        (eta, positive(source)),
    )


def with_uniform_batches(instance: Instance, batch_size: int) -> Instance:
    """The instance with all batches of one size, equally likely."""
    size = instance.scalars[N]
    batches = list(itertools.combinations(range(size), batch_size))
    return with_batches(instance, batches, [fmpq(1, len(batches))] * len(batches))


def with_batches(instance: Instance, batches: Sequence[tuple[int, ...]], weights: list[fmpq]) -> Instance:
    """The instance with given batches of one size and their probabilities; pairs must be equally likely."""
    size, batch_size = instance.scalars[N], len(batches[0])
    masks = np.array([[fmpq(int(n in batch)) for n in range(size)] for batch in batches], dtype=object)
    return with_values(
        instance,
        (n_outcomes, len(batches)),
        (law, np.array(weights, dtype=object)),
        (mask, masks),
        (B, batch_size),
        (inclusion, fmpq(batch_size, size)),
        (joint_inclusion, fmpq(batch_size * (batch_size - 1), size * (size - 1))),
    )


def _with_two_samples(source: random.Random) -> Instance:
    while True:
        instance, _ = data_set(source)
        if instance.scalars[N] >= 2:
            return instance


def _on_the_fano_plane(source: random.Random) -> Instance:
    """Seven batches of three of seven samples, each pair in exactly one: not uniform, and pairwise exchangeable."""
    lines = [(0, 1, 2), (0, 3, 4), (0, 5, 6), (1, 3, 5), (1, 4, 6), (2, 3, 6), (2, 4, 5)]
    left, right = orthonormal_rows(source, 1, 7), np.array([[fmpq(1)]], dtype=object)
    instance = Instance({N: 7, n_features: 1, rank: 1}, {label(X): left.T * 2, label(w): right, label(e): left}, "Fano")
    instance = with_values(instance, (s, np.array([fmpq(2)], dtype=object)))
    return with_batches(with_weights(instance, source), lines, [fmpq(1, 7)] * 7)


def on_real_data(statement: Statement) -> Iterator[StepRecord]:
    """Eight of the digits, batches of all but one, at a point where the layers are far from balanced."""
    images = digits(8)
    size = images.scalars[N]
    first_layer = value_of(images, X)[0] / 64
    weights = with_values(images, (u, first_layer), (v, fmpq(1, 8)), (eta, fmpq(1, 1000)))
    yield from enclose_claims(statement, with_uniform_batches(weights, size - 1))
