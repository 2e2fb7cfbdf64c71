"""The claims at a real data set, enclosed in balls: handwritten digits, threes against fives.

Pixels are whole numbers, so the data are exact; their decomposition is enclosed by the eigenvectors of `X X^T`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache

import numpy as np
from flint import acb_mat, arb, fmpq

from numerics.data.known_sources.digits import bundled
from proofs_check.engine.proof import Outcome, Scope, StepRecord
from proofs_check.instances.arrays import arrays
from proofs_check.instances.eigenvalue import enclose_top_eigenvalue
from proofs_check.instances.evaluation import Truth, at_precision, evaluate, free_values, truth, truth_of_hypothesis
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from theory.errors import StatementError
from theory.formulas.deep_model import layer_product, reduced_hessian
from theory.formulas.model import two_layer_hessian
from theory.language.relations import Relation, Sense
from theory.language.statement import Statement
from theory.setting.symbols import (
    D,
    N,
    S,
    X,
    e,
    label_coefficients,
    later_layers,
    n_features,
    n_later_layers,
    rank,
    s,
    u,
    v,
    w,
    y,
)
from theory.spectrum import Spectrum

IMAGES = 24
"""Images used: the first of them in the bundled order."""
WIDEST = 1e-20
"""An equality counts as enclosed only in a ball of at most this radius, relative to the larger side or to 1."""


@cache
def digits(count: int = IMAGES) -> Instance:
    """The first images of threes and fives, labels +1 and -1, with their enclosed decomposition."""
    pixels, shown = bundled()
    chosen = np.flatnonzero(np.isin(shown, (3, 5)))[:count]
    numbers = pixels[chosen], np.where(shown[chosen] == 3, 1, -1)
    data, labels = (arrays((fmpq(int(one)) for one in some.flat), some.shape)[0] for some in numbers)
    with at_precision():
        left, values = _left_singular_vectors(data)
        right = np.array([(data.T @ row) / value for row, value in zip(left, values, strict=True)], dtype=object)
        instance = Instance({N: count, n_features: data.shape[1], rank: len(values)}, {}, f"{count} digits")
        return with_values(
            instance, (X, data), (y, labels), (e, left), (w, right), (s, values), (label_coefficients, left @ labels)
        )


def at_two_layer_minimizer(instance: Instance, squared_weight: arb) -> Instance:
    """The instance with the minimizer whose second layer is the root of a given number, and its sharpness."""
    weight = squared_weight.sqrt()
    coefficients = value_of(instance, label_coefficients) / (value_of(instance, s) * weight)
    first_layer = coefficients @ value_of(instance, w)
    hessian = two_layer_hessian(value_of(instance, X), value_of(instance, y), first_layer, weight)
    return with_values(instance, (u, first_layer), (v, weight), (S, enclose_top_eigenvalue(hessian)))


def at_balanced_minimizer(instance: Instance, depth: int) -> Instance:
    """The instance with the balanced minimizer of one depth, and its sharpness: that of the coordinates `(c, v)`."""
    values, labels = value_of(instance, s), value_of(instance, label_coefficients)
    weight = arb(((labels / values) ** 2).sum()).root(2 * depth)
    later = np.array([weight] * (depth - 1), dtype=object)
    coefficients = labels / (values * layer_product(later))
    blocks = reduced_hessian(Spectrum(values, labels, n_samples=instance.scalars[N]), coefficients, later)
    hessian = np.block([[np.diag(blocks.diagonal), blocks.border], [blocks.border.T, blocks.corner]])
    weights = ((u, coefficients @ value_of(instance, w)), (later_layers, later), (n_later_layers, depth - 1))
    return with_values(instance, *weights, (D, depth), (S, enclose_top_eigenvalue(hessian)))


def enclose_claims(statement: Statement, instance: Instance, name: str = "digits") -> Iterator[StepRecord]:
    """Evaluate every hypothesis and every claim in balls: one record for each claim."""
    with at_precision():
        for label, hypothesis in statement.hypotheses.items():
            if truth_of_hypothesis(hypothesis, instance) is Truth.VIOLATED:
                raise StatementError(f"{statement.id}: the {name} do not meet the hypothesis {label!r}")
        for label, claim in statement.claims.items():
            start = time.perf_counter()
            outcome, reason = _enclose(claim, instance)
            yield StepRecord(
                f"{label}-on-{name}",
                claim,
                "enclosure",
                outcome,
                Scope.ONE_INSTANCE,
                (),
                time.perf_counter() - start,
                reason,
            )


def _enclose(claim: Relation, instance: Instance) -> tuple[Outcome, str]:
    seen = truth(claim, instance)
    if seen is Truth.HOLDS:
        return Outcome.ENCLOSED, ""
    if seen is Truth.VIOLATED:
        return Outcome.REFUTED, "the balls of the two sides exclude the claim"
    if claim.sense is Sense.EQUAL:
        width = _widest(claim, instance)
        return (Outcome.ENCLOSED, "") if width <= WIDEST else (Outcome.OPEN, f"the balls are {width:.1e} wide")
    return Outcome.OPEN, "the balls of the two sides overlap"


def _widest(claim: Relation, instance: Instance) -> float:
    """Largest radius of `right - left` over the free indices, relative to the larger side or 1; infinite for NaN."""
    widest = 0.0
    for indices in free_values(claim, instance):
        difference = evaluate(claim.difference, instance, indices)
        if isinstance(difference, fmpq):
            continue
        if not difference.is_finite():
            return float("inf")
        sides = [abs(arb(evaluate(side, instance, indices))).upper() for side in (claim.left, claim.right)]
        scale = max(1.0, *(float(side) for side in sides))
        widest = max(widest, float(difference.rad()) / scale)
    return widest


def _left_singular_vectors(data: Array) -> tuple[Array, Array]:
    """Enclose the left singular vectors as rows and the singular values, in descending order.

    Raises:
        StatementError: eigenvalues that the precision cannot separate.
    """
    gram = data @ data.T
    size = len(gram)
    matrix = acb_mat(size, size, [arb(entry) for entry in gram.ravel()])
    try:
        eigenvalues, vectors = matrix.eig(right=True)
    except ValueError as error:
        raise StatementError("the eigenvalues of X X^T cannot be separated: choose other samples") from error
    order = sorted(range(size), key=lambda i: -float(eigenvalues[i].real))
    rows = np.empty((size, size), dtype=object)
    values = np.empty(size, dtype=object)
    for position, i in enumerate(order):
        # The eigenvector's phase is free; turned so that its largest entry is real, a real matrix's is real.
        column = [vectors[k, i] for k in range(size)]
        pivot = max(column, key=lambda entry: float(abs(entry)))
        real = [(entry / pivot).real for entry in column]
        length = sum((entry * entry for entry in real), start=arb(0)).sqrt()
        rows[position] = [entry / length for entry in real]
        values[position] = eigenvalues[i].real.sqrt()
    return rows, values
