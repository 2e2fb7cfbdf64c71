"""Whether letters are independent centred normal numbers, as far as their moments tell."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import Any

from flint import fmpq

from proofs_check.soundness.semantics.arithmetic import ZERO
from proofs_check.soundness.semantics.model import Indices, Model
from proofs_check.soundness.semantics.truth import Truth, Undecided
from proofs_check.soundness.semantics.value import evaluation
from theory.language.formulas import Formula
from theory.language.terms import OUTCOME, Letter


def is_normal(formula: Formula, model: Model, indices: Indices, stack: tuple[Any, ...]) -> Truth:
    """Whether the letters of a formula are normal with their deviations, up to the degree that the model stands for.

    A finite law is never normal, but for numbers that are 0: it is judged so where the model does not say that its
    outcomes stand for normal numbers.
    """
    names: list[Letter] = list(formula.data)
    deviations = [evaluation(term)(model, indices, stack) for term in formula.terms]
    numbers: list[tuple[Any, tuple[Any, ...]]] = []
    for letter, deviation in zip(names, deviations, strict=True):
        if letter.sorts[:1] != (OUTCOME,):
            return Truth.HOLDS if deviation == 0 and _vanishes(letter, model) else Truth.VIOLATED
        for place in model.places(letter.sorts[1:]):
            row = tuple(model.letters[letter][o, *place] for o in model.values_of(OUTCOME))
            if deviation == 0 or not any(row):
                if any(row) or deviation != 0:
                    return Truth.VIOLATED
                continue
            if not model.degrees:
                return Truth.VIOLATED
            numbers.append((deviation, row))
    if any(not isinstance(one, fmpq) for deviation, row in numbers for one in (deviation, *row)):
        raise Undecided("normal numbers in balls")
    rows = tuple((tuple(map(str, row)), str(deviation)) for deviation, row in numbers)
    return Truth.HOLDS if _has_moments(rows, tuple(map(str, model.law)), model.degree) else Truth.VIOLATED


def _vanishes(letter: Letter, model: Model) -> bool:
    found = model.letters[letter]
    return not any(found.values()) if isinstance(found, dict) else not found


@lru_cache(maxsize=1 << 8)
def _has_moments(rows: tuple[tuple[tuple[str, ...], str], ...], law: tuple[str, ...], degree: int) -> bool:
    """Whether every product of up to `degree` of the numbers has the expectation that it has for normal ones."""
    weights = [_rational(one) for one in law]
    numbers = [([_rational(one) for one in row], _rational(deviation)) for row, deviation in rows]
    for count in range(1, degree + 1):
        for chosen in itertools.combinations_with_replacement(range(len(numbers)), count):
            found = ZERO
            for outcome, weight in enumerate(weights):
                for one in chosen:
                    weight *= numbers[one][0][outcome]
                found += weight
            meant = fmpq(1)
            for one in set(chosen):
                times = chosen.count(one)
                meant *= 0 if times % 2 else numbers[one][1] ** times
                for odd in range(1, times, 2):
                    meant *= odd
            if found != meant:
                return False
    return True


def _rational(text: str) -> fmpq:
    top, _, bottom = text.partition("/")
    return fmpq(int(top), int(bottom or 1))
