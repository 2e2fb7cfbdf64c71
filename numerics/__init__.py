"""What happens: data sets, training runs and the command line. Imports `theory`, never `proofs_check`.

The front door is a function for each question; nothing is imported before it is asked for. `certify` alone lives
further on, where certificates are checked: it is named here, and found when somebody asks for it.

>>> from numerics import train
>>> train([[2.0], [1.0]], [1.0, 0.5], optimizer="gf", init="balanced").compare().arrived
True
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.data import load
    from numerics.interface.network import network
    from numerics.interface.precision import precision
    from numerics.interface.sharpness_of import sharpness_of
    from numerics.interface.study import Study, study
    from numerics.interface.training import Run, train

__all__ = ["Run", "Study", "certify", "load", "network", "precision", "sharpness_of", "study", "train"]

_HOMES = {
    "certify": "proofs_check.trajectory_certificate.certification",
    "Run": "numerics.interface.training",
    "Study": "numerics.interface.study",
    "load": "numerics.data",
    "network": "numerics.interface.network",
    "precision": "numerics.interface.precision",
    "sharpness_of": "numerics.interface.sharpness_of",
    "study": "numerics.interface.study",
    "train": "numerics.interface.training",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
