"""Unsound changes of the kernel, at least two for every rule; the trials must notice each.

A file here is called like the file of the kernel that it changes, and has a table for each rule that this makes
unsound. An entry says what is wrong: the function that is changed, where it is not the rule's own, then by turns a text
that stands in it once, and what takes its place.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from proofs_check.soundness.wrong_kernels.copies import WrongKernel


def _read(path: Path) -> Iterator[WrongKernel]:
    for rule, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for name, parts in entries.items():
            where, texts = (parts[0], parts[1:]) if len(parts) % 2 else (rule, parts)
            module, _, function = where.rpartition(".")
            changes = tuple(zip(texts[::2], texts[1::2], strict=True))
            yield WrongKernel(rule, name, module or path.stem, function, changes)


WRONG_KERNELS = tuple(wrong for path in sorted(Path(__file__).parent.glob("*.toml")) for wrong in _read(path))
"""Every one."""
