"""Tasks that try the unsound kernels, one for each rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numerics.work.source_version import source_version
from numerics.work.task import Arrays, Task, packed
from proofs_check.soundness.copies import COPIED
from proofs_check.soundness.score import judge_kernel
from proofs_check.soundness.wrong_kernels import WRONG_KERNELS


def kernel_tasks() -> list[Task]:
    """A task for each rule."""
    version = source_version(__name__, *COPIED)
    rules = dict.fromkeys(wrong.rule for wrong in WRONG_KERNELS)
    return [Task(f"{__name__}:check", {"kind": "rule", "id": rule}, "", version=version) for rule in rules]


def check(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Try the kernels that are unsound in one rule, as a task."""
    rule = configuration["id"]
    judged = [judge_kernel(wrong).as_json() for wrong in WRONG_KERNELS if wrong.rule == rule]
    return packed({"id": rule, "kernels": judged})
