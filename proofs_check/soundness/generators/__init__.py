"""One generator for each rule, in files that are called like the kernel's."""

from proofs_check.soundness.generators import (
    calculus,
    chains,
    equality,
    expectation,
    induction,
    logic,
    order,
    sharpness,
)
from proofs_check.soundness.generators.registry import GENERATORS

__all__ = ["GENERATORS", "calculus", "chains", "equality", "expectation", "induction", "logic", "order", "sharpness"]
