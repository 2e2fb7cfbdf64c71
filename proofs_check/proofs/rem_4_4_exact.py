"""Proof that the exact sharpness falls with C <= 0: the tangent kernels at the two minimizers are ordered.

With `V = v^2`, at a minimizer N times the Hessian is `J^T J` with `J J^T = V diag(s^2) + d d^T / V` in the modes. From
C <= C' <= 0 follow `V' <= V` and `Q <= V V'`, and then `x^T J' J'^T x <= x^T J J^T x <= N S ||x||^2` for every x.
"""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import data_set, positive, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.lemmas.tangent_kernel import LENGTH, VECTOR, WEIGHTED, Minimizer, minors
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import C, N, S, e, label_coefficients, s, spectrum, u, v, w, y
from theory.setting.two_minimizers import OTHER_C, OTHER_S, OTHER_U, OTHER_V

FIRST, OTHER = Minimizer("", "minimizer", u, v, S), Minimizer("other-", "other-minimizer", OTHER_U, OTHER_V, OTHER_S)
_d, _Q = label_coefficients, spectrum.difficulty


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to the claim."""
    return [
        *FIRST.weights(),
        *OTHER.weights(),
        *FIRST.positive_weight(),
        *OTHER.positive_weight(),
        *order_of_weights(),
        Step(
            "product-of-weights",
            at_most(_Q, v**2 * OTHER_V**2),
            Combination(
                OTHER_V**2 * (fact("weights") + fact("not-positive") - fact("other-imbalance"))
                + fact("other-difficulty")
            ),
        ),
        *FIRST.kernel_below(),
        *_other_kernel_below(),
        *OTHER.sharpness_below("falls", statement.claims["falls"], "kernel", N * S, ("sharpness-not-negative",)),
    ]


def order_of_weights() -> list[Step]:
    """`V' <= V`, from `C <= C'`."""
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
    ]


def _other_kernel_below() -> list[Step]:
    """`x^T K' x <= x^T K x <= N S ||x||^2` for every x."""
    product = v**2 * OTHER_V**2
    return [
        Step(
            "kernels-scaled",
            at_most(product * OTHER.kernel, product * FIRST.kernel),
            Combination(
                fact("weights") * (fact("product-of-weights") * WEIGHTED + minors(_d / s, VECTOR * s))
                + OTHER_V**2 * FIRST.labels
                - v**2 * OTHER.labels
            ),
        ),
        Step(
            "kernels",
            at_most(OTHER.kernel, FIRST.kernel),
            Cancellation("kernels-scaled", product, given=("weight-positive", "other-weight-positive")),
        ),
        Step(
            "kernel",
            at_most(OTHER.kernel, N * S * LENGTH),
            Combination(fact("kernels") + fact("kernel-halves")),
        ),
    ]


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
