"""Tasks that try the unsound kernels, one for each rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from numerics.work.source_version import source_version
from numerics.work.task import Arrays, Task, packed
from proofs_check.soundness.wrong_kernels import WRONG_KERNELS
from proofs_check.soundness.wrong_kernels.copies import COPIED, WrongKernel
from proofs_check.soundness.wrong_kernels.score import judge_kernel

_COST = 1500.0
"""Of one kernel, in bytes of a proof, which the mutants of a statement are estimated by."""


def kernel_tasks() -> list[Task]:
    """A task for each rule."""
    version = source_version(__name__, *COPIED)
    rules: dict[str, list[dict[str, Any]]] = {}
    for wrong in WRONG_KERNELS:
        rules.setdefault(wrong.rule, []).append(asdict(wrong))
    asked = [{"kind": "rule", "id": rule, "wrong": wrong} for rule, wrong in rules.items()]
    return [Task(f"{__name__}:check", one, "", cost=_COST * len(one["wrong"]), version=version) for one in asked]


def _as_it_was(wrong: Mapping[str, Any]) -> WrongKernel:
    return WrongKernel(**{**wrong, "changes": tuple(map(tuple, wrong["changes"]))})


def check(configuration: Mapping[str, Any], arrays: Arrays) -> Arrays:
    """Try the kernels that are unsound in one rule, as a task."""
    judged = [asdict(judge_kernel(_as_it_was(wrong))) for wrong in configuration["wrong"]]
    return packed({"id": configuration["id"], "kernels": judged})
