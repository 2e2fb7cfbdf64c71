"""Steps about the powers of Q at depths D and D + 1, in one root of it; data sets whose root is rational."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
from flint import fmpq

from proofs_check.engine.proof import Step
from proofs_check.instances.evaluation import Instance
from proofs_check.instances.two_layer import COUNT, label, with_values
from proofs_check.methods.positive_power import PositivePower
from theory.language.numbers import power
from theory.language.relations import equal
from theory.setting.one_more_layer import ROOT
from theory.setting.symbols import D, N, label_coefficients, rank, s, spectrum

POWERS = ("shallow-first", "shallow-inverse", "deep-first", "deep-inverse")
"""The four powers of Q in the two bounds."""


def powers() -> list[Step]:
    """`Q^((D-1)/D) = t^(D^2 - 1)` and the like."""
    Q = spectrum.difficulty
    pairs = (
        (power(Q, D - 1, D), (D - 1) * (D + 1)),
        (power(Q, -1, D), -(D + 1)),
        (power(Q, D, D + 1), D * D),
        (power(Q, -1, D + 1), -D),
    )
    return [
        Step(name, equal(left, ROOT**exponent), PositivePower("root"))
        for name, (left, exponent) in zip(POWERS, pairs, strict=True)
    ]


def first_powers() -> list[Step]:
    """The two powers of Q in the predicted sharpness."""
    return [step for step in powers() if step.id.endswith("first")]


def data_sets(low: fmpq, high: fmpq) -> Iterator[Instance]:
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
