"""Exact rational data sets and weights, drawn at random, that satisfy a statement's hypotheses.

They show that the hypotheses can be met, and they refute claims that are false. Orthonormal families are rational
because they are rows of products of reflections.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from flint import fmpq
from sympy import Expr, Symbol

from proofs_check.instances.eigenvalue import enclose_top_eigenvalue, exact_top_eigenvalue
from proofs_check.instances.evaluation import Instance
from proofs_check.instances.hessian import exact_hessian
from theory.language.indexed import IndexedArray
from theory.language.statement import Sharpness
from theory.setting.symbols import N, X, e, label_coefficients, n_features, rank, s, u, v, w, y

Array = np.ndarray[Any, Any]

COUNT = 24
"""Instances drawn for each statement."""


def rational(source: random.Random, low: int = -6, high: int = 6, parts: int = 4) -> fmpq:
    """A random rational with a small denominator."""
    return fmpq(source.randint(low, high), source.randint(1, parts))


def positive(source: random.Random, high: int = 6, parts: int = 4) -> fmpq:
    """A random positive rational."""
    return fmpq(source.randint(1, high), source.randint(1, parts))


def orthonormal_rows(source: random.Random, count: int, size: int) -> Array:
    """Exactly orthonormal rational rows, shape `(count, size)`."""
    matrix = np.array([[fmpq(int(i == k)) for k in range(size)] for i in range(size)], dtype=object)
    for _ in range(2):
        normal = np.array([fmpq(source.randint(-2, 2)) for _ in range(size)], dtype=object)
        squared = normal @ normal
        if squared != 0:
            matrix = matrix - np.outer(matrix @ normal, normal) * (fmpq(2) / squared)
    rows: Array = matrix[:count]
    return rows


def vector(source: random.Random, size: int) -> Array:
    """A random rational vector, shape `(size,)`."""
    return np.array([rational(source) for _ in range(size)], dtype=object)


def orthogonal_part(vector: Array, rows: Array) -> Array:
    """What is left of a vector after its projection on orthonormal rows."""
    rest: Array = vector - (rows @ vector) @ rows
    return rest


def data_set(source: random.Random, coefficients: Array | None = None) -> tuple[Instance, int]:
    """A random decomposition `X = sum s_i e_i w_i^T`, `y = sum d_i e_i`, and its rank."""
    r = source.randint(1, 3) if coefficients is None else len(coefficients)
    n, d = r + source.randint(0, 1), r + source.randint(0, 1)
    left, right = orthonormal_rows(source, r, n), orthonormal_rows(source, r, d)
    values = np.array(sorted((positive(source) for _ in range(r)), reverse=True), dtype=object)
    labels = vector(source, r) if coefficients is None else coefficients
    instance = Instance(
        {N: n, n_features: d, rank: r},
        {
            label(X): (left.T * values) @ right,
            label(y): labels @ left,
            label(e): left,
            label(w): right,
            label(s): values,
            label(label_coefficients): labels,
        },
        f"N = {n}, d = {d}, r = {r}",
    )
    return instance, r


def with_values(instance: Instance, *pairs: tuple[IndexedArray | Expr, Any]) -> Instance:
    """The instance with more letters."""
    scalars, arrays = dict(instance.scalars), dict(instance.families)
    for letter, value in pairs:
        if isinstance(letter, IndexedArray):
            arrays[label(letter)] = value
        else:
            scalars[letter] = value
    return replace(instance, scalars=scalars, families=arrays)


def value_of(instance: Instance, family: IndexedArray) -> Array:
    """The entries of a family at an instance."""
    return instance.families[label(family)]


def two_layer_minimizers(seed: int = 0) -> Iterator[Instance]:
    """Data sets with a global minimizer of the two-layer model: the labels are what the weights give."""
    source = random.Random(seed)
    for _ in range(COUNT):
        r = source.randint(1, 3)
        weight = rational(source) or fmpq(1)
        coefficients = vector(source, r)
        if not any(coefficients):
            coefficients[0] = fmpq(1)
        instance, _ = data_set(source, coefficients)
        values, right = value_of(instance, s), value_of(instance, w)
        labels = values * coefficients * weight
        outside = orthogonal_part(vector(source, right.shape[1]), right)
        yield with_values(
            instance,
            (label_coefficients, labels),
            (y, labels @ value_of(instance, e)),
            (u, coefficients @ right + outside),
            (v, weight),
        )


def with_sharpness(instance: Instance, sharpness: Sharpness) -> Instance:
    """The instance with the sharpness, exact or enclosed, from the exact Hessian of the loss."""
    hessian = exact_hessian(sharpness, instance)
    exact = exact_top_eigenvalue(hessian)
    return with_values(instance, (sharpness.symbol, enclose_top_eigenvalue(hessian) if exact is None else exact))


def label(family: IndexedArray) -> Symbol:
    """The symbol by which an instance knows a family."""
    return family.expression.base.label
