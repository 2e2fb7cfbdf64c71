"""Exact global minimizers, of two layers and of 2 to 5, and the balanced minimizer of a data set in balls.

The labels are what the weights give.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
from flint import arb, fmpq

from proofs_check.instances.data_sets import COUNT, data_set, orthogonal_part, positive, rational, vector
from proofs_check.instances.eigenvalue import enclose_top_eigenvalue
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from proofs_check.instances.weights import in_coordinates, nonzero, with_weights
from theory.formulas.deep_model import layer_product
from theory.setting.symbols import S, e, label_coefficients, s, u, v, w, y

_RATIONAL_LENGTHS = (((1,), 1), ((3, 4), 5), ((1, 2, 2), 3), ((4, -3), 5), ((2, 3, 6), 7), ((0, -1), 1))
"""Whole vectors whose length is whole, with that length."""


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


def deep_minimizers(seed: int = 0) -> Iterator[Instance]:
    """Global minimizers, balanced or not, with no layer zero: the labels are what the weights give."""
    source = random.Random(seed)
    for number in range(COUNT):
        coefficients = vector(source, source.randint(1, 3))
        if not any(coefficients):
            coefficients[0] = fmpq(1)
        later = nonzero(source, 1 + number % 4)
        yield _minimizer(source, coefficients, later)


def balanced_minimizers(seed: int = 0) -> Iterator[Instance]:
    """Balanced global minimizers: every layer has the same rational length."""
    source = random.Random(seed)
    for number in range(COUNT):
        direction, length = _RATIONAL_LENGTHS[number % len(_RATIONAL_LENGTHS)]
        scale = positive(source)
        later = np.array([scale * length * source.choice((1, -1)) for _ in range(1 + number % 4)], dtype=object)
        yield _minimizer(source, np.array([scale * entry for entry in direction], dtype=object), later)


def single_mode_minimizers(seed: int = 0) -> Iterator[tuple[Instance, int]]:
    """Global minimizers where one `c_k` alone is not zero, and that k: the `e_i` are the kernel's eigenvectors."""
    source = random.Random(seed)
    for number in range(COUNT):
        coefficients = vector(source, source.randint(1, 3)) * 0
        mode = source.randrange(len(coefficients))
        coefficients[mode] = positive(source) * source.choice((1, -1))
        yield _minimizer(source, coefficients, nonzero(source, 1 + number % 4)), mode


def at_balanced_minimizer(instance: Instance, depth: int) -> Instance:
    """A data set's balanced minimizer of one depth, in balls, with its sharpness."""
    values, labels = value_of(instance, s), value_of(instance, label_coefficients)
    difficulty = arb(((labels / values) ** 2).sum())
    weight = difficulty.root(2 * depth)
    later = np.array([weight] * (depth - 1), dtype=object)
    coefficients = labels / (values * layer_product(later))
    moved = with_weights(instance, coefficients @ value_of(instance, w), later)
    return with_values(moved, (S, enclose_top_eigenvalue(in_coordinates(instance, coefficients, later))))


def _minimizer(source: random.Random, coefficients: Array, later: Array) -> Instance:
    instance, _ = data_set(source, coefficients)
    right = value_of(instance, w)
    labels = value_of(instance, s) * coefficients * layer_product(later)
    outside = orthogonal_part(vector(source, right.shape[1]), right)
    moved = with_values(instance, (label_coefficients, labels), (y, labels @ value_of(instance, e)))
    return with_weights(moved, coefficients @ right + outside, later)
