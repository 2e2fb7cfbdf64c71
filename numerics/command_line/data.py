"""Data sets: what one is, and how to fetch those of the paper."""

from __future__ import annotations

from pathlib import Path

import click

from numerics.command_line.argument_types import FOLDER, Offered
from numerics.command_line.describe import describe
from numerics.command_line.group import NearbyGroup
from numerics.command_line.help_list import listed
from numerics.data.formats.download import PUBLISHED, fetch, named
from numerics.work.progress import bar


def _sizes() -> dict[str, str]:
    return {name: one.size for name, one in PUBLISHED.items()}


@click.group(cls=NearbyGroup)
def data() -> None:
    """Describe a data set, or fetch those that the paper uses."""


data.add_command(describe)


@data.command(
    "fetch",
    epilog=f"""{listed("NAME is one or more of", {name: f"{one.size}, {one.url}" for name, one in PUBLISHED.items()})}

\b
Examples:
  sharpness data fetch cifar10 --dir data
  sharpness data fetch cifar10 svhn speech --dir data
  sharpness reproduce table-1 --data data
""",
)
@click.argument("names", metavar="NAME...", nargs=-1, required=True, type=Offered("NAME", _sizes))
@click.option(
    "--dir",
    "folder",
    type=FOLDER,
    default=Path("data"),
    show_default=True,
    metavar="DIR",
    help="Where to put them.",
)
def fetch_command(names: tuple[str, ...], folder: Path) -> None:
    """Download, check and unpack data sets; an interrupted download goes on where it stopped."""
    wanted = [named(name) for name in names]
    for published in wanted:
        with bar(published.name, of_bytes=True) as update:
            goal = fetch(published, folder, lambda there, total: update(there, total=total))
        click.echo(f"{goal}: use it as {published.source.replace('DIR', str(folder))}")
