"""The interactive picture: trajectories computed now, kept in the page, drawn by a script of our own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from book.rendering.formulas import Html
from book.rendering.training import at_the_edge

SCRIPT = Path(__file__).with_name("player.js")
EVERY = 4
"""Steps from one recorded point to the next."""


def player(thresholds: Sequence[str], arithmetics: Sequence[str], steps: int) -> Html:
    """Controls for step size and precision, and the run that they choose: loss and sharpness, with `2/eta`."""
    runs = {
        threshold: {arithmetic: _run(threshold, arithmetic, steps) for arithmetic in arithmetics}
        for threshold in thresholds
    }
    data = json.dumps({"every": EVERY, "thresholds": list(thresholds), "arithmetics": list(arithmetics), "runs": runs})
    options = "".join(f'<option value="{name}">{name}</option>' for name in arithmetics)
    start = len(thresholds) // 2
    return Html(
        '<div class="player" id="player"><div class="player-controls">'
        f'<label>Step size <input type="range" id="player-step" min="0" max="{len(thresholds) - 1}" value="{start}"> '
        '<output id="player-step-words"></output></label>'
        f'<label>Precision <select id="player-precision">{options}</select></label></div>'
        '<svg id="player-plot" viewBox="0 0 520 440" role="img" aria-labelledby="player-words"></svg>'
        '<p id="player-words" aria-live="polite"></p></div>'
        f'<script type="application/json" id="player-data">{data}</script>'
        f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"
    )


def _run(threshold: str, arithmetic: str, steps: int) -> dict[str, object]:
    run = at_the_edge(threshold, arithmetic, steps, EVERY)
    loss = [round(float(value), 3) for value in np.log10(np.maximum(run.series["loss"], 1e-300))]
    sharpness = [round(float(value), 4) for value in run.series["sharpness"]]
    return {"loss": loss, "sharpness": sharpness, "outcome": run.outcome.value, "last": run.last_step}
