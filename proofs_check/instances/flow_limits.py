"""Exact starts and limits of gradient flow, where one mode moves and the others rest at zero.

With two layers the moving mode stays on a hyperbola `c^2 - v^2 = C`; balanced layers all stay equal in size. Along
either curve, between the start and the limit, the residual of the mode keeps its sign, and nowhere else is it zero.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.instances.data_sets import COUNT, data_set, orthogonal_part, positive, rational, vector
from proofs_check.instances.instance import Array, Instance, value_of, with_values
from theory.setting.symbols import C, D, e, label_coefficients, later_layers, n_later_layers, s, u, v, w, y
from theory.statements import lem_5_2, lem_5_2_two_layer


def two_layer_limits() -> Iterator[Instance]:
    """Minimizers with a start whose trajectory converges to them."""
    source = random.Random(8)
    for _ in range(COUNT):
        coefficient, weight = rational(source), rational(source)
        if coefficient == 0 or weight == 0:
            coefficient, weight = fmpq(1), fmpq(-2)
        ratio = positive(source)
        # c + v grows by the ratio and c - v falls by it, so that their product is the same.
        total, difference = (coefficient + weight) * ratio, (coefficient - weight) / ratio
        start, start_weight = (total + difference) / 2, (total - difference) / 2
        instance, first, first_start = _one_mode(source, coefficient, start, weight)
        yield with_values(
            instance,
            (u, first),
            (v, weight),
            (lem_5_2_two_layer.START[0], first_start),
            (lem_5_2_two_layer.START[1], start_weight),
            (C, start**2 - start_weight**2),
        )


def balanced_limits() -> Iterator[Instance]:
    """Balanced minimizers with a balanced start whose trajectory converges to them."""
    source = random.Random(9)
    for number in range(COUNT):
        length, start = positive(source), positive(source)
        signs = np.array([fmpq(source.choice((1, -1))) for _ in range(1 + number % 4)], dtype=object)
        instance, first, first_start = _one_mode(source, length, start, np.prod(signs * length))
        yield with_values(
            instance,
            (u, first),
            (later_layers, signs * length),
            (lem_5_2.START[0], first_start),
            (lem_5_2.START[1], signs * start),
            (n_later_layers, len(signs)),
            (D, len(signs) + 1),
        )


def _one_mode(source: random.Random, limit: fmpq, start: fmpq, product: fmpq) -> tuple[Instance, Array, Array]:
    """Labels that the limit fits, and the first layer at the limit and at the start: one coefficient is not zero."""
    instance, r = data_set(source)
    right = value_of(instance, w)
    unit = np.array([fmpq(0)] * r, dtype=object)
    unit[source.randrange(r)] = fmpq(1)
    labels = value_of(instance, s) * unit * limit * product
    outside = orthogonal_part(vector(source, right.shape[1]), right)
    moved = with_values(instance, (label_coefficients, labels), (y, labels @ value_of(instance, e)))
    return moved, (unit * limit) @ right + outside, (unit * start) @ right + outside
