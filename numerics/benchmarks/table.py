"""The file of the table: sections, each made by a command of its own and replaced by it alone."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from numerics.benchmarks.line import Line
from numerics.work.files import replace_file
from numerics.work.versions import versions

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))
_SECTION = "\n## "
_INTRODUCTION = """# Benchmarks

Each section was made by the command that it names, which replaces that section alone. Times are of one thread; the
two sides of a ratio were measured in one run. The machine is shared: quote the ratios, not the times. The aim is a
ratio where two things are compared.
"""
HEAD = "| what | time | against | its time | ratio | aim |\n|---|---|---|---|---|---|"


def section(title: str, options: str, words: str, rows: Sequence[str]) -> str:
    """Give a section as Markdown.

    Args:
        title: its title.
        options: what `make bench` was given.
        words: what the reader is to know of its lines.
        rows: its lines, as `row` gives them.
    """
    used = ", ".join(f"{name} {number}" for name, number in versions().items())
    made = f"By `make bench{options} OUT=BENCHMARKS.md` on {_processor()}, Python {platform.python_version()}, {used}."
    return "\n".join([f"## {title}", "", fill(f"{made} {words}", 118), "", HEAD, *rows]) + "\n"


def replace_section(file: Path, made: str) -> None:
    r"""Put a section in the place of the one of that title, or at the end.

    Examples:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp()) / "table.md"
        >>> for made in ("## a\nold\n", "## b\nkept\n", "## a\nnew\n"):
        ...     replace_section(file, made)
        >>> file.read_text().split("## ")[1:]
        ['a\nnew\n\n', 'b\nkept\n']

    Raises:
        OSError: the file cannot be read or written.
    """
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    kept = {one.partition("\n")[0]: one.strip() for one in text.split(_SECTION)[1:]}
    kept[made.partition("\n")[0].removeprefix("## ")] = made.removeprefix("## ").strip()
    replace_file(file, (_INTRODUCTION + "".join(f"{_SECTION}{one}\n" for one in kept.values())).encode())


def row(line: Line) -> str:
    """Give a line as Markdown.

    Examples:
        >>> row(Line("a step", 1e-8, 4e-8, "the other", "5"))
        '| a step | 10 ns | the other | 40 ns | 4 | 5 |'
    """
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
