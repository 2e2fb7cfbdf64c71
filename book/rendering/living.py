"""The living model: its scripts and the few images that it carries, in one piece that needs no network."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from book.rendering.formulas import Html
from numerics.data.known_sources.digits import bundled

FOLDER = Path(__file__).resolve().parents[1] / "living"
KINDS = (3, 5)
IMAGES = 40
"""Of each kind of digit, at most."""


def living() -> Html:
    """The model in the page: controls, pictures, and the modules of `book/living` under their own names.

    A browser loads no module from a file beside a page that it opened as a file, so the page itself carries them.
    """
    modules = {f"living/{path.stem}": _as_address(path) for path in sorted(FOLDER.glob("*.js"))}
    return Html(
        (FOLDER / "page.html").read_text(encoding="utf-8")
        + f'<script type="application/json" id="living-images">{json.dumps(_images())}</script>'
        + f'<script type="importmap">{json.dumps({"imports": modules})}</script>'
        + '<script type="module">import "living/page";</script>'
    )


def _as_address(path: Path) -> str:
    return "data:text/javascript;base64," + base64.b64encode(path.read_bytes()).decode()


def _images() -> dict[str, object]:
    """Images of two digits, a letter for each pixel from 0 to g; and by what the package standardizes all of them."""
    pixels, classes = bundled()
    first, second = (
        ["".join("0123456789abcdefg"[int(value)] for value in image) for image in pixels[classes == kind][:IMAGES]]
        for kind in KINDS
    )
    return {"first": first, "second": second, "mean": float(pixels.mean()), "deviation": float(pixels.std())}
