"""Concrete values for the letters of a statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from theory.language.indexed import IndexedArray
from theory.language.indexed import label_of as label

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Instance:
    """Concrete values for the letters of a statement.

    Attributes:
        scalars: value of each scalar symbol, and of each expectation at each index; sizes are `int`, other numbers
            `fmpq` or `arb`.
        families: array of entries (dtype object) for the label of each family.
        description: one line for people.
        functions: what stands for each unknown function.
        by_construction: names of equalities among the hypotheses that define one ball from others: the balls hold an
            exact instance that meets them, although balls alone cannot show it.
    """

    scalars: Mapping[Expr, Any]
    families: Mapping[Symbol, np.ndarray[Any, Any]] = field(default_factory=dict)
    description: str = ""
    functions: Mapping[type, Callable[[Any], Any]] = field(default_factory=dict)
    by_construction: frozenset[str] = frozenset()
    sums: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Values of sums and products already evaluated at this instance: one inside another is not evaluated again."""

    def __str__(self) -> str:
        letters = {str(symbol): value for symbol, value in self.scalars.items()}
        letters |= {str(label): np.vectorize(str, otypes=[object])(a).tolist() for label, a in self.families.items()}
        # Of the entries' quotes nothing is kept, of the names' primes everything: C and C' are two letters.
        return ", ".join(f"{name} = {str(value).replace(chr(39), '')}" for name, value in letters.items())


def with_values(instance: Instance, *pairs: tuple[IndexedArray | Expr, Any]) -> Instance:
    """The instance with more letters."""
    scalars, arrays = dict(instance.scalars), dict(instance.families)
    for letter, value in pairs:
        if isinstance(letter, IndexedArray):
            arrays[label(letter)] = value
        else:
            scalars[letter] = value
    return replace(instance, scalars=scalars, families=arrays)


def value_of(instance: Instance, family: IndexedArray) -> Array:
    """The entries of a family at an instance."""
    return instance.families[label(family)]
