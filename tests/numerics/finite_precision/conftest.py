"""The synthetic data of Appendix D.1 from the start that the appendix trains from."""

from fractions import Fraction

import pytest

from numerics.data import load
from numerics.finite_precision.problem import Problem

DATA = "minimal:100,5.477,0.233,0.3,1.414"


@pytest.fixture(scope="session")
def appendix():
    def at(edge: str) -> Problem:
        """The problem with `2/eta` as given."""
        return Problem.from_dataset(load(DATA), 2, 2 / Fraction(edge), "c=0.1,0.1,v=0.5", 0)

    return at
