"""Proof: `C` rises by a Cauchy-Schwarz gap less what is not positive; the roots of `V^2 + C V = Q` then fall."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flint import arb, fmpq

from proofs_check.engine.proof import Step, fact
from proofs_check.instances.data_sets import COUNT, data_set, positive, rational, vector
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination
from proofs_check.proofs.own_blow_up import after_a_step
from proofs_check.proofs.own_size import lagrange
from theory.formulas.model import residual
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import C, N, X, e, eta, label_coefficients, n_features, s, spectrum, u, v, w, y
from theory.statements.own_blow_up import NEXT_U, NEXT_V
from theory.statements.own_imbalance_decides import NEXT_C, NEXT_ROOT, ROOT

_t = e @ residual(X, y, u, v)
_c = w @ u


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim.

    Subtract the two equations for `V` and `V_next` after multiplying each by the other's root.
    """
    claims = statement.claims
    gap = lagrange(_c, _t * s) + fact("imbalance-not-positive") * ((_t * s) ** 2).total()
    scale = ROOT * NEXT_ROOT + spectrum.difficulty
    return [
        Step(
            "imbalance-rises",
            claims["imbalance-rises"],
            Combination(eta**2 / N**2 * gap, ("svd", "step-first", "step-second", "imbalance", "next-imbalance")),
        ),
        Step(
            "root-moves",
            claims["root-moves"],
            Combination(NEXT_ROOT * fact("root") - ROOT * fact("next-root")),
        ),
        Step(
            "root-never-rises-scaled",
            at_most(scale * NEXT_ROOT, scale * ROOT),
            Combination(ROOT * NEXT_ROOT * fact("imbalance-rises") - fact("root-moves")),
        ),
        Step(
            "root-never-rises",
            claims["root-never-rises"],
            Cancellation("root-never-rises-scaled", ROOT * NEXT_ROOT + fact("nonzero-labels")),
        ),
    ]


def instances(statement: Statement) -> Iterator[Instance]:
    """Any data and weights with C <= 0; the roots are balls about exact square roots, or exact."""
    source = random.Random(11)
    for _ in range(COUNT):
        instance, _ = data_set(source)
        labels = value_of(instance, label_coefficients)
        if not any(labels):
            labels = labels + fmpq(1)
        coefficients = vector(source, instance.scalars[n_features])
        projected = value_of(instance, w) @ coefficients
        weight = rational(source)
        while projected @ projected > weight**2:
            weight = 2 * abs(weight) + 1
        yield with_roots(
            after_a_step(
                with_values(
                    instance,
                    (label_coefficients, labels),
                    (y, labels @ value_of(instance, e)),
                    (u, coefficients),
                    (v, weight),
                    (eta, positive(source)),
                )
            )
        )


def with_roots(instance: Instance) -> Instance:
    """The instance with the imbalance before and after the step, and both roots."""
    labels, values, right = (value_of(instance, family) for family in (label_coefficients, s, w))
    difficulty = ((labels / values) ** 2).sum()

    def imbalance(first: Any, second: fmpq) -> Any:
        coefficients = right @ first
        return coefficients @ coefficients - second**2

    before = imbalance(value_of(instance, u), instance.scalars[v])
    after = imbalance(value_of(instance, NEXT_U), instance.scalars[NEXT_V])
    moved = with_values(instance, (C, before), (NEXT_C, after))
    roots = [(letter, root(value, difficulty)) for letter, value in ((ROOT, before), (NEXT_ROOT, after))]
    return replace(with_values(moved, *roots), by_construction=frozenset({"root", "next-root"}))


def root(imbalance: fmpq, difficulty: fmpq) -> arb:
    """The positive root of `V^2 + C V = Q`."""
    return 2 * difficulty / (arb(imbalance) + arb(imbalance**2 + 4 * difficulty).sqrt())
