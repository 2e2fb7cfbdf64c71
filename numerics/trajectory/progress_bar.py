"""What a terminal shows of a training run: step, loss, sharpness and 2/eta."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from numerics.work.progress import bar

Watcher = Callable[[int, Mapping[str, Any]], None]


@contextmanager
def training_bar(label: str, steps: int, threshold: float | None) -> Iterator[Watcher]:
    """Give what `train` tells of its progress.

    Args:
        label: which run.
        steps: the most steps that it takes.
        threshold: 2/eta, where there is one.
    """
    limit = "" if threshold is None else f"  2/eta {threshold:.5g}"
    with bar(f"steps {label}".strip(), steps) as update:

        def watch(step: int, latest: Mapping[str, Any]) -> None:
            loss, top = latest.get("loss", math.nan), latest.get("sharpness", math.nan)
            update(step, f"loss {loss:.4g}  sharpness {top:.5g}{limit}")

        yield watch
