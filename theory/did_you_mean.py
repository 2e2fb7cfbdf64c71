"""What somebody may have meant by a word that nothing is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 3


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give `; did you mean A or B?` to be set behind a refusal, and nothing where no known word is like it.

    Words that differ in case and signs alone (`thm4.3`) count before those of which it is a part between signs (`4.3`),
    and these before those that are spelt alike. A word is suggested, never taken in place of the other.

    Args:
        word: what was said.
        known: what would have been right.

    Examples:
        >>> did_you_mean("trian", ["train", "bounds"])
        '; did you mean train?'
        >>> did_you_mean("4.3", ["def-4.1", "thm-4.3"]), did_you_mean("Thm 4.3", ["thm-4.3", "lem-b.3"])
        ('; did you mean thm-4.3?', '; did you mean thm-4.3?')
        >>> did_you_mean("nothing", ["train"])
        ''
    """
    from difflib import get_close_matches

    said, names = _folded(word), list(dict.fromkeys(known))
    if not said:
        return ""
    found = [name for name in names if _folded(name) == said]
    found = found or [name for name in names if said in map(_folded, re.split(r"[-:, ]", name))]
    if not found:
        spelt = {_folded(name): name for name in reversed(names)}
        found = [spelt[near] for near in get_close_matches(said, spelt, _MOST)]
    return f"; did you mean {' or '.join(found[:_MOST])}?" if found else ""


def _folded(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))
