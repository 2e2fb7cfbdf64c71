"""Proof of Theorem 5.7: Corollary 5.3 at the limit, with the radical between its tangent and a parabola in it.

With `R = sqrt(C^2 + 4Q)`, both its bounds are linear in C and R with a positive factor at R (equations (23)
and (24)). `R` is at least its tangent at `C = m` (Lemma B.2), and at most `(R^2 / M + M) / 2` with `M^2 = E R^2`.
"""

import math
import random
from collections.abc import Iterator

from flint import fmpq
from sympy import Expr, sqrt, sympify

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import orthogonal_part, vector
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.hessian import with_sharpness
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.mean_sharpness import limit_sharpness, mean_radical, squared_imbalance
from proofs_check.methods.combination import Combination
from proofs_check.methods.moments import Moments
from proofs_check.methods.monotone import Monotone
from proofs_check.proofs import Claim, claims_of, taken_over
from proofs_check.proofs.thm_5_6 import equal_singular_values
from theory.formulas.radical import radical, radical_tangent
from theory.language.expectation import Mean
from theory.language.indexed import label_of as label
from theory.language.relations import at_most
from theory.language.statement import Initialization, Statement
from theory.setting.symbols import C, N, S, e, label_coefficients, s, spectrum, u, v, w, y
from theory.statements.thm_5_6 import ALPHA, BETA
from theory.statements.thm_5_7 import MEAN, RADICAL, SQUARED, START_U, START_V

_Q = spectrum.difficulty
_positive = ("nonzero-labels",)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [*_moments(claim), *_radical(claim), *_sharpness(claim)]


def _moments(claim: Claim) -> list[Step]:
    """Equations (25) and (27)."""
    return [
        claim("mean", Moments(rewrite=("imbalance",))),
        claim("second-moment", Moments(rewrite=("imbalance",))),
    ]


_at_mean, _at_square = radical(MEAN, _Q), sqrt(SQUARED + 4 * _Q)
_tangent = radical_tangent(C, MEAN, _Q)
_parabola = ((C**2 + 4 * _Q) / _at_square + _at_square) / 2


def _radical(claim: Claim) -> list[Step]:
    """Equation (26): the radical for every outcome, then its expectation."""
    squares = (C * _at_mean - MEAN * RADICAL) ** 2 + 4 * _Q * (RADICAL - _at_mean) ** 2
    return [
        Step(
            "tangent",
            at_most(_tangent, RADICAL),
            Combination(squares / (2 * RADICAL * _at_mean**2), given=_positive),
        ),
        Step(
            "parabola",
            at_most(RADICAL, _parabola),
            Combination((RADICAL - _at_square) ** 2 / (2 * _at_square), given=_positive),
        ),
        Step(
            "mean-tangent",
            at_most(Mean(_tangent), Mean(RADICAL)),
            Monotone("tangent", (("tangent", "parabola"),), ("imbalance",), _positive),
        ),
        Step(
            "mean-parabola",
            at_most(Mean(RADICAL), Mean(_parabola)),
            Monotone("parabola", (), ("imbalance",), _positive),
        ),
        claim("radical-below", Moments(fact("mean-tangent"), rewrite=("imbalance",), given=_positive)),
        claim("radical-above", Moments(fact("mean-parabola"), rewrite=("imbalance",), given=_positive)),
    ]


def _sharpness(claim: Claim) -> list[Step]:
    """The bounds of Corollary 5.3, then linear in C, then quadratic."""

    def bound(label: Expr, radical: Expr) -> Expr:
        return (s[0] ** 2 * (radical - C) + label / _Q * (radical + C)) / (2 * N)

    low, high = label_coefficients[0] ** 2, spectrum.label_norm_squared
    below, above = bound(low, _tangent), bound(high, _parabola)
    return [
        taken_over("cor-5.3", "lower", "at-minimizer-lower"),
        taken_over("cor-5.3", "upper", "at-minimizer-upper"),
        Step(
            "linear-lower",
            at_most(below, S),
            Combination(
                fact("at-minimizer-lower") + (s[0] ** 2 + low / _Q) / (2 * N) * fact("tangent"), given=_positive
            ),
        ),
        Step(
            "quadratic-upper",
            at_most(S, above),
            Combination(
                fact("at-minimizer-upper") + (s[0] ** 2 + high / _Q) / (2 * N) * fact("parabola"), given=_positive
            ),
        ),
        Step(
            "mean-lower",
            at_most(Mean(below), Mean(S)),
            Monotone("linear-lower", (("linear-lower", "quadratic-upper"),), ("imbalance",), _positive),
        ),
        Step("mean-upper", at_most(Mean(S), Mean(above)), Monotone("quadratic-upper", (), ("imbalance",), _positive)),
        claim("lower", Moments(fact("mean-lower"), rewrite=("imbalance",), given=_positive)),
        claim("upper", Moments(fact("mean-upper"), rewrite=("imbalance",), given=_positive)),
    ]


CASES = (
    # labels in the modes before scaling, their scale, N, singular value, standard deviations of u(0) and of v(0)
    ((1,), fmpq(1, 1000), 1, fmpq(1), fmpq(1), fmpq(1)),
    ((3, 4), fmpq(1, 2000), 3, fmpq(2), fmpq(1), fmpq(1, 2)),
    ((3, 4), fmpq(1, 2000), 3, fmpq(1, 2), fmpq(1, 2), fmpq(2)),
    ((2, 1, 2), fmpq(1, 500), 4, fmpq(3), fmpq(1, 3), fmpq(1)),
    ((2, 3, 6), fmpq(40), 4, fmpq(1, 2), fmpq(1, 2), fmpq(1, 3)),
    ((3, 4), fmpq(100), 2, fmpq(2), fmpq(1), fmpq(1)),
    ((0, 1), fmpq(1), 2, fmpq(1), fmpq(1), fmpq(2)),
    ((0, 5), fmpq(9), 3, fmpq(3, 2), fmpq(1, 2), fmpq(1, 2)),
)
"""Where the difficulty is small, or large, beside the square of the imbalance, the balls are narrow."""


def instances(statement: Statement) -> Iterator[Instance]:
    """Data with equal singular values, one outcome that starts at its limit, and the expectations."""
    source = random.Random(0)
    drawn = next(h for h in statement.hypotheses.values() if isinstance(h, Initialization))
    for labels, factor, size, value, alpha, beta in CASES:
        instance = equal_singular_values(source, list(labels), size, value)
        coefficients = value_of(instance, label_coefficients) * factor
        weight, right, r = fmpq(1, source.randint(1, 3)), value_of(instance, w), len(labels)
        modes = coefficients / (value * weight)
        outside = orthogonal_part(vector(source, right.shape[1]), right)
        norm = math.isqrt(sum(entry**2 for entry in labels)) * factor  # every case has a whole norm
        instance = with_values(
            instance,
            (label_coefficients, coefficients),
            (y, coefficients @ value_of(instance, e)),
            (u, modes @ right + outside),
            (v, weight),
            (START_U, modes @ right + outside),
            (START_V, weight),
            (C, modes @ modes - weight**2),
            (ALPHA, alpha),
            (BETA, beta),
        )
        scales = {label(letter): evaluate(sympify(scale), instance) for letter, scale in drawn.scales}
        first, second = scales[label(START_U)], scales[START_V]
        yield with_values(
            with_sharpness(instance, statement),
            (Mean(C), sum([first**2] * r, start=-(second**2))),
            (Mean(C**2), squared_imbalance(r, first, second)),
            (Mean(RADICAL), mean_radical(r, norm / value, first, second)),
            (Mean(S), limit_sharpness(r, value, norm, first, second, instance.scalars[N])),
        )
