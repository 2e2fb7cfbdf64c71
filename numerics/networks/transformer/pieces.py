"""What a Transformer is made of: each piece gives its value and how a gradient is pulled back through it.

All pieces are analytic and written without conjugates, so that they take complex arrays as dual numbers: where the
imaginary parts are tiny, that of a result is the derivative along those of the arguments, exact but for rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Of float32, float64 or, as dual numbers, complex128."""
_VARIANCE_OF_ROUNDING = 1e-5  # keeps the norm of a row without variance finite; PyTorch's too


class Piece(NamedTuple):
    """A value, and what a gradient in it is in each of the piece's arguments."""

    value: Array
    pull_back: Callable[[Array], tuple[Array, ...]]


def layer_norm(x: Array) -> Piece:
    """`(x - mean) / sqrt(var + 1e-5)` along the last axis, without gain and bias."""
    centred = x - x.mean(axis=-1, keepdims=True)
    scale = 1 / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _VARIANCE_OF_ROUNDING)
    y = centred * scale

    def pull_back(g: Array) -> tuple[Array, ...]:
        along = (g * y).mean(axis=-1, keepdims=True)
        return (scale * (g - g.mean(axis=-1, keepdims=True) - y * along),)

    return Piece(y, pull_back)


def gelu(x: Array) -> tuple[Array, Array]:
    """`x Phi(x)` and its derivative `Phi(x) + x phi(x)`, with the normal distribution's Phi and density phi."""
    from scipy.special import erf  # here, because importing it takes a while

    real = x.real
    below = (1 + erf(real * 0.5**0.5)) / 2
    density = np.exp(-real * real / 2) * (0.5 / np.pi) ** 0.5
    value, first = real * below, below + real * density
    if not np.iscomplexobj(x):
        return value, first
    return value + 1j * (x.imag * first), first + 1j * (x.imag * density * (2 - real * real))


def hidden_layer(x: Array, inward: Array, outward: Array) -> Piece:
    """`gelu(x W) V`, for rows `x`."""
    into = x @ inward
    active, slope = gelu(into)

    def pull_back(g: Array) -> tuple[Array, ...]:
        below = (g @ outward.T) * slope
        return below @ inward.T, x.T @ below, active.T @ g

    return Piece(active @ outward, pull_back)


def self_attention(x: Array, inward: Array, outward: Array, there: NDArray[np.bool_], heads: int) -> Piece:
    """Let every place of a sentence take from all of its places, in proportions that the places decide.

    In each head `softmax(q k^T / sqrt(h)) v`, with queries, keys and values `x W` of h numbers each; the heads side by
    side times V.

    Args:
        x: a row for each place of each sentence, shape `(N T, d)`.
        inward: W, shape `(d, 3 d)`.
        outward: V, shape `(d, d)`.
        there: where a word stands, shape `(N, T)`; nothing is taken from other places.
        heads: how many, a divisor of d.
    """
    count, places = there.shape
    size = x.shape[1]
    # To (3, N, heads, T, h) and back.
    q, k, v = (x @ inward).reshape(count, places, 3, heads, -1).transpose(2, 0, 3, 1, 4)
    rate = (size // heads) ** -0.5
    kept = there[:, None, None, :]
    scores = q @ k.swapaxes(-1, -2) * rate
    power = np.exp(scores - np.where(kept, scores.real, -np.inf).max(axis=-1, keepdims=True)) * kept
    share = power / power.sum(axis=-1, keepdims=True)
    taken = (share @ v).transpose(0, 2, 1, 3).reshape(-1, size)

    def pull_back(g: Array) -> tuple[Array, ...]:
        of_taken = (g @ outward.T).reshape(count, places, heads, -1).transpose(0, 2, 1, 3)
        of_share = of_taken @ v.swapaxes(-1, -2)
        of_scores = share * (of_share - (share * of_share).sum(axis=-1, keepdims=True)) * rate
        parts = np.stack([of_scores @ k, of_scores.swapaxes(-1, -2) @ q, share.swapaxes(-1, -2) @ of_taken])
        below = parts.transpose(1, 3, 0, 2, 4).reshape(-1, 3 * size)
        return below @ inward.T, x.T @ below, taken.T @ g

    return Piece(taken @ outward, pull_back)


def words_and_places(words: NDArray[np.intp], of_words: Array, of_places: Array) -> Piece:
    """A row for each place of each sentence, shape `(N T, d)`: that of its word plus that of its place.

    Args:
        words: the words' numbers, shape `(N, T)`, -1 where none stands: what comes of such a row must not count.
        of_words: a row for each word.
        of_places: a row for each place, shape `(T, d)`.
    """
    order = np.argsort(words, axis=None, kind="stable")[np.count_nonzero(words < 0) :]
    present, starts = np.unique(words.ravel()[order], return_index=True)

    def pull_back(g: Array) -> tuple[Array, ...]:
        found = np.zeros_like(of_words)
        found[present] = np.add.reduceat(g[order], starts, axis=0)
        return found, g.reshape(*words.shape, -1).sum(axis=0)

    rows: Array = of_words[words] + of_places
    return Piece(rows.reshape(-1, rows.shape[-1]), pull_back)
