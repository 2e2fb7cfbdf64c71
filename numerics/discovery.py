"""Files of a folder that define something by an agreed name: one more is one new file, and no list knows of it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def defined_in(package: str, name: str, key: Callable[[Found], str]) -> dict[str, Found]:
    """Import every file of a package, and give what they define by a name, by its key in alphabetical order.

    Args:
        package: such as `numerics.optimizers`.
        name: such as `OPTIMIZER`; a file without it is passed over.
        key: what people type to choose one.

    Raises:
        RuntimeError: two files give the same key.

    Examples:
        >>> list(defined_in("numerics.optimizers", "OPTIMIZER", lambda optimizer: optimizer.name))[:2]
        ['gd', 'gf']
    """
    found: dict[str, Found] = {}
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
        one: Found | None = getattr(importlib.import_module(module.name), name, None)
        if one is None:
            continue
        if key(one) in found:
            raise RuntimeError(f"two files of {package} define {key(one)!r}; rename one")
        found[key(one)] = one
    return dict(sorted(found.items()))
