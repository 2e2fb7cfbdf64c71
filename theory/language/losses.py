"""A loss worked out once, so that what is read of it, evaluated and printed is one thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import sympy
from sympy import Expr, Symbol

from theory.errors import StatementError
from theory.language.indexed import IndexedArray, label_of
from theory.language.known_expressions import see_known
from theory.language.relations import put_in
from theory.language.statement import GradientFlow, Hypothesis, Sharpness

Weight: TypeAlias = IndexedArray | Symbol


@dataclass(frozen=True)
class WorkedOut:
    """What a loss gave for letters of its own, as a function of the weights."""

    weights: tuple[Weight, ...]
    value: Expr

    @classmethod
    def of(cls, loss: Callable[..., Any], point: Sequence[Weight]) -> WorkedOut:
        """What a loss gives for letters like the weights of a point, which nobody else has.

        Raises:
            StatementError: it raises something, or gives no number.
        """
        names = (f"weight {sympy.Dummy().dummy_index}" for _ in point)
        weights = tuple(
            IndexedArray.named(name, *part.axes) if isinstance(part, IndexedArray) else Symbol(name, real=True)
            for name, part in zip(names, point, strict=True)
        )
        try:
            value = loss(*weights)
        except StatementError:
            raise
        except Exception as error:  # whatever somebody's function raises is its fault, told in one line
            raise StatementError(f"the loss does not work out: {type(error).__name__}: {error}") from error
        if not isinstance(value, Expr | int):
            raise StatementError(f"a loss is a number, not {type(value).__name__}")
        found = cls(weights, sympy.sympify(value))
        see_known(found.value, tuple(map(label_of, weights)))
        return found

    def __call__(self, *point: IndexedArray | Expr) -> Expr:
        """The value with other weights in the place of the letters."""
        found = self.value
        for weight, part in zip(self.weights, point, strict=True):
            if isinstance(weight, IndexedArray) and isinstance(part, IndexedArray):
                found = put_in(found, weight.expression, part.at(*weight.indices))
            elif isinstance(part, Symbol):  # which a derivative may be one in
                found = found.xreplace({weight: part})
            else:
                found = put_in(found, weight, part)
        return found


def worked_out(hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis with its loss worked out; one that is at no point is left for those who read it.

    Raises:
        StatementError: the loss raises something, or gives no number.

    Examples:
        >>> x = Symbol("x", real=True)
        >>> worked_out(Sharpness(Symbol("S", real=True), lambda weight: weight**2, (x,))).loss(x + 1)
        (x + 1)**2
    """
    if not isinstance(hypothesis, Sharpness | GradientFlow):
        return hypothesis
    point = hypothesis.point if isinstance(hypothesis, Sharpness) else hypothesis.start
    if type(point) is not tuple or not all(type(part) in (IndexedArray, Symbol) for part in point):
        return hypothesis
    return replace(hypothesis, loss=WorkedOut.of(hypothesis.loss, point))
