"""Saving a run so that it ends bit for bit as if it had never stopped.

A folder holds one file `checkpoint.json`. It is written beside its place, flushed to the disk and moved over the former
one, so that at any moment, power cut included, the folder holds one whole checkpoint or none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numerics.work.files import replace_file, seal, unseal
from theory.errors import SharpnessError

FILE_NAME = "checkpoint.json"
OTHER_CODE = "was begun with other code or other libraries than are here now; start again in another folder"


class CheckpointError(SharpnessError):
    """A checkpoint that cannot be read, or that belongs to another run."""


@dataclass(frozen=True)
class Checkpoint:
    """Where a run stands.

    Attributes:
        configuration: everything that determines the run but code, as JSON values.
        code: hash of the sources and versions of libraries that the run depends on.
        step: number of steps taken.
        state: the weights, exactly, as `Arithmetic.to_text` writes them: the first layer, then the others.
        memory: what the optimizer carries, written the same way.
        steps: at which steps something was recorded.
        series: what was recorded, by name; float64 values, which JSON keeps exactly.
        model: digest of the model's numbers, where they are kept beside.
    """

    configuration: Mapping[str, Any]
    code: str
    step: int
    state: tuple[list[str], list[str]]
    memory: list[str]
    steps: list[int]
    series: Mapping[str, list[Any]]
    model: str = ""

    def save(self, folder: Path) -> None:
        """Write the checkpoint into a folder, which is made if need be.

        Raises:
            OSError: the folder cannot be written; the former checkpoint is untouched.
        """
        body = json.dumps(vars(self), default=dict)
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / FILE_NAME, seal(body.encode()))

    @classmethod
    def load(cls, folder: Path, configuration: Mapping[str, Any], code: str) -> Checkpoint | None:
        """Read the checkpoint of a folder; None where there is none.

        Raises:
            CheckpointError: the file is damaged, or its run had another configuration or other code.
            OSError: the file cannot be read.
        """
        path = folder / FILE_NAME
        if not path.exists():
            return None
        body = unseal(path)
        if body is None:
            raise CheckpointError(f"{path} is damaged; delete it and start the run again")
        fields = json.loads(body)
        different = differences(fields["configuration"], configuration)
        if different:
            raise CheckpointError(f"{folder} holds another run: {different}; give the same settings, or another folder")
        if fields.get("code") != code:
            raise CheckpointError(f"{folder} {OTHER_CODE}")
        return cls(**fields)


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Say in which settings what a folder holds differs from what is asked for; nothing if it does not.

    Examples:
        >>> differences({"steps": 20, "seed": 0}, {"steps": 30, "seed": 0})
        'steps 20 there and 30 here'
    """
    return ", ".join(
        f"{key} {_short(before.get(key))} there and {_short(now.get(key))} here"
        for key in sorted({*before, *now})
        if before.get(key) != now.get(key)
    )


def _short(value: object) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= 40 else text[:37] + "..."
