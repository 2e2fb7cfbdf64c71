"""`sharpness completion SHELL`: what a shell needs to complete `sharpness` on the Tab key."""

from __future__ import annotations

import os
import sys

import click
from click.shell_completion import (
    BashComplete,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    shell_complete,
    split_arg_string,
)

from numerics.command_line.argument_types import OneOf

_VARIABLE = "_SHARPNESS_COMPLETE"
_BASH = r"""%(complete_func)s() {
    local IFS=$'\n' line=${COMP_LINE:0:COMP_POINT} entry type value before
    # bash takes a colon for the end of a word, and puts what is replied behind it
    before=${line##*[[:space:]]}
    if [[ $before == *:* && $COMP_WORDBREAKS == *:* ]]; then before=${before%%"${before##*:}"}; else before=""; fi
    COMPREPLY=()
    for entry in $(env COMP_WORDS="$line" %(complete_var)s=bash_complete $1); do
        IFS=',' read -r type value <<< "$entry"
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("${value#"$before"}") ;;
        esac
    done
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class _Bash(BashComplete):
    """Bash, told of the whole line: its own words end at a colon, as in `digits:3,5`."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Split the line up to the cursor into the words before and the one that is completed."""
        line = os.environ["COMP_WORDS"]
        words = split_arg_string(line)[1:]
        return (words[:-1], words[-1]) if words and not line[-1:].isspace() else (words, "")


_SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": ZshComplete, "fish": FishComplete}


@click.command(
    epilog="""\b
Examples:
  eval "$(sharpness completion bash)"    # in ~/.bashrc
  eval "$(sharpness completion zsh)"     # in ~/.zshrc
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
        add_completion_class(_Bash)
        sys.exit(shell_complete(command, {}, "sharpness", _VARIABLE, instruction))
