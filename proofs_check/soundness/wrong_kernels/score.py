"""How many unsound kernels the trials notice."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.soundness.trial import COSTLY, try_rule
from proofs_check.soundness.wrong_kernels.copies import WrongKernel, kernel_copy

MOST = 6000
"""Pairs of a theorem and a model after which an unsound kernel counts as unnoticed."""


@dataclass(frozen=True)
class WrongKernelRecord:
    """What became of an unsound kernel."""

    rule: str
    name: str
    killed: bool
    """A theorem of its is false in a model."""
    after: int
    """How many pairs of a theorem and a model it took."""
    counterexample: str


def judge_kernel(wrong: WrongKernel, seed: int = 0, most: int = MOST) -> WrongKernelRecord:
    """Try the rule that a wrong kernel makes unsound."""
    most = most // 10 if wrong.rule in COSTLY else most
    found = try_rule(wrong.rule, kernel_copy(wrong), seed, most, wrong=True)
    return WrongKernelRecord(wrong.rule, wrong.name, bool(found.violation), found.judged, found.violation)
