"""`sharpness completion SHELL`: what a shell needs to complete `sharpness` on the Tab key."""

from __future__ import annotations

import os
import sys

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete, shell_complete

from numerics.command_line.argument_types import OneOf

_VARIABLE = "_SHARPNESS_COMPLETE"
_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command(
    epilog="""\b
Examples:
  eval "$(sharpness completion bash)"                                    # in ~/.bashrc
  eval "$(sharpness completion zsh)"                                     # in ~/.zshrc
  sharpness completion fish > ~/.config/fish/completions/sharpness.fish
"""
)
@click.argument("shell", type=OneOf(list(_SHELLS)), metavar="SHELL")
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes commands, options and data sources in SHELL: bash, zsh or fish."""
    click.echo(_SHELLS[shell](context.find_root().command, {}, "sharpness", _VARIABLE).source())


def answer_shell(command: click.Command) -> None:
    """Answer the script's questions, which come as an environment variable, and exit; otherwise do nothing."""
    if instruction := os.environ.get(_VARIABLE):
        sys.exit(shell_complete(command, {}, "sharpness", _VARIABLE, instruction))
