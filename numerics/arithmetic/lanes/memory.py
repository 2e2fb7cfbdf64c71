"""Moving numbers between Python and the limbs of the compiled loops, exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.lanes.floating import ZERO_EXPONENT, Layout

Words = NDArray[np.int64]

MantissaExponent = tuple[int, int]
"""A number `mantissa * 2^exponent`, exactly."""


def empty(layout: Layout, chunks: int) -> Words:
    """Give memory for some chunks of numbers side by side, aligned as vector loads need it, holding zeros."""
    size = chunks * layout.words * layout.lanes
    words = aligned(size).reshape(chunks, layout.words, layout.lanes)
    words[:, layout.limbs, :] = ZERO_EXPONENT
    return words


def aligned(size: int) -> Words:
    """Give zeroed memory at an address that vector loads can take."""
    raw = np.zeros(size + 16, dtype=np.int64)
    start = (-raw.ctypes.data % 128) // 8
    return raw[start : start + size]


def store(
    layout: Layout, numbers: Sequence[MantissaExponent], shift: int = 0, *, everywhere: bool = False
) -> Words:
    """Lay numbers times `2^shift` out: number i in lane `i mod lanes` of chunk `i div lanes`, or each in a whole chunk."""
    words = empty(layout, len(numbers) if everywhere else max(1, -(-len(numbers) // layout.lanes)))
    for i, (mantissa, exponent) in enumerate(numbers):
        if mantissa == 0:
            continue
        limbs, whole = _limbs(layout, abs(mantissa), exponent + shift)
        column = [*limbs, whole, -1 if mantissa < 0 else 0]
        if everywhere:
            words[i, :, :] = np.array(column, dtype=np.int64)[:, None]
        else:
            words[i // layout.lanes, :, i % layout.lanes] = column
    return words


def _limbs(layout: Layout, mantissa: int, exponent: int) -> tuple[list[int], int]:
    w, L = layout.limb_bits, layout.limbs
    whole = (mantissa.bit_length() + exponent - 1) // w
    up = exponent - w * (whole - L + 1)
    mantissa = mantissa << up if up >= 0 else mantissa >> -up
    return [(mantissa >> (w * k)) & ((1 << w) - 1) for k in range(L)], whole


def load(layout: Layout, words: Words, count: int, make: Callable[[int, int], Any], shift: int = 0) -> list[Any]:
    """Read `count` numbers back times `2^shift`, each made by `make(mantissa, exponent)`."""
    w, L = layout.limb_bits, layout.limbs
    numbers = []
    for i in range(count):
        column = [int(word) for word in words[i // layout.lanes, :, i % layout.lanes]]
        mantissa = sum(limb << (w * k) for k, limb in enumerate(column[:L]))
        numbers.append(make(-mantissa if column[-1] else mantissa, w * (column[L] - L + 1) + shift))
    return numbers
