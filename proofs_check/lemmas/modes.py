"""Steps about vectors in the modes: the first singular value is the largest."""

from __future__ import annotations

from sympy import Expr, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from theory.language.indexed import IndexedArray
from theory.language.relations import at_most
from theory.setting.symbols import modes, rank, s

_i = modes.index(set())


def descending_squares() -> Step:
    """`s_i^2 <= s_1^2`."""
    return Step("descending-squares", at_most(s**2, s[0] ** 2), Combination(fact("descending", _i) * (s[0] + s.at(_i))))


def smaller_modes(vector: IndexedArray) -> Expr:
    """`s_1^2 ||x||^2 - sum_i s_i^2 x_i^2` as a sum of what is not negative, after `descending_squares`."""
    return Sum(fact("descending-squares", _i) * vector.at(_i) ** 2, (_i, 1, rank))
