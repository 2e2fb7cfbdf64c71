"""What every record says of itself, and where it goes."""

from __future__ import annotations

from collections.abc import Iterable

import click

from numerics.command_line.output import show_result
from numerics.work.versions import versions


def keep(json_target: str | None, lines: Iterable[str], **found: object) -> None:
    """Write what the command under way found as JSON, with the command itself and its versions; else print lines.

    Raises:
        NotFiniteError, OSError: as `write_json`.
    """
    context = click.get_current_context()
    options = {
        one.opts[0]: context.params[str(one.name)] for one in context.command.params if one.name != "json_target"
    }
    command = " ".join([context.command_path, *(f"{name} {value}" for name, value in options.items())])
    record = {"command": command, "versions": versions(), **found}
    show_result(record, json_target, lambda: click.echo("\n".join(lines)))
