"""Steps about the powers of Q at depths D and D + 1, in one root of it."""

from __future__ import annotations

from proofs_check.engine.proof import Step
from proofs_check.methods.positive_power import PositivePower
from theory.language.numbers import power
from theory.language.relations import equal
from theory.setting.one_more_layer import ROOT
from theory.setting.symbols import D, spectrum

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
