"""Sphinx extension: writes the pages of the source files when the book has been built."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from book.rendering.named_items import link_items
from book.rendering.sources import FOLDER, ROOT, address

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{name}</title>
<link rel="icon" href="{up}_static/favicon.svg"><link rel="stylesheet" href="{up}sources/style.css"></head>
<body><p><a href="{up}index.html">The book</a> / <b>{name}</b></p>{code}</body></html>
"""
_STYLE = """:root { color-scheme: light dark; } body { font: 15px/1.45 system-ui, sans-serif; margin: 1rem; }
pre { overflow-x: auto; font: 13px/1.45 ui-monospace, monospace; } .linenos, .linenos a { color: #767676; }
"""


def source_page(path: Path) -> str:
    """A source file as a page, with a number and an anchor for each line."""
    text = (ROOT / path).read_text(encoding="utf-8")
    formatter = HtmlFormatter(linenos="inline", lineanchors="line", anchorlinenos=True)
    code = highlight(text, get_lexer_by_name("coq" if path.suffix == ".v" else "python"), formatter)
    return _PAGE.format(name=escape(path.as_posix()), up="../" * len(path.parts), code=code)


def write_source_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write every source page that a chapter links to, and their style, once the chapters stand."""
    if exception is not None or app.builder.format != "html":
        return
    target = Path(app.outdir)
    chapters = "".join(page.read_text(encoding="utf-8") for page in target.glob("*.html"))
    for path in sorted(set(map(Path, re.findall(rf'href="{FOLDER}/([^"#]+)\.html', chapters)))):
        page = target / address(path)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(source_page(path), encoding="utf-8")
    dark = HtmlFormatter(style="monokai").get_style_defs(".highlight")
    light = HtmlFormatter(style="xcode").get_style_defs(".highlight")
    style = f"{_STYLE}{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n"
    (target / "sources" / "style.css").write_text(style, encoding="utf-8")


def mend(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Mend what others leave behind: a script that declares a constant twice, and a role that readers do not know."""
    files = context.get("script_files", [])
    context["script_files"] = [file for file in files if "thebe" not in f"{file} {getattr(file, 'attributes', '')}"]
    context["body"] = context.get("body", "").replace('role="doc-biblioentry"', 'role="listitem"')


def declare_safe(app: Sphinx, config: object) -> None:
    """Let Sphinx read pages side by side: extensions that do not say whether they allow it keep nothing then."""
    for extension in app.extensions.values():
        if extension.parallel_read_safe is None:
            extension.parallel_read_safe = True


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.set_html_assets_policy("always")  # formulas stand in what cells print, where Sphinx does not look for them
    app.connect("config-inited", declare_safe)
    app.connect("doctree-resolved", link_items)
    app.connect("html-page-context", mend, priority=900)
    app.connect("build-finished", write_source_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
