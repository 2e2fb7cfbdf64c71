"""How hard the tests look: at enough as a rule, at more with HYPOTHESIS_PROFILE=thorough."""

import os
from typing import TypeVar

T = TypeVar("T")
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def usually(cases: T, *, thoroughly: T) -> T:
    """Give a number of random cases, or the cases themselves."""
    return thoroughly if THOROUGH else cases
