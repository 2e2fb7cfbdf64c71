"""How long it takes to check every proof anew, and to try wrong statements and unsound kernels."""

from __future__ import annotations

from collections.abc import Iterator

from numerics.benchmarks.commands import wall_and_processor_time
from numerics.benchmarks.line import Line


def proof_lines() -> Iterator[Line]:
    """Measure both commands, each once after one that leaves bytecode behind."""
    wall_and_processor_time(("-m", "numerics.command_line", "verify", "thm-4.3"))
    for what, options, aim in (
        ("every proof anew", ("--fresh",), "15 s"),
        ("wrong statements and unsound kernels", ("--mutants", "--fresh"), "40 s"),
    ):
        wall, processor = wall_and_processor_time(("-m", "numerics.command_line", "verify", *options))
        yield Line(f"{what}, `sharpness verify {' '.join(options)}`, on the clock", wall, None, "", aim)
        yield Line("processor time of that", processor, None, "")
