"""Proof that the exact sharpness falls with C <= 0: the tangent kernels at the two minimizers are ordered.

With `V = v^2`, at a minimizer N times the Hessian is `J^T J` with `J J^T = V diag(s^2) + d d^T / V` in the modes. From
C <= C' <= 0 follow `V' <= V` and `Q <= V V'`, and then `x^T J' J'^T x <= x^T J J^T x <= N S ||x||^2` for every x.
"""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from flint import fmpq
from sympy import Expr, Rational, Sum, Symbol

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import data_set, positive, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import LeastUpperBound, RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.methods.squares import SquaresInOrder
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import (
    C,
    N,
    S,
    e,
    features,
    label_coefficients,
    modes,
    rank,
    s,
    samples,
    spectrum,
    u,
    v,
    w,
    y,
)
from theory.setting.two_minimizers import OTHER_C, OTHER_S, OTHER_U, OTHER_V

_i, _n = modes.index(set()), samples.index(set())
_j = modes.index({_i.name})
_d, _c, _other_c, _Q = label_coefficients, w @ u, w @ OTHER_U, spectrum.difficulty
_x = IndexedArray.named("x", modes)
_a, _b = IndexedArray.named("a", features), Symbol("b", real=True)
_alpha = w @ _a
_length = (_x**2).total()
_weighted = ((_x * s) ** 2).total()
_inner, _other_inner = (s * _c * _x).total(), (s * _other_c * _x).total()
_kernel = v**2 * _weighted + _inner**2
_other_kernel = OTHER_V**2 * _weighted + _other_inner**2


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    return [
        *_weights("", "minimizer", _c, v),
        *_weights("other-", "other-minimizer", _other_c, OTHER_V),
        *_order(),
        *_kernel_below_the_sharpness(),
        *_other_kernel_below(),
        *_sharpness(statement),
    ]


def _weights(prefix: str, minimizer: str, coefficients: IndexedArray, weight: Symbol) -> list[Step]:
    """At a minimizer `d_i = s_i c_i v` and `Q = v^2 ||c||^2`, so that `v` is not 0."""
    residual = Sum(e.at(_i, _n) * -fact(minimizer, _n), (_n, 1, N))
    product = weight**2 * (coefficients**2).total()
    return [
        Step(f"{prefix}residual", equal(_d, coefficients * s * weight), Combination(residual, ("svd", "labels"))),
        Step(f"{prefix}difficulty", equal(_Q, product), identity(f"{prefix}residual")),
        Step(
            f"{prefix}difficulty-positive",
            less(0, product),
            Combination(fact("nonzero-labels") + fact(f"{prefix}difficulty")),
        ),
        Step(
            f"{prefix}weight-positive",
            less(0, weight**2),
            PositiveFactor(f"{prefix}difficulty-positive", (coefficients**2).total()),
        ),
    ]


def _order() -> list[Step]:
    """`V' <= V` and `Q <= V V'`."""
    factor = _Q + v**2 * OTHER_V**2
    imbalances = fact("order") + fact("other-imbalance") - fact("imbalance")
    return [
        Step(
            "weights-scaled",
            at_most(factor * OTHER_V**2, factor * v**2),
            Combination(
                v**2 * OTHER_V**2 * imbalances - v**2 * fact("other-difficulty") + OTHER_V**2 * fact("difficulty")
            ),
        ),
        Step(
            "weights",
            at_most(OTHER_V**2, v**2),
            Cancellation("weights-scaled", factor, given=("weight-positive", "other-weight-positive")),
        ),
        Step(
            "product-of-weights",
            at_most(_Q, v**2 * OTHER_V**2),
            Combination(
                OTHER_V**2 * (fact("weights") + fact("not-positive") - fact("other-imbalance"))
                + fact("other-difficulty")
            ),
        ),
    ]


def _kernel_below_the_sharpness() -> list[Step]:
    """`x^T J J^T x <= N S ||x||^2` for every x, from the Rayleigh quotient at `J^T x`."""
    direction = ((_x * s * v) @ w, _inner)
    image = _x * s**2 * v**2 + _c * s * _inner
    first_mode = (w.row(1), Rational(0))
    bound = N * S * _length
    return [
        Step(
            "first-mode",
            at_most(s[0] ** 2 * v**2 / N, S * squared_norm(first_mode)),
            RayleighQuotient(first_mode, ("svd", "labels", "residual")),
        ),
        Step("sharpness-not-negative", at_most(0, S), Combination(fact("first-mode") + s[0] ** 2 * v**2 / N)),
        Step(
            "quotient",
            at_most((image**2).total() / N, S * squared_norm(direction)),
            RayleighQuotient(direction, ("svd", "labels", "residual")),
        ),
        Step(
            "kernel-squares",
            at_most((_kernel - bound / 2) ** 2, (bound / 2) ** 2),
            Combination(N * _length * fact("quotient") + _minors(_x, image)),
        ),
        Step(
            "kernel-halves",
            at_most(_kernel - bound / 2, bound / 2),
            SquaresInOrder("kernel-squares", given=("sharpness-not-negative",)),
        ),
    ]


def _other_kernel_below() -> list[Step]:
    """`x^T J' J'^T x <= x^T J J^T x` for every x."""
    product = v**2 * OTHER_V**2
    labels = (_d * _x).total()
    near = Sum(_x.at(_i) * fact("residual", _i), (_i, 1, rank))
    other_near = Sum(_x.at(_i) * fact("other-residual", _i), (_i, 1, rank))
    return [
        Step(
            "kernels-scaled",
            at_most(product * _other_kernel, product * _kernel),
            Combination(
                fact("weights") * (fact("product-of-weights") * _weighted + _minors(_d / s, _x * s))
                + OTHER_V**2 * near * (v * _inner + labels)
                - v**2 * other_near * (OTHER_V * _other_inner + labels)
            ),
        ),
        Step(
            "kernels",
            at_most(_other_kernel, _kernel),
            Cancellation("kernels-scaled", product, given=("weight-positive", "other-weight-positive")),
        ),
    ]


def _sharpness(statement: Statement) -> list[Step]:
    """`||J' h||^4 <= ||J'^T J' h||^2 ||h||^2 <= N S ||J' h||^2 ||h||^2`, hence `||J' h||^2 <= N S ||h||^2`."""
    paired = OTHER_V * (s * _alpha * _x).total() + _b * _other_inner
    along = (_alpha * OTHER_V + _other_c * _b) * s
    length, in_modes = squared_norm((_a, _b)), (_alpha**2).total() + _b**2
    apart = ((_x * s * OTHER_V * _b - _alpha * _other_inner) ** 2).total()
    image, half = (along**2).total(), N * S * length / 2
    return [
        Step("bessel", at_most((_alpha**2).total(), (_a**2).total()), Combination(((_a - _alpha @ w) ** 2).total())),
        Step(
            "pairing",
            at_most(paired**2, N * S * _length * length),
            Combination(
                _minors(_x * s * OTHER_V, _alpha)
                + apart
                + in_modes * (fact("kernels") + fact("kernel-halves"))
                + N * S * _length * fact("bessel"),
                given=("sharpness-not-negative",),
            ),
        ),
        Step("pairing-along", at_most(image**2, N * S * image * length), Specialization("pairing", {_x: along})),
        Step("squares", at_most((image - half) ** 2, half**2), Combination(fact("pairing-along"))),
        Step("halves", at_most(image - half, half), SquaresInOrder("squares", given=("sharpness-not-negative",))),
        Step("form", at_most(image / N, S * length), Combination(fact("halves") / N)),
        Step(
            "falls",
            statement.claims["falls"],
            LeastUpperBound("form", (_a, _b), ("svd", "labels", "other-residual")),
        ),
    ]


def _minors(first: IndexedArray, second: IndexedArray) -> Expr:
    """`||a||^2 ||b||^2 - (a.b)^2` as half the sum of the squares `(a_i b_j - a_j b_i)^2` (Lagrange's identity)."""
    minor = first.at(_i) * second.at(_j) - first.at(_j) * second.at(_i)
    return Rational(1, 2) * Sum(minor**2, (_i, 1, rank), (_j, 1, rank))


def instances(statement: Statement) -> Iterator[Instance]:
    """Two minimizers of random data, both with C <= 0; the first is the second with the later layer made longer."""
    source = random.Random(0)
    for position in range(16):
        coefficients = vector(source, source.randint(1, 3) if position % 4 else 1)
        if not any(coefficients):
            coefficients[0] = fmpq(1)
        instance, _ = data_set(source, coefficients)
        weight = sum(abs(entry) for entry in coefficients)
        stretch = positive(source) + 1 if position % 4 else fmpq(1)
        yield at_two_minimizers(statement, instance, coefficients, weight, stretch)


def at_two_minimizers(
    statement: Statement, instance: Instance, coefficients: np.ndarray[Any, Any], weight: fmpq, stretch: fmpq
) -> Instance:
    """The labels that the second minimizer gives, and the minimizer with its later layer stretched."""
    labels = value_of(instance, s) * coefficients * weight
    instance = with_values(instance, (_d, labels), (y, labels @ value_of(instance, e)))
    for first, second, imbalance, scale in ((u, v, C, stretch), (OTHER_U, OTHER_V, OTHER_C, fmpq(1))):
        shrunk = coefficients / scale
        instance = with_values(
            instance,
            (first, shrunk @ value_of(instance, w)),
            (second, weight * scale),
            (imbalance, shrunk @ shrunk - (weight * scale) ** 2),
        )
    for symbol in (S, OTHER_S):
        instance = with_sharpness(instance, statement.sharpness({symbol}))
    return instance
