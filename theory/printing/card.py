"""A statement typeset for a notebook: what it assumes and what it claims."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from theory.language.relations import Relation
from theory.language.statement import Hypothesis, Statement
from theory.printing.notation import abbreviations_in
from theory.printing.relations import latex_of
from theory.printing.tables import formula
from theory.setting.hypotheses import DECOMPOSITION


def card(shown: Statement) -> str:
    """Write a statement as HTML.

    Examples:
        >>> from theory.statements.thm_4_3 import STATEMENT
        >>> "Sharpness at a minimizer" in card(STATEMENT)
        True
    """
    own = {name: h for name, h in shown.hypotheses.items() if DECOMPOSITION.get(name) is not h}
    data = " The data have a singular value decomposition." if len(own) < len(shown.hypotheses) else ""
    relations = [*(h for h in own.values() if isinstance(h, Relation)), *shown.claims.values()]
    legend = r",\quad ".join(rf"{short} = {long}" for short, long in abbreviations_in(relations).items())
    return (
        f"<p><b>{escape(shown.title)}</b> ({escape(shown.id)}; {escape(shown.source)}).{data}</p>"
        + _part("Assume", own)
        + _part("Then", shown.claims)
        + (f"<p>where</p>{formula(legend)}" if legend else "")
        + (f"<p>{escape(shown.remark)}</p>" if shown.remark else "")
    )


def claims_in_latex(shown: Statement) -> str:
    r"""Write the claims of a statement below each other, as one formula.

    Examples:
        >>> from theory.statements.def_4_1 import STATEMENT
        >>> claims_in_latex(STATEMENT)[:17]
        '$\\begin{gathered}'
    """
    lines = r" \\ ".join(map(latex_of, shown.claims.values()))
    return rf"$\begin{{gathered}}{lines}\end{{gathered}}$"


def _part(heading: str, relations: Mapping[str, Hypothesis] | Mapping[str, Relation]) -> str:
    return f"<p>{heading}</p>{''.join(formula(latex_of(one)) for one in relations.values())}" if relations else ""
