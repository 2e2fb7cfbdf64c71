"""The paper's letter V for the root in Theorem 4.3, put into printed formulas where it makes them shorter."""

from __future__ import annotations

import re

MEANING = r"V = \frac{\sqrt{C^{2} + 4 Q} - C}{2}"
_ROOT = MEANING.removeprefix("V = ")
_GROUP = r"((?:[^{}]|\{[^{}]*\})*)"
_OVER_ROOT = re.compile(rf"\\frac\{{{_GROUP}\}}\{{Q\}} " + re.escape(r"\frac{C + \sqrt{C^{2} + 4 Q}}{2}"))


def with_root(latex: str) -> str:
    r"""A printed formula with V for the root, and `/ V` for what is divided by it: `1/V = (C + sqrt(C^2 + 4Q)) / (2Q)`.

    Where the formula has a V of its own it stays as it is.

    Examples:
        >>> with_root(r"\frac{d_{1}^{2}}{Q} \frac{C + \sqrt{C^{2} + 4 Q}}{2} + \frac{\sqrt{C^{2} + 4 Q} - C}{2}")
        '\\frac{d_{1}^{2}}{V} + V'
    """
    if re.search(r"(?<![A-Za-z\\])V(?![A-Za-z])", latex):
        return latex
    return _OVER_ROOT.sub(r"\\frac{\1}{V}", latex).replace(_ROOT, "V")
