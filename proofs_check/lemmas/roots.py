"""Steps about the roots of `V^2 + C V = Q`."""

from __future__ import annotations

from sympy import Expr

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from theory.bounds import positive_root
from theory.formulas.radical import radical
from theory.language.relations import less


def root_positive(name: str, imbalance: Expr, difficulty: Expr, positive: str) -> Step:
    """`V = (R - C) / 2 > 0`, since `2 R (R - C) = (R - C)^2 + 4 Q`.

    Args:
        name: of that.
        imbalance: `C`.
        difficulty: `Q`.
        positive: name of the established `0 < Q`.
    """
    root = radical(imbalance, difficulty)
    gap = ((root - imbalance) ** 2 / 4 + fact(positive)) / root
    return Step(name, less(0, positive_root(imbalance, difficulty)), Combination(gap, given=(positive,)))
