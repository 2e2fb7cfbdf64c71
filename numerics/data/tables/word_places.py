"""Sentences as rows of numbers: at each of 16 places, which word stands there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.data.dataset import Dataset
from theory.errors import ParameterError

PLACES = 16
"""Longer sentences are cut."""
_PLACES = {str(place) for place in range(1, PLACES + 1)}
_LARGEST = 2**27  # numbers: 1 GiB of float64


def sentence_dataset(
    name: str, sentences: Sequence[Sequence[str]], positive: NDArray[np.bool_], description: str
) -> Dataset:
    """Make X: a column for each word at each place where it stands in some sentence, 1 where it does, else 0.

    Args:
        name: what the user wrote.
        sentences: of at least one word each.
        positive: which have the label +1; the others have -1.
        description: one line for people.

    Raises:
        ParameterError: X would need more than 1 GiB.

    Examples:
        >>> data = sentence_dataset("mine", [["so", "good"], ["bad"]], np.array([True, False]), "two sentences")
        >>> data.feature_names, data.X.tolist()
        (('bad at 1', 'so at 1', 'good at 2'), [[0.0, 1.0, 1.0], [1.0, 0.0, 0.0]])
    """
    kept = [list(enumerate(sentence[:PLACES], start=1)) for sentence in sentences]
    columns = sorted({placed for sentence in kept for placed in sentence})
    if len(kept) * len(columns) > _LARGEST:
        raise ParameterError(
            f"{name}: {len(kept)} sentences, with {len(columns)} different pairs of a word and its place, are too many "
            "numbers; ask for fewer with --samples"
        )
    number = {placed: index for index, placed in enumerate(columns)}
    X = np.zeros((len(kept), len(columns)))
    for row, sentence in zip(X, kept, strict=True):
        row[[number[placed] for placed in sentence]] = 1.0
    cut = sum(len(sentence) > PLACES for sentence in sentences)
    return Dataset(
        name,
        X,
        np.where(positive, 1.0, -1.0),
        description,
        positive.astype(np.int64),
        understood=(("cut", f"{cut} sentences, after {PLACES} words"),) if cut else (),
        feature_names=tuple(f"{word} at {place}" for place, word in columns),
    )


def words_at(data: Dataset) -> NDArray[np.intp]:
    """Read the sentences back, shape `(N, T)`: the words' numbers in alphabetical order, -1 behind a sentence's end.

    Raises:
        ParameterError: the data are no such sentences.

    Examples:
        >>> data = sentence_dataset("mine", [["so", "good"], ["bad"]], np.array([True, False]), "two sentences")
        >>> words_at(data).tolist()
        [[2, 1], [0, -1]]
    """
    placed = [name.rpartition(" at ") for name in data.feature_names or ()]
    if not placed or not all(word and place in _PLACES for word, _, place in placed):
        raise ParameterError(f"{data.name} holds no sentences: its columns are not named by words and their places")
    number = {word: index for index, word in enumerate(sorted({word for word, _, _ in placed}))}
    found = np.full((data.n_samples, max(int(place) for _, _, place in placed)), -1)
    for values, (word, _, place) in zip(data.X.T, placed, strict=True):
        found[values != 0, int(place) - 1] = number[word]
    return found
