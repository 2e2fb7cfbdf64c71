"""`sentences:N`: sentences of praise and blame that a small grammar makes, where those of SST-2 are not at hand.

A sentence is one clause, or two with `but` between them. A clause, such as `the plot was not very dull`, says of a
thing that it is good or bad; `not` and `never` turn that round, and behind `but` stands what counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.data.dataset import Dataset
from numerics.data.source import Source
from numerics.data.subset import Subset
from numerics.data.tables.word_places import sentence_dataset

GOOD = ("brilliant", "charming", "clever", "fresh", "funny", "moving", "sharp", "warm")
BAD = ("awful", "bland", "clumsy", "dull", "empty", "forced", "stale", "tedious")
NEGATIONS = ("not", "never")
_DEGREES = ("quite", "rather", "really", "very")
_THINGS = ("acting", "cast", "dialogue", "director", "ending", "film", "music", "plot", "script", "story")
_VERBS = ("felt", "is", "looked", "seemed", "was")
_MOST = 20_000  # of two million


def is_praise(words: Sequence[str]) -> bool:
    """Whether a sentence praises: the rule behind the labels.

    Examples:
        >>> is_praise("the plot was dull but the cast is not very bland".split())
        True
    """
    clause = words[list(words).index("but") + 1 :] if "but" in words else words
    return (clause[-1] in GOOD) != any(word in NEGATIONS for word in clause)


def _parse(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 2 <= int(text) <= _MOST):
        raise ValueError(f"{text!r} is no whole number from 2 to {_MOST}")
    return int(text)


def _load(name: str, count: int, subset: Subset) -> Dataset:
    random = np.random.default_rng(subset.seed)
    found: dict[tuple[str, ...], bool] = {}
    while len(found) < count:  # all different, praise and blame in turn
        words = tuple(_sentence(random))
        if is_praise(words) == (len(found) % 2 == 0):
            found[words] = is_praise(words)
    positive = np.array(list(found.values()))
    rows, _ = subset.two_classes(name, positive.astype(np.int64), (1, 0), ("praise", "blame"))
    sentences = list(found)
    description = f"sentences of a grammar, praise (+1) and blame (-1), seed {subset.seed}"
    return sentence_dataset(name, [sentences[row] for row in rows], positive[rows], description)


def _sentence(random: np.random.Generator) -> list[str]:
    first = _clause(random)
    return first if random.random() < 0.5 else [*first, "but", *_clause(random)]


def _clause(random: np.random.Generator) -> list[str]:
    words = ["the", str(random.choice(_THINGS)), str(random.choice(_VERBS))]
    for some in (NEGATIONS, _DEGREES):
        if random.random() < 0.5:
            words.append(str(random.choice(some)))
    return [*words, str(random.choice(GOOD + BAD))]


SOURCE = Source(
    form="sentences:N",
    example="sentences:100",
    summary="N sentences of praise (+1) and blame (-1) that a grammar makes from --seed; they stand in for SST-2",
    parse=_parse,
    load=_load,
)
