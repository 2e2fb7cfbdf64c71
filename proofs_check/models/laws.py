"""Whether hypotheses about chance are met by a law, and not at one outcome alone.

Independent normal numbers exist. A letter that one hypothesis defines at every outcome, from letters that are there
before, is a random number. Where gradient flow ends from a random start is one too, if the loss is

    L(x, y) = k (x y - c)^2,    k > 0,  c != 0,

at some fixed numbers, and x and y are independent and normal at time 0. For c > 0 (else y changes its sign) the sums
`a = x + y` and `b = x - y` obey `a' = -2 k a (x y - c)` and `b' = 2 k b (x y - c)`, so that `h = a b = x^2 - y^2` is
constant and `a` keeps its sign, `a != 0` almost surely. Then

    (log |a|)' = 2 k (c - (a^2 - h^2 / a^2) / 4)

falls strictly with `|a|`, from above 0 for small `|a|` to below 0 for large: `|a|` converges to the one number at which
it is 0. So almost every trajectory converges, to a point with `x y = c`. Whatever else is assumed of random letters
must follow from that equation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import fmpq
from sympy import Symbol

from proofs_check.instances.arrays import arrays
from proofs_check.instances.instance import Instance
from proofs_check.models.derivatives import loss_at
from proofs_check.models.equations import unknowns
from proofs_check.models.quotient import Undefined, numerator
from proofs_check.models.search import Search, sides_that_define
from proofs_check.models.values import Array, Model, sides, value
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import Formula, Kind
from theory.language.statement_reader import ReadStatement
from theory.language.terms import ENTRY, OUTCOME, Letter, Term

ATTEMPTS = 120
"""At models of one entry a letter, for one at which almost all trajectories converge."""


def is_exhibited_at(read: ReadStatement, instance: Instance, seen_to: ReadStatement | None = None) -> bool:
    """Whether a law is seen to meet the hypotheses about chance at an instance's fixed numbers.

    Its random numbers are one outcome, which may have the probability 0: what fails there need not fail elsewhere.

    Args:
        read: the statement.
        instance: a point at which its hypotheses hold.
        seen_to: a statement whose hypotheses about chance the maker of the instance has seen to.
    """
    laws = [one for one in read.hypotheses.values() if one.kind is Kind.NORMAL]
    if not laws or (seen_to is not None and _about_chance(read) <= _about_chance(seen_to)):
        return True
    model = _model_of(read, instance)
    try:
        positive = all(value(scale, model) > 0 for scale in laws[0].terms)
    except (KeyError, IndexError, Undefined, StatementError):
        return False
    return positive and not not_exhibited(read, [model])


def _about_chance(read: ReadStatement) -> set[Formula]:
    return {one for one in read.hypotheses.values() if one.kind is Kind.NORMAL or OUTCOME in one.prefix}


def not_exhibited(read: ReadStatement, fixed: Iterable[Model] | None = None) -> str:
    """Names of hypotheses about chance that a law is not seen to meet; empty if none.

    Args:
        read: the statement.
        fixed: values of its letters that are not random, by default small ones that the hypotheses allow.
    """
    laws = [one for one in read.hypotheses.values() if one.kind is Kind.NORMAL]
    if not laws:
        return ""
    random = {n: one for n, one in read.hypotheses.items() if one.kind is not Kind.NORMAL and OUTCOME in one.prefix}
    law = _Law(frozenset(laws[0].data), set(laws[0].data), random)
    law.define()
    if not any(one.kind is Kind.FLOW for one in law.waiting.values()):
        return ", ".join(law.waiting)
    least = law.waiting
    for model in _fixed(read) if fixed is None else fixed:
        longer = _Law(law.normal, set(law.there), dict(law.waiting))
        longer.let_flow(model)
        if not longer.waiting:
            return ""
        least = min(least, longer.waiting, key=len)
    return ", ".join(least)


def _fixed(read: ReadStatement) -> Iterator[Model]:
    """Small models of all hypotheses, without the random letters."""
    for found in Search(read).at_level(0, ATTEMPTS):
        if found is not None:
            letters = {one: array for one, array in found.model.letters.items() if OUTCOME not in one.sorts}
            yield replace(found.model, letters=letters)


def _model_of(read: ReadStatement, instance: Instance) -> Model:
    """The letters of an instance that are not random, as a model."""
    reader, model = read.reader, Model({})
    for label, given in instance.scalars.items():
        if label in instance.families or not isinstance(label, Symbol):
            continue
        if reader.seen.get(label.name) == label:
            (model.letters[reader.letter(label)],) = arrays([fmpq(given) if isinstance(given, int) else given], ())
        elif label.is_integer:
            model.sizes[label.name] = int(given)
    for label, array in instance.families.items():
        if reader.seen.get(label.name) == label:
            model.letters[reader.letter(label)] = array
    model.letters = {one: array for one, array in model.letters.items() if OUTCOME not in one.sorts}
    return model


@dataclass
class _Law:
    """Random letters that are there, the normal ones among them, and hypotheses that are not seen to hold of them."""

    normal: frozenset[Letter]
    there: set[Letter]
    waiting: dict[str, Formula]

    def define(self) -> None:
        """Take in the letters that hypotheses define, one after another."""
        while ready := [
            (name, letter) for name, one in self.waiting.items() if (letter := _defined(one, self.there)) is not None
        ]:
            name, letter = ready[0]
            self.there.add(letter)
            del self.waiting[name]

    def let_flow(self, model: Model) -> None:
        """Take in where gradient flow ends, what holds there, and what is defined of it."""
        for name, formula in self.waiting.items():
            ends = self._limit(formula, model) if formula.kind is Kind.FLOW else None
            if ends is None:
                continue
            letters, vanishing = ends
            del self.waiting[name]
            self.there |= letters.keys()
            at_end = replace(model, letters={**model.letters, **letters})
            self.waiting = {n: one for n, one in self.waiting.items() if not _follows(one, at_end, vanishing)}
            self.define()
            return

    def _limit(self, formula: Formula, model: Model) -> tuple[dict[Letter, Array], Any] | None:
        """The end of a flow as unknown numbers, and the polynomial that is 0 there; None where no end is known."""
        count = len(formula.data)
        starts, ends = _letters(formula.terms[1 : count + 1]), _letters(formula.terms[count + 1 :])
        if not set(starts) <= self.normal or len({*starts, *ends}) != 4 or set(ends) & self.there:
            return None
        x, y = unknowns(2)
        try:
            loss = loss_at(formula.terms[0], formula.data, model, [x, y]) + 0 * x
        except (StatementError, IndexError, TypeError):
            return None
        found = {tuple(int(k) for k in powers): one for powers, one in zip(loss.monoms(), loss.coeffs(), strict=True)}
        factor = found.get((2, 2), fmpq(0))
        if not factor > 0:
            return None
        vanishing = x * y + found.get((1, 1), fmpq(0)) / (2 * factor)
        if loss != factor * vanishing**2 or vanishing == x * y:
            return None
        shapes = [np.empty(model.shape(letter), dtype=object) for letter in ends]
        for array, unknown in zip(shapes, (x, y), strict=True):
            array[(0,) * array.ndim] = unknown
        return dict(zip(ends, shapes, strict=True)), vanishing


def _defined(formula: Formula, there: set[Letter]) -> Letter | None:
    """The one random letter that is not there yet and that a formula gives at every outcome."""
    random = {letter for letter in formula.free_letters() if OUTCOME in letter.sorts}
    new = random - there
    if len(new) != 1:
        return None
    (letter,) = new
    if formula.kind is Kind.TOP_EIGENVALUE:
        head, rest = formula.terms[0], formula.terms[1:]
        alone = head.head == ENTRY and head.data == letter
        return letter if alone and not any(letter in terms.letters(one) for one in rest) else None
    return letter if any(side.data == letter for side, _ in sides_that_define(formula)) else None


def _letters(bodies: tuple[Term, ...]) -> list[Letter]:
    return [one.data for one in bodies if one.head == ENTRY]


def _follows(formula: Formula, model: Model, vanishing: Any) -> bool:
    """Whether an equation at the end of a flow holds because a polynomial is 0 there."""
    if formula.kind is not Kind.EQUAL:
        return False
    try:
        gaps = [numerator(left + (-1) * right) for left, right in sides(formula, model)]
    except Undefined:
        return False
    return not any(divmod(gap + 0 * vanishing, vanishing)[1] for gap in gaps)
