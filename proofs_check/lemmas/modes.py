"""What the order of the singular values leaves out."""

from __future__ import annotations

from sympy import Expr, Sum

from proofs_check.engine.proof import fact
from theory.language.indexed import IndexedArray
from theory.setting.symbols import modes, rank, s

_i = modes.index(set())


def smaller_modes(vector: IndexedArray, order: str = "descending") -> Expr:
    """`s_1^2 ||x||^2 - sum_i s_i^2 x_i^2` as a sum of what is not negative, where `order` says that `s_i <= s_1`."""
    return Sum(fact(order, _i) * (s[0] + s.at(_i)) * vector.at(_i) ** 2, (_i, 1, rank))
