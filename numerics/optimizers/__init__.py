"""Rules for the next step of training.

One file of this folder is one optimizer; a new optimizer is one new file that defines `OPTIMIZER`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from numerics.discovery import defined_in
from numerics.optimizers.base import Optimizer, Options

__all__ = ["Optimizer", "Options", "optimizers"]


@functools.cache
def optimizers() -> Mapping[str, type[Optimizer]]:
    """Every optimizer of this folder by its name, in alphabetical order.

    >>> optimizers()["gd"].from_options(Options(step_size="0.1")).settings()
    {'optimizer': 'gd', 'step_size': '0.1'}
    """
    return defined_in(__name__, "OPTIMIZER", lambda optimizer: optimizer.name)
