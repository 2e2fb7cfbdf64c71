"""Expectations of polynomials in independent centred normal numbers, exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import Any

from flint import fmpq

from proofs_check.instances.arrays import arrays
from proofs_check.models.equations import unknowns
from proofs_check.models.quotient import Quotient, Undefined
from proofs_check.models.values import Model, Stack, entries, value
from theory.language.formulas import Kind
from theory.language.statement_reader import ReadStatement
from theory.language.terms import OUTCOME, Sort, Term


@dataclass
class Law:
    """The law of the normal letters at a model's fixed numbers, and of what equations define from them.

    Attributes:
        model: gives the fixed letters.
        defined: sides of equations that are letters, in the order of their making, each with the other side and the
            equation's prefix.
        read: has the hypothesis that says which letters are normal.
    """

    model: Model
    defined: list[tuple[Term, Term, tuple[Sort, ...]]]
    read: ReadStatement

    def mean(self, term: Term, model: Model, stack: Stack = ()) -> Any:
        """The value of an expectation; `stack` is what the variables stand for that are bound around it.

        Raises:
            Undefined: it is not the expectation of a polynomial.
        """
        names, deviations, random = self._random()
        (body,) = term.arguments
        inner = value(body, random, (*stack, 0))
        if isinstance(inner, Quotient):
            raise Undefined("an expectation of a quotient")
        polynomial = inner + 0 * names[0] if names else inner
        total = fmpq(0)
        for powers, coefficient in zip(polynomial.monoms(), polynomial.coeffs(), strict=True):
            total += coefficient * prod(
                (_moment(int(k), s) for k, s in zip(powers, deviations, strict=True)), start=fmpq(1)
            )
        return total

    def _random(self) -> tuple[tuple[Any, ...], list[Any], Model]:
        """Unknowns for the normal numbers, their standard deviations, and the letters as polynomials in them."""
        normal = [one for one in self.read.hypotheses.values() if one.kind is Kind.NORMAL]
        if len(normal) != 1:
            raise Undefined("no law for an expectation")
        shapes = [self.model.shape(letter) for letter in normal[0].data]
        names = unknowns(sum(map(prod, shapes)))
        letters = {one: array for one, array in self.model.letters.items() if OUTCOME not in one.sorts}
        random = replace(self.model, letters=letters)
        letters.update(zip(normal[0].data, arrays(names, *shapes), strict=True))
        scales = [value(scale, self.model) for scale in normal[0].terms]
        deviations = [scale for scale, shape in zip(scales, shapes, strict=True) for _ in range(prod(shape))]
        for side, other, prefix in self.defined:
            if OUTCOME in side.data.sorts and side.data not in letters:
                letters[side.data] = entries(side, other, prefix, random)
        return names, deviations, random


def _moment(power: int, deviation: Any) -> Any:
    """`E x^k = (k - 1)!! sigma^k` for even `k`, else 0."""
    return fmpq(0) if power % 2 else fmpq(prod(range(1, power, 2))) * deviation**power
