"""The modes of enclosed data, with the share of Q that each has."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb

from numerics.arithmetic.ball import Ball
from numerics.spectrum.enclosed_spectrum import EnclosedSpectrum


@dataclass(frozen=True)
class Mode:
    """Modes whose singular values are not told apart, mostly one.

    Args:
        first: the place of the first of them, from 1.
        count: how many there are.
        singular_value: a ball that holds theirs.
        coefficient: a ball that holds the length of the projection of y on their space.
        share: a ball that holds `d^2 / (s^2 Q)`.
    """

    first: int
    count: int
    singular_value: arb
    coefficient: arb
    share: arb

    @property
    def title(self) -> str:
        """Name them by their places."""
        return str(self.first) if self.count == 1 else f"{self.first}-{self.first + self.count - 1}"


def modes_of(spectrum: EnclosedSpectrum) -> list[Mode]:
    """Give the modes in the order of falling singular values.

    Examples:
        >>> from numerics.data import load
        >>> from numerics.data.enclosures import enclosures
        >>> [mode.share.str(3, radius=False) for mode in modes_of(next(enclosures(load("minimal:4,2,1,2,3"))))]
        ['0.100', '0.900']
    """
    s, d = spectrum.singular_values, spectrum.label_coefficients
    starts = [place for place in range(len(s)) if place == 0 or s[place] < s[place - 1]]
    with Ball(spectrum.bits).active():
        return [
            Mode(start + 1, end - start, s[start], abs(d[start]), (d[start] / s[start]) ** 2 / spectrum.difficulty)
            for start, end in zip(starts, [*starts[1:], len(s)], strict=True)
        ]
