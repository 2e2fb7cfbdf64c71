"""Measure a section of the table: `python -m numerics.benchmarks [--peers DIR]`, `--studies` or `--large`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from numerics.benchmarks.large import large_lines
from numerics.benchmarks.line import Line
from numerics.benchmarks.measurements import measure
from numerics.benchmarks.photographs import photographs, random_fields
from numerics.benchmarks.precision import precision_lines
from numerics.benchmarks.table import HEAD, replace_section, row, section
from theory.errors import DataFileError

_STEPS = """Case a: r=2, N=100, D=2. Case b: r=100, N=100, d=200, D=2. Case c: r=500, N=500, d=3072, D=3. Times are
medians of processor time, taken by turns. The programs in PEERS are `peer_mpreal`, the full model in C++ on
MPFR's mpreal, and `peer_mpfr`, hand-written C in reduced coordinates; they are not part of this project. The
line against JAX needs the package jax."""
_STUDIES = """The data are those of Appendix D.1. Times are medians of processor time, taken by turns."""
_LARGE = """Each line was measured once, in processes of their own, with start-up and reading."""


@click.command()
@click.option(
    "--peers",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the programs peer_mpfr and peer_mpreal, to measure against.",
)
@click.option("--studies", is_flag=True, help="Measure studies of precision and certificates instead.")
@click.option("--large", is_flag=True, help="Measure bounds on large matrices instead.")
@click.option(
    "--images",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of photographs for --large, a folder for each class; without it, random fields.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Put the section into that Markdown file.")
def main(peers: Path | None, studies: bool, large: bool, images: Path | None, out: Path | None) -> None:
    """Measure the simulator against its peers, by turns, and print ratios of median processor times."""
    lines: Iterable[Line]
    if large:
        try:
            matrices = random_fields() if images is None else photographs(images)
        except DataFileError as error:
            raise click.UsageError(str(error)) from None
        title = (
            "Bounds on large matrices, of random fields"
            if images is None
            else "Bounds on large matrices, of photographs"
        )
        options, words = f" LARGE=yes{'' if images is None else ' IMAGES=DIR'}", f"{_LARGE}\n{matrices.words}"
        lines = large_lines(matrices)
    elif studies:
        title, options, words, lines = (
            "Studies of precision and certificates",
            " STUDIES=yes",
            _STUDIES,
            precision_lines(),
        )
    else:
        title, options, words = "Steps and sharpness", " PEERS=DIR" if peers else "", _STEPS
        lines = measure(peers.resolve() if peers else None)
    click.echo(HEAD)
    rows = []
    with threadpool_limits(1):
        for measured in lines:
            rows.append(row(measured))
            click.echo(rows[-1])
    if out is not None:
        replace_section(out, section(title, options, words, rows))


if __name__ == "__main__":
    main()
