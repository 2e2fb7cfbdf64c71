"""Arrays of exact numbers, which numpy takes for objects."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from math import prod
from typing import Any

import numpy as np
from flint import fmpq

from proofs_check.instances.instance import Array


def units(size: int) -> Array:
    """The unit vectors, shape `(size, size)`."""
    rows: Array = np.eye(size, dtype=object) * fmpq(1)
    return rows


def arrays(entries: Iterable[Any], *shapes: tuple[int, ...]) -> list[Array]:
    """Entries one after another as arrays of these shapes, of objects."""
    rest = iter(entries)
    return [np.fromiter(islice(rest, prod(shape)), dtype=object).reshape(shape) for shape in shapes]
