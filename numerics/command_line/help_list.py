"""Lists in a command's help of what may be given, made from what there is."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

_WIDTH = 76


def listed(heading: str, words: Mapping[str, str]) -> str:
    """List what may be given, each with its line of help, in lines that click must not wrap.

    >>> print(listed("N is one of", {"one": "the first", "two:WITH,MANY,PARAMETERS": "the second"})[2:])
    N is one of
      one             the first
      two:WITH,MANY,PARAMETERS
                      the second
    """
    lines = []
    for name, text in words.items():
        before, behind = f"  {name:<14}  ", " " * 18
        if len(before) > len(behind):
            lines.append(before.rstrip())
            before = behind
        lines += wrap(text, _WIDTH, initial_indent=before, subsequent_indent=behind, break_long_words=False)
    return "\n".join(("\b", heading, *lines))
