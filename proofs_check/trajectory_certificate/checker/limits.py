"""How much this checker does: a certificate that asks for more is refused at once, or after the last precision."""

from __future__ import annotations

from collections.abc import Iterator

MOST_BYTES = 2**26
"""In a file."""
MOST_NUMERAL = 4300
"""Digits of a whole number in a rational."""
MOST_DIGITS = 1000
"""Of a recorded number."""
MOST_WEIGHTS = 100
"""Coefficients and layers together."""
MOST_PRODUCTS = 10**7
"""`N d^2` of a table with N samples and d features."""
MOST_STEPS = 10**6
"""To the step that decides the claim."""
MOST_BITS = 2**17
"""After the point."""
MOST_WORK = 2**28
"""Steps times bits."""


def precisions(steps: int) -> Iterator[int]:
    """Numbers of bits after the point to try on so many steps: each twice the one before, up to the limits.

    Examples:
        >>> list(precisions(10**6))
        [64, 128, 256]
    """
    bits = 64
    while bits <= MOST_BITS and bits * steps <= MOST_WORK:
        yield bits
        bits *= 2
