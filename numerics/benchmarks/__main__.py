"""Print the table: `python -m numerics.benchmarks [--peers DIR]`, or its lines on large matrices: `--large`."""

from __future__ import annotations

import platform
from pathlib import Path

import click
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from numerics.benchmarks.large import large_lines
from numerics.benchmarks.line import Line
from numerics.benchmarks.measurements import measure
from numerics.work.versions import versions

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))


@click.command()
@click.option(
    "--peers",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the programs peer_mpfr and peer_mpreal, to measure against.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the table there as Markdown.")
@click.option("--large", is_flag=True, help="Measure bounds on large matrices alone; --out adds them to its table.")
def main(peers: Path | None, out: Path | None, large: bool) -> None:
    """Measure the simulator against its peers, by turns, and print ratios of median processor times."""
    if large:
        for measured in large_lines():
            click.echo(_row(measured))
            if out is not None:
                with out.open("a", encoding="utf-8") as stream:
                    stream.write(_row(measured) + "\n")
        return
    lines = [*_heading(peers is not None, out is not None)]
    for line in lines:
        click.echo(line)
    with threadpool_limits(1):
        for measured in measure(peers.resolve() if peers else None):
            lines.append(_row(measured))
            click.echo(lines[-1])
    if out is not None:
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _heading(peers: bool, out: bool) -> list[str]:
    used = ", ".join(f"{name} {number}" for name, number in versions().items())
    return [
        "# Benchmarks",
        "",
        f"Made by `make bench{' PEERS=DIR' if peers else ''}{' OUT=BENCHMARKS.md' if out else ''}` on {_processor()}, "
        "one core at a time, with",
        f"Python {platform.python_version()}, {used}.",
        "",
        "Case a: r=2, N=100, D=2. Case b: r=100, N=100, d=200, D=2. Case c: r=500, N=500, d=3072, D=3. Times are",
        "medians of processor time, of one thread; the two sides of a ratio were measured by turns in one run. The",
        "machine is shared: quote the ratios, not the times. The aim is a ratio where two things are compared. The",
        "programs in PEERS are `peer_mpreal`, the full model in C++ on MPFR's mpreal, and `peer_mpfr`, hand-written C",
        "in reduced coordinates; they are not part of this project. The line against JAX needs the package jax.",
        "Lines on large matrices are by `make bench LARGE=yes OUT=BENCHMARKS.md`, each measured once, on one thread,",
        "with start-up and reading, on stand-ins for photographs, random fields of 32 x 32 pixels and three channels",
        "whose power falls with the square of the frequency, in 8 bits.",
        "",
        "| what | time | against | its time | ratio | aim |",
        "|---|---|---|---|---|---|",
    ]


def _row(line: Line) -> str:
    ours, other = (_amount(value, line.unit) for value in (line.ours, line.other))
    ratio = "" if line.ratio is None else f"{line.ratio:,.3g}" if line.ratio < 100 else f"{line.ratio:,.0f}"
    return f"| {line.what} | {ours} | {line.against} | {other} | {ratio} | {line.aim} |"


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return _time(value) if unit == "s" else f"{value:.2g} {unit}".strip()


def _time(value: float) -> str:
    for size, unit in _UNITS:
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.2g} ns"


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
