"""Proof of Appendix D.3's map: scalar products of one step with the unstable direction and the sharpness's gradient."""

import random
from collections.abc import Iterator

from sympy import Rational

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import COUNT, data_set, orthonormal_rows, positive, rational, vector
from proofs_check.instances.instance import Instance, with_values
from proofs_check.methods.combination import Combination, identity
from theory.formulas.self_stabilization import local_gradient
from theory.language.statement import Statement
from theory.setting.symbols import eta, n_features, u, v
from theory.statements.app_d_3 import (
    ALPHA,
    AMPLITUDE,
    BETA,
    CYCLE_ALPHA,
    CYCLE_BETA,
    DISPLACEMENT,
    EIGENVECTOR,
    EXCESS,
    GRADIENT,
    LINE,
    N_PARAMETERS,
    NEXT,
    SHARPNESS_GRADIENT,
    UNSTABLE,
    WEIGHTS,
)

_x, _y = DISPLACEMENT, EXCESS


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    along = eta * fact("not-along-the-gradient") + eta * _x**2 / 2 * fact("not-along-the-sharpness")
    stretched = eta * (2 / eta + _y) * _x
    return [
        Step(
            "displacement-after",
            claims["displacement-after"],
            Combination(-fact("displacement") - along - stretched * fact("unit"), rewrite=("step",)),
        ),
        Step(
            "excess-after",
            claims["excess-after"],
            Combination(
                -fact("excess")
                - eta * fact("sharpening")
                + eta * _x**2 / 2 * fact("stabilizing")
                - stretched * fact("not-along-the-sharpness"),
                rewrite=("step",),
            ),
        ),
        Step("cycle-turns", claims["cycle-turns"], identity()),
        Step("cycle-stays", claims["cycle-stays"], Combination(-eta * Rational(1, 2) * fact("amplitude"))),
        Step("quadratic-form", claims["quadratic-form"], identity()),
        Step("gradient-of-form", claims["gradient-of-form"], identity()),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Gradients orthogonal to the unstable direction, and data with weights and directions beside them."""
    source = random.Random(0)
    for _ in range(COUNT):
        size = source.randint(2, 4)
        rows = orthonormal_rows(source, size, size)
        unstable, others = rows[0], rows[1:]
        gradient, sharpness_gradient = vector(source, size - 1) @ others, vector(source, size - 1) @ others
        weights, step_size = vector(source, size), positive(source)
        x, excess = unstable @ weights, sharpness_gradient @ weights
        slope = local_gradient(gradient, unstable, sharpness_gradient, x, 2 / step_size + excess)
        amplitude, beta = rational(source), positive(source)
        instance, _ = data_set(source)
        d = instance.scalars[n_features]
        yield with_values(
            instance,
            (N_PARAMETERS, size),
            (UNSTABLE, unstable),
            (GRADIENT, gradient),
            (SHARPNESS_GRADIENT, sharpness_gradient),
            (WEIGHTS, weights),
            (NEXT, weights - slope * step_size),
            (DISPLACEMENT, x),
            (EXCESS, excess),
            (ALPHA, -(gradient @ sharpness_gradient)),
            (BETA, sharpness_gradient @ sharpness_gradient),
            (eta, step_size),
            (AMPLITUDE, amplitude),
            (CYCLE_BETA, beta),
            (CYCLE_ALPHA, beta * amplitude**2 / 2),
            (u, vector(source, d)),
            (v, rational(source)),
            (EIGENVECTOR[0], vector(source, d)),
            (EIGENVECTOR[1], rational(source)),
            (LINE[0], vector(source, d)),
            (LINE[1], rational(source)),
        )
