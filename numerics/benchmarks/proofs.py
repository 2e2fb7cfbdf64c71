"""How long it takes to check every proof anew, and to try wrong statements and unsound kernels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from numerics.benchmarks.commands import command
from numerics.benchmarks.line import Line


def proof_lines() -> Iterator[Line]:
    """Measure both commands, each once after one that leaves bytecode behind."""
    command("verify", "thm-4.3")
    for what, options, aim in (
        ("every proof anew", ("--fresh",), "15 s"),
        ("wrong statements and unsound kernels", ("--mutants", "--fresh"), "40 s"),
    ):
        done = command("verify", *options)
        yield Line(f"{what}, `sharpness verify {' '.join(options)}`, on the clock", done.wall, None, "", aim)
        counts = [int(number) for number in re.findall(r"^(\d+) (?:of \d+|statements\b)", done.printed, re.MULTILINE)]
        each = f"{' and '.join(map(str, counts))} of them, {1000 * done.processor / sum(counts):.0f} ms each"
        yield Line("processor time of that", done.processor, None, each)
