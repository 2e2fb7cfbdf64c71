"""Hypotheses and claims in print: each as LaTeX."""

from __future__ import annotations

from sympy import Indexed, Symbol, sympify

from theory.language.indexed import IndexedArray, behind, with_bound_apart
from theory.language.relations import Relation, Sense, SpecialCase
from theory.language.statement import GradientFlow, Hypothesis, Initialization, Orthonormal, Sharpness
from theory.printing.labels import family_letter, letter
from theory.printing.notation import latex

_LOSS = r"\mathcal{L}"
"""A plain L may be a size."""


def latex_of(hypothesis: Hypothesis) -> str:
    r"""A hypothesis or a claim in LaTeX; a relation with the indices that it holds for all values of.

    An index along a chain stands with its last value: the chain has an entry more.

    Examples:
        >>> from theory.language.relations import at_most
        >>> from theory.setting.symbols import s
        >>> latex_of(at_most(s, s[0]))
        's_{i} \\le s_{1} \\quad \\forall i'
    """
    match hypothesis:
        case Relation():
            left = _latex_of_case(hypothesis.case) if hypothesis.case else latex(hypothesis.left)
            sign = {Sense.EQUAL: "=", Sense.AT_MOST: r"\le", Sense.LESS: "<"}[hypothesis.sense]
            indices = ", ".join(_indices(hypothesis))
            return f"{left} {sign} {latex(hypothesis.right)}" + (rf" \quad \forall {indices}" if indices else "")
        case Orthonormal(family):
            row = _latex_of_part(family)
            first, second = (rf"{{{row}_{{{index}}}}}" if "'" in row else rf"{row}_{{{index}}}" for index in "ij")
            return rf"{first}^{{\top}} {second} = \delta_{{i,j}} \quad \forall i, j"
        case Sharpness(symbol, _, point):
            weights = _latex_of_parts(point)
            return rf"{_latex_of_part(symbol)} = \lambda_{{\max}}\left(\nabla^2 {_LOSS}({weights})\right)"
        case GradientFlow(_, start, end):
            ends = rf"({_latex_of_parts(start)}) \to ({_latex_of_parts(end)})"
            return rf"{ends} \text{{ along }} \dot\theta = -\nabla {_LOSS}(\theta)"
        case Initialization(scales):
            return r",\; ".join(
                rf"{_latex_of_part(part)} \sim N(0, {latex(scale**2)}{' I' * isinstance(part, IndexedArray)})"
                for part, scale in scales
            )


def latex_with_loss(hypothesis: Hypothesis) -> str:
    r"""What `latex_of` gives; behind a sharpness or a flow its loss, which is not the paper's in everybody's statement.

    Examples:
        >>> from sympy import Symbol
        >>> S, x = Symbol("S", real=True), Symbol("x", real=True)
        >>> latex_with_loss(Sharpness(S, lambda weight: weight**4, (x,)))
        'S = \\lambda_{\\max}\\left(\\nabla^2 \\mathcal{L}(x)\\right),\\; \\mathcal{L}(x) = x^{4}'
    """
    if not isinstance(hypothesis, Sharpness | GradientFlow):
        return latex_of(hypothesis)
    point = hypothesis.point if isinstance(hypothesis, Sharpness) else hypothesis.start
    loss = latex(sympify(hypothesis.loss(*point)))
    return rf"{latex_of(hypothesis)},\; {_LOSS}({_latex_of_parts(point)}) = {loss}"


def _indices(relation: Relation) -> list[str]:
    """The free indices of a relation, those along chains last, with where they end."""
    free = relation.free_indices
    sides = (with_bound_apart(side, set(free)) for side in (relation.left, relation.right))
    entries = (entry for side in sides for entry in side.atoms(Indexed) if getattr(entry.base.label, "chain", False))
    ends = {behind(entry.indices[0]) or entry.indices[0]: entry.base.label.axes[0].size for entry in entries}
    shown = [letter(index.name) for index in free if index not in ends]
    return shown + [rf"{letter(index.name)} \le {latex(ends[index])}" for index in free if index in ends]


def _latex_of_case(case: SpecialCase) -> str:
    """The formula with its values at a bar behind it."""
    shown = latex(case.expression)
    values = ", ".join(f"{latex(one.left)}={latex(one.right)}" for one in case.values)
    body = rf"\left({shown}\right)" if case.expression.is_Add else shown
    return rf"\left.{body}\right|_{{{values}}}"


def _latex_of_parts(point: tuple[IndexedArray | Symbol, ...]) -> str:
    return ", ".join(map(_latex_of_part, point))


def _latex_of_part(part: IndexedArray | Symbol) -> str:
    return family_letter(str(part.expression.base.label)) if isinstance(part, IndexedArray) else letter(str(part))
