"""Tables of the paper as `sharpness reproduce` found them, read from the results that the project keeps."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from book.rendering.cards import badge
from book.rendering.formulas import Html
from book.rendering.tables import plain_table

RESULTS = Path(__file__).resolve().parents[1] / "data" / "reproduced"


def reproduced(name: str) -> Html:
    """A table beside the paper's, with the command that made it.

    Args:
        name: the target, such as `table-1`.

    Raises:
        FileNotFoundError: no result of that name is kept.
    """
    found = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    rows = [_row(cell) for cell in found["cells"] if cell["status"] == "computed"]
    missing = sorted(
        {f"{cell['data']} N = {cell['samples']}" for cell in found["cells"] if cell["status"] != "computed"}
    )
    data = "; ".join(f"{pool['name']}: {pool['samples']} images" for pool in found["made"]["data"])
    return (
        Html(f'<h3 id="{escape(name)}">{escape(found["title"])}</h3>')
        + plain_table(("data", "row", "N", "here, mean (deviation)", "the paper", "verdict"), rows)
        + Html(
            f"<p>{badge('quiet', 'measured')} <code>{escape(found['made']['command'])}</code>, {found['draws']} "
            f"draws each, from {escape(data)}. No data here: {escape(', '.join(missing)) or 'none'}.</p>"
        )
    )


def _row(cell: dict[str, Any]) -> tuple[str, ...]:
    decimals = cell["published"]["decimals"]
    return (
        cell["data"],
        cell["row"],
        str(cell["samples"]),
        f"{cell['mean']:.{decimals}f} ({cell['deviation']:.{decimals}f})",
        cell["published"]["text"],
        cell["verdict"],
    )
