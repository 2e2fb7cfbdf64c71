"""Exact weights of models of depth 2 to 5 on exact data sets: anywhere, at minimizers, at balanced minimizers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from flint import arb, fmpq

from proofs_check.instances.eigenvalue import enclose_top_eigenvalue
from proofs_check.instances.evaluation import Instance
from proofs_check.instances.trajectories import flow
from proofs_check.instances.two_layer import COUNT, data_set, orthogonal_part, positive, value_of, vector, with_values
from theory.formulas.deep_model import gradient, layer_product, reduced_hessian
from theory.language.indexed import IndexedArray
from theory.setting.symbols import D, S, X, e, label_coefficients, later_layers, n_later_layers, s, u, w, y
from theory.spectrum import Spectrum

Array = np.ndarray[Any, Any]

_RATIONAL_LENGTHS = (((1,), 1), ((3, 4), 5), ((1, 2, 2), 3), ((4, -3), 5), ((2, 3, 6), 7), ((0, -1), 1))
"""Whole vectors whose length is whole, with that length."""


def deep_points(seed: int = 0, zeros: bool = True) -> Iterator[Instance]:
    """Data sets with arbitrary weights; a later layer may be zero."""
    source = random.Random(seed)
    for number in range(COUNT):
        instance, _ = data_set(source)
        size = value_of(instance, w).shape[1]
        later = vector(source, 1 + number % 4) if zeros else _nonzero(source, 1 + number % 4)
        yield _with_weights(instance, vector(source, size), later)


def deep_minimizers(seed: int = 0) -> Iterator[Instance]:
    """Global minimizers, balanced or not, with no layer zero: the labels are what the weights give."""
    source = random.Random(seed)
    for number in range(COUNT):
        coefficients = vector(source, source.randint(1, 3))
        if not any(coefficients):
            coefficients[0] = fmpq(1)
        later = _nonzero(source, 1 + number % 4)
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
        yield _minimizer(source, coefficients, _nonzero(source, 1 + number % 4)), mode


def descent(X: Array, y: Array, size: int) -> Callable[[Array], Array]:
    """The field of gradient flow: the negative gradient, for the first layer's `size` weights and the later layers."""

    def field(weights: Array) -> Array:
        return -np.concatenate(gradient(X, y, weights[:size], weights[size:]))

    return field


def with_flow(instance: Instance, start: tuple[Any, Any], end: tuple[Any, Any], later: Array) -> Instance:
    """The instance with a trajectory of gradient flow from its first layer and the given later layers.

    Args:
        instance: gives the data and `u`.
        start: letters for the weights at time 0; the second may be a symbol, for two layers.
        end: letters for the weights at a later time.
        later: the later layers at time 0.
    """
    field = descent(value_of(instance, X), value_of(instance, y), len(value_of(instance, u)))
    return with_trajectory(instance, field, start, end, later)


def with_trajectory(
    instance: Instance, field: Callable[[Array], Array], start: tuple[Any, Any], end: tuple[Any, Any], later: Array
) -> Instance:
    """The same for any field."""
    first = value_of(instance, u)
    moved = flow(field, np.concatenate([first, later]))
    pairs = list(zip(start, (first, later), strict=True))
    pairs += zip(end, (moved[: len(first)], moved[len(first) :]), strict=True)
    scalars = [(letter, value if isinstance(letter, IndexedArray) else value[0]) for letter, value in pairs]
    return with_values(instance, *scalars)


def at_balanced_minimizer(instance: Instance, depth: int) -> Instance:
    """A data set's balanced minimizer of one depth, in balls, with its sharpness."""
    values, labels = value_of(instance, s), value_of(instance, label_coefficients)
    difficulty = arb(((labels / values) ** 2).sum())
    weight = difficulty.root(2 * depth)
    later = np.array([weight] * (depth - 1), dtype=object)
    coefficients = labels / (values * layer_product(later))
    moved = _with_weights(instance, coefficients @ value_of(instance, w), later)
    return with_values(moved, (S, enclose_top_eigenvalue(in_coordinates(instance, coefficients, later))))


def in_coordinates(instance: Instance, coefficients: Array, later: Array) -> Array:
    """Hessian of the loss in the coordinates `(c, v)`, as a matrix, shape `(r + D - 1, r + D - 1)`."""
    spectrum = Spectrum(
        value_of(instance, s), value_of(instance, label_coefficients), n_samples=len(value_of(instance, y))
    )
    blocks = reduced_hessian(spectrum, coefficients, later)
    return np.block([[np.diag(blocks.diagonal), blocks.border], [blocks.border.T, blocks.corner]])


def _nonzero(source: random.Random, size: int) -> Array:
    entries = vector(source, size)
    entries[entries == 0] = fmpq(1)
    return entries


def _minimizer(source: random.Random, coefficients: Array, later: Array) -> Instance:
    instance, _ = data_set(source, coefficients)
    right = value_of(instance, w)
    labels = value_of(instance, s) * coefficients * layer_product(later)
    outside = orthogonal_part(vector(source, right.shape[1]), right)
    moved = with_values(instance, (label_coefficients, labels), (y, labels @ value_of(instance, e)))
    return _with_weights(moved, coefficients @ right + outside, later)


def _with_weights(instance: Instance, first_layer: Array, later: Array) -> Instance:
    count = len(later)
    return with_values(instance, (u, first_layer), (later_layers, later), (n_later_layers, count), (D, count + 1))
