"""The DATA argument and what is said about it, the same for every subcommand that takes data."""

from __future__ import annotations

import functools
import shlex
from dataclasses import fields
from typing import Any, cast

import click

from numerics.command_line.argument_types import Command, Offered, OneOf, Read
from numerics.command_line.help_list import listed
from numerics.command_line.output import STDOUT, say
from numerics.data import Dataset, Reading, sources
from numerics.data.first_look import first_look
from numerics.data.reading import STANDARDIZATIONS
from numerics.data.tables.pair import parse_pair
from numerics.interface.given import Given, given


def _examples() -> dict[str, str]:
    return {source.example: source.summary for source in sources().values() if not source.suffixes}


_READING = (
    click.option("--label", metavar="COLUMN", help="The column that is the label: a name, or a number from 1."),
    click.option("--drop", metavar="COLUMN", multiple=True, help="A column to leave out; may be given again."),
    click.option("--standardize", type=OneOf(STANDARDIZATIONS), help="Mean 0 and deviation 1 of each."),
    click.option(
        "--classes",
        type=Read("pair", parse_pair, "give two, as in cat,dog"),
        metavar="A,B",
        help="The labels that get +1 and -1; others are left out.",
    ),
    click.option("--delimiter", metavar="CHARACTER", help="What separates the cells of a line."),
    click.option("--decimal", type=OneOf([".", ","]), help="The mark before decimals."),
    click.option("--header/--no-header", default=None, help="Whether the first line has the columns' names."),
)


def data_argument(command: Command) -> Command:
    """Add DATA, `--samples`, `--seed` and what says how to read a file: the command gets `data`, a `Given`."""

    @functools.wraps(command)
    def requesting(*, data: str, samples: int | None, seed: int, **arguments: Any) -> object:
        said = {field.name: arguments.pop(field.name) for field in fields(Reading)}
        said["delimiter"] = {"tab": "\t", "\\t": "\t"}.get(said["delimiter"], said["delimiter"])
        return command(data=given(data, samples=samples, seed=seed, reading=Reading(**said)), **arguments)

    decorated: Any = requesting
    for decorate in (
        *reversed(_READING),
        click.option("--seed", type=int, default=0, show_default=True, help="Fixes every random choice."),
        click.option(
            "--samples",
            type=int,
            metavar="N",
            help="Draw N samples: half of each class from two classes, else uniformly.",
        ),
        click.argument("data", type=Offered("DATA", _examples, files=True)),
    ):
        decorated = decorate(decorated)
    return cast(Command, decorated)


def words_for(data: Given) -> str:
    """Give the words that ask for the same data on the command line, but for the seed."""
    said = data.settings
    words = [said["data"]]
    if said["samples"] is not None:
        words += ["--samples", str(said["samples"])]
    for name, value in said.get("reading", {}).items():
        if name == "header":
            words.append("--header" if value else "--no-header")
        elif name == "drop":
            words += [word for column in value for word in ("--drop", column)]
        else:
            words += [f"--{name}", ",".join(value) if name == "classes" else value]
    return shlex.join(words)


def say_what_was_understood(dataset: Dataset, json_target: str | None) -> None:
    """Say on stdout what was understood of the data, unless stdout is for JSON."""
    if json_target == STDOUT:
        return
    findings = first_look(dataset)
    width = max(len(word) for word, _ in findings)
    lines = [dataset.name, dataset.description, "", *(f"{word:<{width}}   {what}" for word, what in findings), ""]
    say("\n".join(lines))


def describe_sources() -> str:
    """List every source for a command's help."""
    forms = {
        " or ".join(f"FILE{suffix}" for suffix in source.suffixes) or source.form: source.summary
        for source in sources().values()
    }
    return listed("DATA is one of", forms)
