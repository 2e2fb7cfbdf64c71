"""The widths of a network, and the shapes of its layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from theory.errors import ParameterError

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
    parts = widths.split(",") if isinstance(widths, str) else widths if isinstance(widths, Iterable) else (widths,)
    texts = [str(part).strip() for part in parts]
    fits = all(
        text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= MOST_NEURONS for text in texts
    )
    if not texts or not fits:
        raise ParameterError(f"the widths are {widths!r}; give whole numbers from 1 to {MOST_NEURONS}, as 512,512")
    return tuple(map(int, texts))
