"""One task of a sweep, and the key under which its result is kept."""

from __future__ import annotations

import functools
import hashlib
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from numerics.work.source_version import source_version
from theory.errors import SharpnessError

Arrays = Mapping[str, NDArray[Any]]
"""What goes into a task and comes out of it: arrays of numbers by name."""


def code_version(function: str) -> str:
    """Give the `source_version` of a function's module."""
    return source_version(function.partition(":")[0])


@dataclass(frozen=True, eq=False)
class Task:
    """A pure function of a configuration and arrays.

    Args:
        function: where it is, as `package.module:name`. It takes the configuration and the arrays and returns arrays.
        configuration: JSON values; everything but the arrays that determines the result.
        data: a hash of what the arrays are made from.
        arrays: makes the arrays when the task is sent out, and not at all where its result is kept from before.
        cost: about how long the task takes, in any unit, for the estimate of the time that is left.
        version: hash of the code that computes it; None for the `source_version` of the function's module.

    Examples:
        >>> import numpy as np
        >>> one = Task("numerics.work.task:echo", {"times": 2}, "", lambda: {"x": np.array([1.0, 2.0])})
        >>> one.perform()["x"].tolist()
        [2.0, 4.0]
        >>> one.key == Task("numerics.work.task:echo", {"times": 3}, "").key
        False
    """

    function: str
    configuration: Mapping[str, Any]
    data: str
    arrays: Callable[[], Arrays] = field(default=dict, repr=False)
    cost: float = 1.0
    version: str | None = None

    @functools.cached_property
    def key(self) -> str:
        """Hash of the function, its configuration, the data, and the code and libraries that compute the result."""
        content = [self.function, dict(self.configuration), self.data, self.version or code_version(self.function)]
        return hashlib.sha256(json.dumps(content, sort_keys=True, allow_nan=False).encode()).hexdigest()

    def perform(self) -> Arrays:
        """Compute the result here, on one thread."""
        return perform(self.function, self.configuration, self.arrays())


def perform(function: str, configuration: Mapping[str, Any], arrays: Arrays, version: str | None = None) -> Arrays:
    """Compute a result, on one thread.

    Args:
        function: as in `Task`.
        configuration: as in `Task`.
        arrays: what the task works on.
        version: the `code_version` that the sender has; None to not compare.

    Raises:
        SharpnessError: this machine would compute with other code or other libraries than the sender.
    """
    if version is not None and version != code_version(function):
        raise SharpnessError(
            "a worker has another version of minimalist-sharpness or of NumPy; install the same on every machine"
        )
    module, _, name = function.partition(":")
    compute = getattr(importlib.import_module(module), name)
    with threadpool_limits(1):  # as many workers as cores; more threads would only stand in each other's way
        result: Arrays = compute(configuration, arrays)
    return result


def packed(record: Mapping[str, Any]) -> Arrays:
    """Give JSON values as a result.

    Examples:
        >>> unpacked(packed({"outcome": "proved"}))
        {'outcome': 'proved'}
    """
    return {"json": np.frombuffer(json.dumps(record).encode(), np.uint8)}


def unpacked(result: Arrays) -> dict[str, Any]:
    """Give the JSON values of a result that `packed` made."""
    record: dict[str, Any] = json.loads(result["json"].tobytes())
    return record


def echo(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Give every array, multiplied by `times`: the smallest task there is."""
    return {name: array * configuration["times"] for name, array in arrays.items()}
