"""Proof of Theorem 5.6: the expectation of Lemma B.3's bounds, the root by its tangent.

With `c = w_1^T u`, Lemma B.3's lower bound is `s_1^2 (v^2 + c^2) + 2 s_1^2 v^2 c^2 / (v^2 + c^2)` and a term odd in
`v`. The root `sqrt(W)` in its upper bound is at most `(W / m + m) / 2`, for `m^2 = E W`.
"""

import random
from collections.abc import Iterator

import numpy as np
from flint import arb, fmpq
from sympy import sqrt, sympify

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import data_set
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.mean_sharpness import initial_sharpness
from proofs_check.methods.almost_surely import AlmostSurely
from proofs_check.methods.combination import Combination
from proofs_check.methods.harmonic_mean import HarmonicMean
from proofs_check.methods.moments import Moments
from proofs_check.methods.monotone import Monotone
from proofs_check.methods.odd_mean import OddMean
from proofs_check.proofs import Claim, claims_of, taken_over
from theory.formulas.initialization_moments import mean_harmonic_square
from theory.language.expectation import Mean
from theory.language.indexed import label_of as label
from theory.language.numbers import total
from theory.language.relations import at_most, equal, less
from theory.language.statement import Initialization, Statement
from theory.setting.symbols import N, S, X, e, label_coefficients, s, u, v, w, y
from theory.statements.lem_b_3 import BOUNDS as POINTWISE
from theory.statements.thm_5_6 import ALPHA, BETA

_d, _c = label_coefficients, w @ u
_norm = v**2 + _c[0] ** 2
_odd = 2 * v * _c[0] / _norm
_harmonic = _c[0] ** 2 * v**2 / (_c[0] ** 2 + v**2)
_positive = ("not-both-zero",)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [*_pointwise(), *_lower(claim), *_upper(claim)]


_root = sqrt((ALPHA * BETA) ** 2 * total(s**4) + total((s * _d) ** 2))
_squared = total((s * (s * _c * v - _d)) ** 2)
_tangent = (_squared / _root + _root) / 2
_smooth = (s[0] ** 2 * v**2 + total((s * _c) ** 2) + _tangent) / N


def _pointwise() -> list[Step]:
    """Lemma B.3 at almost every outcome, with a polynomial above."""
    return [
        Step("mean-of-norm", less(0, Mean(_norm)), Moments(ALPHA**2 + BETA**2)),
        Step("not-both-zero", less(0, _norm), AlmostSurely("mean-of-norm")),
        taken_over("lem-b.3", "lower", "pointwise-lower"),
        taken_over("lem-b.3", "upper", "pointwise-upper"),
        Step("tangent", at_most(sqrt(_squared), _tangent), Combination((sqrt(_squared) - _root) ** 2 / (2 * _root))),
        Step("smooth-upper", at_most(S, _smooth), Combination(fact("pointwise-upper") + fact("tangent") / N)),
    ]


_bounds = (("pointwise-lower", "smooth-upper"),)


def _lower(claim: Claim) -> list[Step]:
    return [
        Step("odd-below", at_most(-1, _odd), Combination((v + _c[0]) ** 2 / _norm, given=_positive)),
        Step("odd-above", at_most(_odd, 1), Combination((v - _c[0]) ** 2 / _norm, given=_positive)),
        Step("odd", equal(Mean(_odd), 0), OddMean(v, "odd-below", "odd-above", given=_positive)),
        Step(
            "harmonic",
            equal(Mean(_harmonic), mean_harmonic_square(ALPHA, BETA)),
            HarmonicMean(_c[0], v, (ALPHA, BETA), given=_positive),
        ),
        Step(
            "mean-lower",
            at_most(Mean(POINTWISE.lower), Mean(S)),
            Monotone("pointwise-lower", _bounds, given=_positive),
        ),
        claim("lower", Moments(fact("mean-lower"), given=_positive, means=("odd", "harmonic"))),
    ]


def _upper(claim: Claim) -> list[Step]:
    return [
        Step("mean-upper", at_most(Mean(S), Mean(_smooth)), Monotone("smooth-upper")),
        claim("upper", Moments(fact("mean-upper"))),
    ]


def equal_singular_values(source: random.Random, labels: list[int], size: int, value: fmpq) -> Instance:
    """A data set whose singular values are all the same, so that the expected sharpness can be enclosed."""
    instance, r = data_set(source, np.array([fmpq(entry) for entry in labels], dtype=object))
    left, right, values = value_of(instance, e), value_of(instance, w), np.array([value] * r, dtype=object)
    coefficients = value_of(instance, label_coefficients)
    size = max(size, left.shape[1])
    padded = np.array([[*row, *[fmpq(0)] * (size - left.shape[1])] for row in left], dtype=object)
    return with_values(
        instance,
        (N, size),
        (e, padded),
        (s, values),
        (X, (padded.T * values) @ right),
        (y, coefficients @ padded),
    )


CASES = (
    # labels in the modes, N, singular value, standard deviations of u and of v
    ((0,), 1, fmpq(1), fmpq(1), fmpq(1)),
    ((0,), 3, fmpq(3, 2), fmpq(1, 3), fmpq(2)),
    ((0, 0), 3, fmpq(2), fmpq(2), fmpq(1)),
    ((0, 0, 0, 0), 5, fmpq(1, 2), fmpq(1), fmpq(1, 10)),
    ((0, 0, 0), 4, fmpq(3), fmpq(1, 5), fmpq(3)),
    ((0, 60), 4, fmpq(2), fmpq(1), fmpq(1)),
    ((80, 0, 60), 4, fmpq(1, 2), fmpq(1, 2), fmpq(2)),
    ((1,), 2, fmpq(1), fmpq(1), fmpq(2)),
    ((0,), 2, fmpq(1, 2), fmpq(1, 3), fmpq(1, 3)),
)
"""Without labels the ball is a point; with them it is wide, and excludes what is far off."""


def instances(statement: Statement) -> Iterator[Instance]:
    """Data with equal singular values, at the standard deviations that the statement's hypothesis names."""
    source = random.Random(0)
    drawn = next(h for h in statement.hypotheses.values() if isinstance(h, Initialization))
    for labels, size, value, alpha, beta in CASES:
        instance = with_values(equal_singular_values(source, list(labels), size, value), (ALPHA, alpha), (BETA, beta))
        scales = {label(letter): evaluate(sympify(scale), instance) for letter, scale in drawn.scales}
        norm = arb(sum(fmpq(entry) ** 2 for entry in labels)).sqrt()
        mean = initial_sharpness(len(labels), value, norm, scales[label(u)], scales[v], instance.scalars[N])
        yield with_values(instance, (Mean(S), mean))
