"""The reference of functions, from their docstrings: formula, shapes, errors and an example that the tests run."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable
from html import escape
from typing import Any

from book.rendering.formulas import Html, marked

_WIDTH = 80
_SECTIONS = {"Args": "Arguments", "Returns": "Returns", "Raises": "Errors", "Examples": "Example"}


def reference(module: str, *names: str) -> Html:
    """Describe functions of a module; without names, all that it offers.

    Examples:
        >>> "Theorem 4.3" in reference("theory.bounds", "two_layer_minimizer").text
        True
    """
    package = importlib.import_module(module)
    return Html("".join(described(module, name, getattr(package, name)) for name in names or public(module)))


def public(module: str) -> list[str]:
    """The functions that a module offers: those in its `__all__`, or else those of its own without an underscore.

    Examples:
        >>> public("numerics")[:2], "two_layer_minimizer" in public("theory.bounds")
        (['certify', 'load'], True)
    """
    package = importlib.import_module(module)
    own = [name for name, one in vars(package).items() if getattr(one, "__module__", "") == module and name[0] != "_"]
    return [name for name in getattr(package, "__all__", own) if inspect.isfunction(getattr(package, name))]


def described(module: str, name: str, function: Callable[..., Any]) -> str:
    """One function as HTML, under an anchor of its own."""
    text, sections = parts(inspect.getdoc(function) or "")
    shown = [f"<p>{marked(paragraph)}</p>" for paragraph in text.split("\n\n")]
    for title, body in sections.items():
        shown.append(
            f"<h5>{_SECTIONS[title]}</h5>{f'<pre>{escape(body)}</pre>' if title == 'Examples' else _entries(body)}"
        )
    return (
        f'<section class="reference" id="{escape(module)}.{escape(name)}">'
        f"<h3>{escape(name)}</h3><pre>{escape(_signature(name, function))}</pre>"
        f"{''.join(shown)}</section>"
    )


def parts(doc: str) -> tuple[str, dict[str, str]]:
    r"""What a docstring says first, and its sections by their titles.

    Examples:
        >>> parts("Say it.\n\nArgs:\n    x: a number.")
        ('Say it.', {'Args': 'x: a number.'})
    """
    text, *found = re.split(rf"^({'|'.join(_SECTIONS)}):\n", doc, flags=re.MULTILINE)
    bodies = {title: inspect.cleandoc("\n" + body).strip() for title, body in zip(found[::2], found[1::2], strict=True)}
    return text.strip(), bodies


def _signature(name: str, function: Callable[..., Any]) -> str:
    """How it is called, as its source says."""
    shown, signature = [], inspect.signature(function)
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in shown:
            shown.append("*")
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        shown.append(f"{parameter.name}: {parameter.annotation}{default}")
    line = f"{name}({', '.join(shown)}) -> {signature.return_annotation}"
    separated = ",\n    ".join(shown)
    return line if len(line) <= _WIDTH else f"{name}(\n    {separated},\n) -> {signature.return_annotation}"


def _entries(body: str) -> str:
    items = re.split(r"\n(?! )", body)
    return f"<ul>{''.join(f'<li>{_entry(item)}</li>' for item in items)}</ul>"


def _entry(item: str) -> str:
    name, colon, text = item.partition(": ")
    return f"<code>{escape(name)}</code>: {marked(text)}" if colon else marked(item)
