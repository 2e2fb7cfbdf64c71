"""Tables and formulas for a notebook, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def table(rows: Iterable[Sequence[str]], head: Sequence[str] = (), caption: str = "", notes: Iterable[str] = ()) -> str:
    """Write a table: the first cell of a row says what stands in the others.

    Examples:
        >>> table([("Q", "9")], caption="data")[:40]
        '<table><caption style="text-align:left">'
    """
    title = f'<caption style="text-align:left"><b>{escape(caption)}</b></caption>' if caption else ""
    top = f"<thead>{_row(head, 'th')}</thead>" if head else ""
    body = "".join(_row(row, "td") for row in rows)
    said = "".join(f"<div>{escape(note)}</div>" for note in notes)
    return f"<table>{title}{top}<tbody>{body}</tbody></table>{said}"


def listing(facts: Iterable[tuple[str, str]]) -> str:
    """Write what is said of each of some things.

    Examples:
        >>> listing([("rank", "2")]).count("text-align:left")
        2
    """
    left = 'style="text-align:left;padding:2px 10px"'
    rows = "".join(f"<tr><th {left}>{escape(what)}</th><td {left}>{escape(text)}</td></tr>" for what, text in facts)
    return f"<table><tbody>{rows}</tbody></table>"


def _row(cells: Sequence[str], kind: str) -> str:
    first, *others = (escape(cell) for cell in cells)
    left, right = (f'<{kind} style="text-align:{side};padding:2px 10px">' for side in ("left", "right"))
    return f"<tr>{left}{first}</{kind}>{''.join(f'{right}{cell}</{kind}>' for cell in others)}</tr>"


def formula(source: str) -> str:
    r"""Write LaTeX as a formula that notebooks and the book typeset.

    Examples:
        >>> formula("a < b")
        '<div class="math tex2jax_process">\\[a &lt; b\\]</div>'
    """
    return f'<div class="math tex2jax_process">\\[{escape(source)}\\]</div>'
