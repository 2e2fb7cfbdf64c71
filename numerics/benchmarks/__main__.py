"""Measure a section of the table: `python -m numerics.benchmarks`; an option says which."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import click
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from numerics.benchmarks.large import large_lines
from numerics.benchmarks.line import Line
from numerics.benchmarks.measurements import measure
from numerics.benchmarks.networks import SAMPLES, kernels, network_lines
from numerics.benchmarks.photographs import photographs, random_fields
from numerics.benchmarks.precision import precision_lines
from numerics.benchmarks.proofs import proof_lines
from numerics.benchmarks.table import HEAD, replace_section, row, section
from numerics.benchmarks.timing import on_one_core
from numerics.data import load
from theory.errors import DataFileError

_STEPS = """Case a: r=2, N=100, D=2. Case b: r=100, N=100, d=200, D=2. Case c: r=500, N=500, d=3072, D=3. Times are
medians of processor time, taken by turns. The programs in PEERS are `peer_mpreal`, the full model in C++ on
MPFR's mpreal, and `peer_mpfr`, hand-written C in reduced coordinates; they are not part of this project. The
line against JAX needs the package jax. Steps in 53 bits are the processor's own float64 as long as its flags tell
that no number has left the range; the others are in limbs of 52 bits, where it multiplies such."""
_STUDIES = """The data are those of Appendix D.1. Times are medians of processor time, taken by turns; commands find
their bytecode, as those of an installed package do."""
_NETWORKS = """Networks of three layers, with tanh unless a line says linear, from PyTorch's default start. Ours
works in float32 in the row space of the images, takes long steps by tangent kernels, and begins Lanczos' iteration
near the kernel's eigenvector. The other side is JAX in float32 on every feature: automatic derivatives, ARPACK's
Lanczos on Hessian-vector products, and the paper's Runge-Kutta steps of 1/S, S found every 50 steps. Every sharpness
is the Hessian's, asked to a residual of 1e-4 of itself. Both runs begin with the same weights, end at the same loss
and find the sharpness there. Times are medians of processor time, taken by turns, gradients ten at once; runs were
made once. What JAX compiles is compiled before. The gradient of a tanh network is three products of matrices a layer
on both sides, and the row space saves in the first layer alone: what that gives at equal speed stands in the last
column. That of a linear network needs no product of two large matrices, and neither side makes one. It needs the
package jax."""
_PROOFS = f"""Commands with start-up, on {os.cpu_count()} cores, each run once; they find their bytecode."""
_LARGE = """Each line was measured once, in processes of their own, with start-up and reading."""


@click.command()
@click.option(
    "--peers",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the programs peer_mpfr and peer_mpreal, to measure against.",
)
@click.option("--studies", is_flag=True, help="Measure studies of precision and certificates instead.")
@click.option("--proofs", is_flag=True, help="Measure how long all proofs and mutants take instead.")
@click.option("--large", is_flag=True, help="Measure bounds on large matrices instead.")
@click.option(
    "--images",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of photographs for --large, a folder for each class; without it, random fields.",
)
@click.option(
    "--networks", metavar="DATA", help="Measure wide networks on samples of DATA, images such as cifar10:DIR."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Put the section into that Markdown file.")
def main(
    peers: Path | None,
    studies: bool,
    proofs: bool,
    large: bool,
    images: Path | None,
    networks: str | None,
    out: Path | None,
) -> None:
    """Measure the simulator against its peers, by turns, and print ratios of median processor times."""
    lines: Iterable[Line]
    if large:
        try:
            matrices = random_fields() if images is None else photographs(images)
        except DataFileError as error:
            raise click.UsageError(str(error)) from None
        title, lines = f"Bounds on large matrices, of {matrices.kind}", large_lines(matrices)
        options, words = f" LARGE=yes{'' if images is None else ' IMAGES=DIR'}", f"{_LARGE}\n{matrices.words}"
    elif studies:
        title, lines = "Studies of precision and certificates", precision_lines()
        options, words = " STUDIES=yes", _STUDIES
    elif proofs:
        title, options, words, lines = "Proofs", " PROOFS=yes", _PROOFS, proof_lines()
    elif networks is not None:
        title, options, words = "Wide networks", f" NETWORKS={networks}", f"{_NETWORKS} {kernels()}"
        lines = network_lines(load(networks, samples=SAMPLES))
    else:
        title, options, words = "Steps and sharpness", " PEERS=DIR" if peers else "", _STEPS
        lines = measure(peers.resolve() if peers else None)
    click.echo(HEAD)
    rows = []
    with threadpool_limits(1), on_one_core() if networks is not None else nullcontext():
        for measured in lines:
            rows.append(row(measured))
            click.echo(rows[-1])
    if out is not None:
        replace_section(out, section(title, options, words, rows))


if __name__ == "__main__":
    main()
