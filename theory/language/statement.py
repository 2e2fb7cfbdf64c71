"""What a statement is: hypotheses and claims as relations that can be proved, evaluated and printed."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from sympy import Basic, Expr, Symbol

from theory.errors import StatementError
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, Sense


@dataclass(frozen=True)
class Orthonormal:
    """The rows of a family are orthonormal: `sum_k w[i, k] w[j, k] = delta_ij`."""

    family: IndexedArray

    def latex(self) -> str:
        """The condition in LaTeX."""
        row = _latex(self.family)
        first, second = (rf"{{{row}_{{{index}}}}}" if "'" in row else rf"{row}_{{{index}}}" for index in "ij")
        return rf"{first}^{{\top}} {second} = \delta_{{i,j}} \quad \forall i, j"

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
        point = ", ".join(_latex(part) for part in self.point)
        return rf"{_latex(self.symbol)} = \lambda_{{\max}}\left(\nabla^2 L({point})\right)"

    def __str__(self) -> str:
        return f"{self.symbol} is the top eigenvalue of the Hessian of the loss"


@dataclass(frozen=True)
class Initialization:
    """Some letters are independent centred normal numbers, others are functions of them, and all the rest are fixed.

    Every relation among the hypotheses holds for each outcome, or for all but a set of probability 0.

    Attributes:
        scales: each random letter with its standard deviation, a positive symbol; the entries of a family are
            independent of each other and of all other random letters.
        functions: letters whose value depends on the outcome.
    """

    scales: tuple[tuple[IndexedArray | Symbol, Symbol], ...]
    functions: tuple[IndexedArray | Symbol, ...] = ()

    def latex(self) -> str:
        """The condition in LaTeX."""
        return r",\; ".join(
            rf"{_latex(letter)} \sim N(0, {_latex(scale)}^2{' I' if isinstance(letter, IndexedArray) else ''})"
            for letter, scale in self.scales
        )

    def __str__(self) -> str:
        normal = ", ".join(f"{_letter(letter)} ~ N(0, {scale}^2)" for letter, scale in self.scales)
        return f"{normal}, independent"


@dataclass(frozen=True)
class GradientFlow:
    """A trajectory of gradient flow `theta' = -grad L` runs from one point to another, or converges to it.

    Attributes:
        loss: function of the parameters, in the order of the points.
        start: the weights at time 0: families of symbolic size and scalars.
        end: the weights at some later time, or their limit.
    """

    loss: Any
    start: tuple[IndexedArray | Symbol, ...]
    end: tuple[IndexedArray | Symbol, ...]

    def latex(self) -> str:
        """The condition in LaTeX."""
        first, last = (", ".join(_latex(part) for part in point) for point in (self.start, self.end))
        return rf"({first}) \to ({last}) \text{{ along }} \dot\theta = -\nabla L(\theta)"

    def __str__(self) -> str:
        first, last = (", ".join(_letter(part) for part in point) for point in (self.start, self.end))
        return f"gradient flow runs from ({first}) to ({last})"


Hypothesis = Relation | Orthonormal | Sharpness | GradientFlow | Initialization


def _latex(part: IndexedArray | Symbol) -> str:
    from theory.printing.vectors import family_letter, letter

    return family_letter(_letter(part)) if isinstance(part, IndexedArray) else letter(_letter(part))


def _letter(part: IndexedArray | Symbol) -> str:
    return str(part.expression.base.label if isinstance(part, IndexedArray) else part)


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
        variables: meaning of each letter that is not in `theory.setting.symbols`.
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
        for letter in self.letters:
            if not letter.is_real:  # the signs of squares are read on this ground
                raise StatementError(f"{self.id}: declare {letter} with real=True, or with its sign")

    @property
    def letters(self) -> list[Symbol]:
        """Every symbol, and the label of every family, that a relation speaks of, by name."""
        found = {
            symbol
            for relation in self._relations()
            for symbol in relation.left.free_symbols | relation.right.free_symbols
            if isinstance(symbol, Symbol)
        }
        return sorted(found, key=lambda symbol: (symbol.name, str(symbol.assumptions0)))

    def _relations(self) -> list[Relation]:
        return [*(h for h in self.hypotheses.values() if isinstance(h, Relation)), *self.claims.values()]

    @property
    def domains(self) -> dict[Symbol, str]:
        """Letters that are declared with a sign, which every check takes for granted; the rest are real.

        Indices count from 1 and are left out.
        """
        indices = {index for relation in self._relations() for index in relation.free_indices}
        signs: dict[Symbol, str] = {}
        for letter in self.letters:
            if letter in indices:
                continue
            if letter.is_positive:
                signs[letter] = "whole and positive" if letter.is_integer else "positive"
            elif letter.is_nonnegative:
                signs[letter] = "nonnegative"
        return signs

    @property
    def sense(self) -> str:
        """What kind of claims these are: identity, upper and lower bounds, or a mixture."""
        senses = {claim.sense for claim in self.claims.values()}
        return "identity" if senses == {Sense.EQUAL} else "bound" if Sense.EQUAL not in senses else "identity and bound"

    def sharpness(self, among: Set[Basic] | None = None) -> Sharpness:
        """The hypothesis that says what the sharpness is; of several, the one whose symbol is among the given ones.

        Raises:
            StatementError: the statement has none.
        """
        for hypothesis in self.hypotheses.values():
            if isinstance(hypothesis, Sharpness) and (among is None or hypothesis.symbol in among):
                return hypothesis
        raise StatementError(f"{self.id} does not speak of the sharpness")


def file_name(identifier: str) -> str:
    """Name of the files about a statement.

    Examples:
        >>> file_name("thm-4.3")
        'thm_4_3'
    """
    return identifier.replace("-", "_").replace(".", "_")


def zero() -> Expr:
    """The number 0 as an expression, for relations such as `0 < V`."""
    from sympy import Integer

    return Integer(0)
