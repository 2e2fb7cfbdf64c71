"""Exact weights of models of depth 2 to 5, anywhere, and the Hessian there in the coordinates `(c, v)`."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.instances.data_sets import COUNT, data_set, vector
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from theory.formulas.deep_model import reduced_hessian
from theory.setting.symbols import D, label_coefficients, later_layers, n_later_layers, s, u, w, y
from theory.spectrum import Spectrum


def deep_points(seed: int = 0, zeros: bool = True) -> Iterator[Instance]:
    """Data sets with arbitrary weights; a later layer may be zero."""
    source = random.Random(seed)
    for number in range(COUNT):
        instance, _ = data_set(source)
        size = value_of(instance, w).shape[1]
        later = vector(source, 1 + number % 4) if zeros else nonzero(source, 1 + number % 4)
        yield with_weights(instance, vector(source, size), later)


def in_coordinates(instance: Instance, coefficients: Array, later: Array) -> Array:
    """Hessian of the loss in the coordinates `(c, v)`, as a matrix, shape `(r + D - 1, r + D - 1)`."""
    spectrum = Spectrum(
        value_of(instance, s), value_of(instance, label_coefficients), n_samples=len(value_of(instance, y))
    )
    blocks = reduced_hessian(spectrum, coefficients, later)
    return np.block([[np.diag(blocks.diagonal), blocks.border], [blocks.border.T, blocks.corner]])


def nonzero(source: random.Random, size: int) -> Array:
    """A random rational vector with no entry zero, shape `(size,)`."""
    entries = vector(source, size)
    entries[entries == 0] = fmpq(1)
    return entries


def with_weights(instance: Instance, first_layer: Array, later: Array) -> Instance:
    """The instance with these weights, and the depth that they have."""
    count = len(later)
    return with_values(instance, (u, first_layer), (later_layers, later), (n_later_layers, count), (D, count + 1))
