"""Sentences of the paper that are false as literally read, one file each, found by their file names."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from theory.errors import StatementError
from theory.language.erratum import Erratum
from theory.language.statement import file_name


@cache
def all_errata() -> dict[str, Erratum]:
    """Every erratum by its id.

    Raises:
        StatementError: a file not named after the id that it gives.
    """
    found: dict[str, Erratum] = {}
    for module in pkgutil.iter_modules(__path__):
        erratum = importlib.import_module(f"{__name__}.{module.name}").ERRATUM
        identifier = erratum.literal.id
        if file_name(identifier) != module.name:
            raise StatementError(f"{identifier} stands in {module.name}.py: name the file after its id")
        found[identifier] = erratum
    return found
