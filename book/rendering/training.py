"""The problem of Appendix D.1 that several pages draw runs of."""

from __future__ import annotations

from fractions import Fraction

from numerics.data import load
from numerics.finite_precision.problem import Problem

EDGE_DATA = "minimal:100,5.477,0.233,0.3,1.414"
"""The synthetic data of Appendix D.1."""
EDGE_START = "c=0.1,0.1,v=0.5"


def edge_problem(threshold: str) -> Problem:
    """Gradient descent on Appendix D.1's data with `2/eta` given as a decimal; every number is exact."""
    return Problem.from_dataset(load(EDGE_DATA), 2, 2 / Fraction(threshold), EDGE_START, seed=0)
