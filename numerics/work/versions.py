"""The versions that a result depends on."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def versions() -> dict[str, str]:
    """Give the versions of the packages that a run's bits depend on."""
    found = {}
    for name in ("minimalist-sharpness", "numpy", "mpmath", "gmpy2", "python-flint", "llvmlite"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
