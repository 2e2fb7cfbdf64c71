"""Kinds of argument that click does not have: texts that are read, and names that are offered on the Tab key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound=Callable[..., object])
Value = TypeVar("Value")

FOLDER = click.Path(file_okay=False, path_type=Path)
"""Where something is put."""


class Read(click.ParamType[Value]):
    """A text that a function reads.

    Args:
        name: what it is to be, such as `list of depths`.
        read: reads it, or raises a ValueError that says why it is none.
        forms: how to write it.
    """

    def __init__(self, name: str, read: Callable[[str], Value], forms: str) -> None:
        self.name, self._read, self._forms = name, read, forms

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Value:
        """Read the text, or refuse it in one line."""
        try:
            return self._read(str(value))
        except ValueError as error:
            self.fail(f"{value!r} is no {self.name}: {error}; {self._forms}", param, ctx)


class OneOf(click.Choice[str]):
    """One of some words; a misspelt one is refused with those that are like it."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Say what may be given."""
        from theory.did_you_mean import did_you_mean  # here, so that `sharpness --help` need not load the theory

        return super().get_invalid_choice_message(value, ctx).rstrip(".") + did_you_mean(str(value), self.choices)


class Offered(click.ParamType[str]):
    """A text that a shell completes.

    Args:
        name: what it is.
        offers: gives the names, each with its line of help.
        files: whether files are offered where no name begins with what is typed.
    """

    def __init__(self, name: str, offers: Callable[[], Mapping[str, str]], *, files: bool = False) -> None:
        self.name, self._offers, self._files = name, offers, files

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the names that begin with what is typed."""
        offers = self._offers().items()
        items = [CompletionItem(name, help=text or None) for name, text in offers if name.startswith(incomplete)]
        return items or ([CompletionItem(incomplete, type="file")] if self._files else [])
