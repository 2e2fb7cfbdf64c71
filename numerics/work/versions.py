"""The versions that a result depends on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("minimalist-sharpness", "numpy", "mpmath", "gmpy2", "python-flint", "llvmlite", "scipy", "scikit-learn")


def versions(packages: Iterable[str] = _PACKAGES) -> dict[str, str]:
    """Give the versions of packages, by default of those that a run's bits depend on.

    Examples:
        >>> versions(["no-such-package"])
        {'no-such-package': 'not installed'}
    """
    return {name: _version(name) for name in packages}


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
