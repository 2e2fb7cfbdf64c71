"""Random numbers without an expectation: sums of geometric sequences, along infinitely many outcomes.

The tail of a law are outcomes n = 1, 2, ... of probability proportional to 2^-n. A number `sum c r^n` there is
integrable just where every |r| < 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from flint import fmpq

from proofs_check.soundness.semantics.truth import Undecided

_MOST = 200


class Geometric:
    """`sum c r^n` at each outcome n of the tail.

    Attributes:
        terms: each `r`, not 0, with its `c`, not 0.
    """

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[fmpq, fmpq]) -> None:
        self.terms = {rate: scale for rate, scale in terms.items() if scale}

    def __add__(self, other: Numbers) -> Geometric:
        terms = dict(self.terms)
        for rate, scale in _terms(other).items():
            terms[rate] = terms.get(rate, fmpq(0)) + scale
        return Geometric(terms)

    __radd__ = __add__

    def __mul__(self, other: Numbers) -> Geometric:
        terms: dict[fmpq, fmpq] = {}
        for rate, scale in self.terms.items():
            for second, times in _terms(other).items():
                terms[rate * second] = terms.get(rate * second, fmpq(0)) + scale * times
        return Geometric(terms)

    __rmul__ = __mul__

    def __neg__(self) -> Geometric:
        return Geometric({rate: -scale for rate, scale in self.terms.items()})

    def __sub__(self, other: Numbers) -> Geometric:
        return self + (-other)

    def __rsub__(self, other: Numbers) -> Geometric:
        return -self + other

    def __repr__(self) -> str:
        return " + ".join(f"{scale} ({rate})^n" for rate, scale in self.terms.items()) or "0"

    def __bool__(self) -> bool:
        return bool(self.terms)

    def inverse(self) -> Geometric:
        """`1 / (c r^n)`.

        Raises:
            Undecided: a sum of several sequences.
        """
        if len(self.terms) > 1:
            raise Undecided("the inverse of a sum of geometric sequences")
        return Geometric({1 / rate: 1 / scale for rate, scale in self.terms.items()})

    def signs(self) -> set[int]:
        """The signs that it has at some outcome of the tail.

        Raises:
            Undecided: two sequences of one rate of growth and other signs.
        """
        if not self.terms:
            return {0}
        ranked = sorted(self.terms, key=abs, reverse=True)
        if len(ranked) > 1 and abs(ranked[0]) == abs(ranked[1]):
            raise Undecided("which of two sequences grows faster")
        lead, rest = ranked[0], ranked[1:]
        found: set[int] = set()
        for n in range(1, _MOST):
            value = sum((scale * rate**n for rate, scale in self.terms.items()), fmpq(0))
            found.add((value > 0) - (value < 0))
            others = sum((abs(self.terms[rate]) * abs(rate) ** n for rate in rest), fmpq(0))
            if abs(self.terms[lead]) * abs(lead) ** n > others:  # and so it is from here on
                return found if lead > 0 else found | {-1, 1}
        raise Undecided("too long before one sequence is the largest")

    def integrable(self) -> bool:
        """Whether the sum of its absolute values times 2^-n is finite."""
        return all(abs(rate) < 2 for rate in self.terms)

    def mean(self) -> fmpq:
        """The sum of its values times 2^-n, where it is integrable."""
        return sum((scale * rate / (2 - rate) for rate, scale in self.terms.items()), fmpq(0))


Numbers: TypeAlias = Geometric | fmpq


def _terms(number: Numbers) -> Mapping[fmpq, fmpq]:
    return number.terms if isinstance(number, Geometric) else {fmpq(1): number}
