"""Data sets whose difficulty has rational roots: Q is a power of a rational."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.instances.data_sets import COUNT
from proofs_check.instances.instance import Instance, with_values
from theory.language.reading import label_of as label
from theory.setting.one_more_layer import ROOT
from theory.setting.symbols import D, N, label_coefficients, rank, s


def with_rational_root(low: fmpq, high: fmpq) -> Iterator[Instance]:
    """Spectra of rank 1 to 3 and depths 2 to 4 with `Q = t^(D(D+1))` exactly, t between the two."""
    source = random.Random(12)
    for number in range(COUNT):
        depth = 2 + number % 3
        root = low + (high - low) * fmpq(source.randint(0, 12), 12)
        shares = ((1,), (fmpq(3, 5), fmpq(-4, 5)), (fmpq(2, 3), fmpq(1, 3), fmpq(-2, 3)), (0, 1))[number % 4]
        length = root ** (depth * (depth + 1) // 2)
        values = sorted((fmpq(source.randint(1, 9), 3) for _ in shares), reverse=True)
        if number % 2:
            values = [values[0]] * len(values)
        spread = np.array(values, dtype=object)
        labels = spread * np.array([fmpq(share) * length for share in shares], dtype=object)
        yield with_values(
            Instance(
                {N: source.randint(len(shares), 5), rank: len(shares), D: depth, ROOT: root},
                {label(s): spread, label(label_coefficients): labels},
            )
        )
