"""Exact rational data sets, drawn at random: statements are seen to hold there, and false ones are refuted.

Orthonormal families are rational because they are rows of products of reflections.
"""

from __future__ import annotations

import random

import numpy as np
from flint import fmpq

from proofs_check.instances.arrays import units
from proofs_check.instances.instance import Array, Instance
from theory.language.indexed import label_of as label
from theory.setting.symbols import N, X, e, label_coefficients, n_features, rank, s, w, y


def rational(source: random.Random, low: int = -6, high: int = 6, parts: int = 4) -> fmpq:
    """A random rational with a small denominator."""
    return fmpq(source.randint(low, high), source.randint(1, parts))


def positive(source: random.Random, high: int = 6, parts: int = 4) -> fmpq:
    """A random positive rational."""
    return fmpq(source.randint(1, high), source.randint(1, parts))


def orthonormal_rows(source: random.Random, count: int, size: int) -> Array:
    """Exactly orthonormal rational rows, shape `(count, size)`."""
    matrix = units(size)
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
