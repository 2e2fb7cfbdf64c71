"""Products over layers, without a division, so that a layer may be zero."""

from __future__ import annotations

from collections.abc import Sequence

from numerics.arithmetic.base import Number, Vector


def product(layers: Sequence[Number] | Vector) -> Number:
    """Multiply the layers from first to last: `P`.

    >>> product([2, 3, 4])
    24
    """
    result = layers[0]
    for layer in layers[1:]:
        result = result * layer
    return result


def products_of_others(layers: Sequence[Number]) -> list[Number | None]:
    """Give `P / v_j` for every j, as the product over the other layers; None where there is no other layer.

    The layers before j are multiplied from the left, those after j from the right, then the two together:
    `3 (D - 1)` multiplications at most, in the same order in every arithmetic.

    >>> products_of_others([2, 3, 4]), products_of_others([5])
    ([12, 8, 6], [None])
    """
    count = len(layers)
    before: list[Number | None] = [None] * count
    after: list[Number | None] = [None] * count
    for j in range(1, count):
        earlier = before[j - 1]
        before[j] = layers[j - 1] if earlier is None else earlier * layers[j - 1]
    for j in range(count - 2, -1, -1):
        later = after[j + 1]
        after[j] = layers[j + 1] if later is None else layers[j + 1] * later
    return [_joined(b, a) for b, a in zip(before, after, strict=True)]


def _joined(before: Number | None, after: Number | None) -> Number | None:
    if before is None:
        return after
    return before if after is None else before * after
