"""The widths of a network, and the shapes of its layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from numerics.arithmetic.whole_numbers import whole_numbers

MOST_NEURONS = 65_536


def layer_shapes(inputs: int, widths: Sequence[int]) -> list[tuple[int, int]]:
    """Give the shapes of the layers' matrices, with one output.

    Examples:
        >>> layer_shapes(5, (3, 4))
        [(3, 5), (4, 3), (1, 4)]
    """
    return list(zip([*widths, 1], [inputs, *widths], strict=True))


def read_widths(widths: int | str | Iterable[int]) -> tuple[int, ...]:
    """Read the number of neurons in each hidden layer.

    Raises:
        ParameterError: there is none, or one is no whole number from 1 to 65536.

    Examples:
        >>> read_widths("512,512"), read_widths(32), read_widths([8, 4])
        ((512, 512), (32,), (8, 4))
    """
    return whole_numbers(widths, "the widths are", 1, MOST_NEURONS, "512,512")
