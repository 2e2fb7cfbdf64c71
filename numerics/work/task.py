"""One task of a sweep, and the key under which its result is kept."""

from __future__ import annotations

import functools
import hashlib
import importlib
import importlib.util
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

import numerics
import theory
from numerics.work.versions import versions
from theory.errors import SharpnessError

Arrays = Mapping[str, NDArray[Any]]
"""What goes into a task and comes out of it: arrays of numbers by name."""

# What a result is computed with. What reads the data is not in the list: their own content is in the key.
_ENGINE = ("arithmetic", "model", "optimizers", "sharpness", "trajectory", "observers.py", "data/subset.py")
_NOT_COMPUTING = {"statements", "errata"}


def _nothing() -> Arrays:
    return {}


@dataclass(frozen=True, eq=False)
class Task:
    """A pure function of a configuration and arrays.

    Args:
        function: where it is, as `package.module:name`. It takes the configuration and the arrays and returns arrays.
        configuration: JSON values; everything but the arrays that determines the result.
        data: a hash of what the arrays are made from.
        arrays: makes the arrays when the task is sent out, and not at all where its result is kept from before.
        cost: about how long the task takes, in any unit, for the estimate of the time that is left.

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
    arrays: Callable[[], Arrays] = field(default=_nothing, repr=False)
    cost: float = 1.0

    @functools.cached_property
    def key(self) -> str:
        """Hash of the function, its configuration, the data, and the code and libraries that compute the result."""
        content = [self.function, dict(self.configuration), self.data, code_version(self.function)]
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


@functools.cache
def code_version(function: str) -> str:
    """Hash of the sources and the versions of the libraries that compute a function's result."""
    digest = hashlib.sha256(json.dumps(libraries(), sort_keys=True).encode())
    for source in [*_engine_sources(), _source(function.partition(":")[0])]:
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()


def libraries() -> dict[str, str]:
    """Give the versions of the packages that a result's bits depend on."""
    return versions() | {name: version(name) for name in ("scipy", "scikit-learn")}


def _engine_sources() -> list[Path]:
    closed_forms = Path(theory.__path__[0])
    found = [
        path for path in closed_forms.rglob("*.py") if path.relative_to(closed_forms).parts[0] not in _NOT_COMPUTING
    ]
    for part in _ENGINE:
        room = Path(numerics.__path__[0]) / part
        found += room.rglob("*.py") if room.is_dir() else [room]
    return sorted(found)


def _source(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no module {module}")
    return Path(spec.origin)


def echo(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Give every array, multiplied by `times`: the smallest task there is."""
    return {name: array * configuration["times"] for name, array in arrays.items()}
