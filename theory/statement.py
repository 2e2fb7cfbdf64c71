"""What a statement is: hypotheses and claims as relations that can be proved, evaluated and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Expr, Symbol

from theory.errors import StatementError
from theory.indexed import IndexedArray
from theory.relations import Relation, Sense


@dataclass(frozen=True)
class Orthonormal:
    """The rows of a family are orthonormal: `sum_k w[i, k] w[j, k] = delta_ij`."""

    family: IndexedArray

    def latex(self) -> str:
        """The condition in LaTeX."""
        name = self.family.expression.base.label
        return rf"\textstyle\sum {name}_{{i,\cdot}} {name}_{{j,\cdot}} = \delta_{{ij}}"

    def __str__(self) -> str:
        return f"the rows of {self.family.expression.base.label} are orthonormal"


@dataclass(frozen=True)
class Sharpness:
    """A symbol stands for the top eigenvalue of the Hessian of a loss at a point.

    Attributes:
        symbol: the number that the claims speak of.
        loss: function of the parameters, in the order of `point`.
        point: the weights: families of symbolic size and scalars.
    """

    symbol: Symbol
    loss: Any
    point: tuple[IndexedArray | Symbol, ...]

    def latex(self) -> str:
        """The definition in LaTeX."""
        return rf"{self.symbol} = \lambda_{{\max}}(\nabla^2 L(\theta))"

    def __str__(self) -> str:
        return f"{self.symbol} is the top eigenvalue of the Hessian of the loss"


Hypothesis = Relation | Orthonormal | Sharpness


@dataclass(frozen=True)
class Statement:
    """One numbered item of the paper.

    Attributes:
        id: label such as `thm-4.3`; unique.
        title: a few words.
        source: where the paper states it.
        hypotheses: what is assumed, by name.
        claims: what is said to follow, by name; each relation carries its sense.
        depends: ids of statements whose claims the proof may use.
        variables: meaning of each letter that is not in `theory.symbols`.
        remark: the precise reading, where the paper's sentence leaves one open.
    """

    id: str
    title: str
    source: str
    hypotheses: Mapping[str, Hypothesis]
    claims: Mapping[str, Relation]
    depends: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""

    def __post_init__(self) -> None:
        if not self.claims:
            raise StatementError(f"{self.id} claims nothing")
        both = set(self.hypotheses) & set(self.claims)
        if both:
            raise StatementError(f"{self.id} has hypotheses and claims of one name: {', '.join(sorted(both))}")

    @property
    def sense(self) -> str:
        """What kind of claims these are: identity, upper and lower bounds, or a mixture."""
        senses = {claim.sense for claim in self.claims.values()}
        return "identity" if senses == {Sense.EQUAL} else "bound" if Sense.EQUAL not in senses else "identity and bound"

    def sharpness(self) -> Sharpness:
        """The hypothesis that says what the sharpness is.

        Raises:
            StatementError: the statement has none.
        """
        for hypothesis in self.hypotheses.values():
            if isinstance(hypothesis, Sharpness):
                return hypothesis
        raise StatementError(f"{self.id} does not speak of the sharpness")


def zero() -> Expr:
    """The number 0 as an expression, for relations such as `0 < V`."""
    from sympy import Integer

    return Integer(0)
