"""The paper's tables and figures anew, from the data sets' own files, beside the published numbers."""

from __future__ import annotations

import contextlib
import json
import platform
import re
import shlex
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from numerics.arithmetic.whole_numbers import whole_numbers
from numerics.command_line.argument_types import FOLDER, Offered
from numerics.command_line.help_list import listed
from numerics.command_line.output import json_option, show_result, write_figure
from numerics.figures.panels import draw_panels
from numerics.interface.study import read_depths
from numerics.networks.activations import read_activations
from numerics.networks.shapes import read_widths
from numerics.reproduce.paper_data import find_pools, find_sentences
from numerics.reproduce.reproduction import Networks, Reproduction
from numerics.reproduce.target import Report, Target, all_targets, chosen, refuse_unfollowed, reports
from numerics.work.files import replace_file
from numerics.work.processes import LocalWorkers, Workers
from numerics.work.progress import duration, watched
from numerics.work.store import Store, cache_folder
from numerics.work.versions import versions
from theory.errors import ParameterError


def _titles() -> dict[str, str]:
    return {name: target.title for name, target in all_targets().items()}


@click.command(
    epilog=f"""{listed("TARGET is all, or one or more of", _titles())}

\b
Examples:
  sharpness reproduce table-1 table-2 table-3 table-4 --data data
  sharpness reproduce figure-5 --out reproduced
  sharpness reproduce all --data data --draws 10 --jobs 2 --out reproduced
  sharpness reproduce all --data data --cluster tcp://127.0.0.1:8786
"""
)
@click.argument(
    "names",
    metavar="TARGET...",
    nargs=-1,
    required=True,
    type=Offered("TARGET", lambda: {"all": "every target", **_titles()}),
)
@click.option(
    "--data",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder with cifar-10-batches-py, train_32x32.mat, a folder of speech commands or SST-2, as they are "
    "published. Without it the bundled digits stand in, and sentences of a grammar.",
)
@click.option(
    "--draws", type=int, metavar="K", help="Random subsets to average over: 50, 10 where networks are trained."
)
@click.option("--widths", default="512", show_default=True, metavar="H,...", help="Widths of the networks to train.")
@click.option("--depths", default="3,4,5", show_default=True, metavar="D,...", help="Their numbers of layers.")
@click.option("--sizes", default="100,300", show_default=True, metavar="N,...", help="Their numbers of samples.")
@click.option(
    "--activations",
    default=",".join(Networks.activations),
    show_default=True,
    metavar="PHI,...",
    help="Activations of their hidden layers.",
)
@click.option("--jobs", type=int, metavar="J", help="Processes; by default one on every core.")
@click.option("--out", type=FOLDER, metavar="DIR", help="Write TARGET.json, TARGET.md and figures there.")
@click.option("--cluster", metavar="ADDRESS", help="Compute on a running Dask scheduler, such as tcp://127.0.0.1:8786.")
@click.option("--fresh", is_flag=True, help="Compute even what is kept from before.")
@json_option
def reproduce(
    names: tuple[str, ...],
    folder: Path | None,
    draws: int | None,
    widths: str,
    depths: str,
    sizes: str,
    activations: str,
    jobs: int | None,
    out: Path | None,
    cluster: str | None,
    fresh: bool,
    json_target: str | None,
) -> None:
    """Compute TARGETs anew and compare them with the numbers that the paper prints.

    A cell says whether our mean lies within one or two of the paper's own standard deviations, or 'no data' where the
    data at hand do not allow it. Every finished task is kept, so that the same command goes on where an interrupted
    one stopped.
    """
    begun = time.monotonic()
    wanted = chosen(names)
    if cluster is not None and jobs is not None:
        raise ParameterError("--jobs is for this machine, and --cluster has workers of its own; give one of the two")
    numbers = whole_numbers(sizes, "the sizes are", 1, 999_999, "100,300")
    networks = Networks(read_widths(widths), read_depths(depths), numbers, read_activations(activations))
    reproduction = Reproduction(find_pools(folder), draws, networks, find_sentences(folder))
    given = _given({"draws": draws, "widths": widths, "depths": depths, "sizes": sizes, "activations": activations})
    values: dict[str, Sequence[object]] = {"draws": [draws], **vars(networks)}
    refuse_unfollowed(wanted, reproduction, {name: values[name] for name in given})
    with contextlib.ExitStack() as stack:
        workers: Workers = LocalWorkers(jobs)
        if cluster is not None:
            from numerics.work.cluster import connected

            workers = stack.enter_context(connected(cluster))
        found = reports(
            wanted,
            reproduction,
            workers,
            Store(cache_folder("sweeps")),
            fresh=fresh,
            watching=lambda tasks: stack.enter_context(watched(tasks)),
        )
    where = [] if folder is None else ["--data", folder.name or "."]
    asked = [part for name, value in given.items() for part in (f"--{name}", value)]
    command = shlex.join(["sharpness", "reproduce", *names, *where, *asked])
    records = [
        {**report.record, "made": {"command": command, **_made(target, reproduction, folder)}}
        for target, report in zip(wanted, found, strict=True)
    ]
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for record, report in zip(records, found, strict=True):
            _write(out, record, report)
    texts = [*(report.text for report in found), _summary(found, time.monotonic() - begun)]
    show_result({"targets": records}, json_target, lambda: click.echo("\n".join(texts)))


def _given(options: Mapping[str, object]) -> dict[str, str]:
    """The options that are given and not at their defaults, as they are typed."""
    context = click.get_current_context()
    default = {one.name: one.default for one in context.command.params}
    return {name: str(value) for name, value in options.items() if value not in (None, default[name])}


def _made(target: Target, reproduction: Reproduction, folder: Path | None) -> dict[str, Any]:
    """Give what a target was made of: data, draws, seeds, versions. Of a path it keeps what is not of this machine."""
    used = target.used(reproduction)

    def shown(text: str) -> str:
        return text if folder is None else text.replace(f"{folder}/", "").replace(f"{folder}:", ".:")

    pools = [
        {
            "key": shown(key),
            "name": shown(pool.name),
            "source": shown(pool.source),
            "samples": pool.dataset.n_samples,
            "features": pool.dataset.n_features,
            "sha256": pool.dataset.digest,
        }
        for key in used.data
        for pool in [reproduction.pool(key)]
    ]
    return {
        "data": pools,
        "draws": used.draws,
        "seeds": _seeds(used.seeds),
        "versions": {"python": platform.python_version(), **versions()},
    }


def _seeds(seeds: Sequence[int]) -> str:
    whole = len(seeds) > 1 and list(seeds) == list(range(seeds[0], seeds[-1] + 1))
    return f"{seeds[0]} to {seeds[-1]}" if whole else ", ".join(map(str, seeds)) or "none"


def _write(folder: Path, record: dict[str, Any], report: Report) -> None:
    name = str(record["target"])
    if report.panels:
        write_figure(partial(draw_panels, report.panels), folder / f"{name}.png")
    replace_file(folder / f"{name}.json", _json(record).encode())
    source = f"\nMade by `{record['made']['command']}`.\n"
    replace_file(folder / f"{name}.md", (report.text + source).encode())


def _json(record: dict[str, Any]) -> str:
    """Write strict JSON with each list of numbers on one line."""
    text = json.dumps(record, indent=1, allow_nan=False)
    return re.sub(r"\[([^\[\]{}\"]*)\]", lambda found: "[" + " ".join(found.group(1).split()) + "]", text) + "\n"


def _summary(reports: list[Report], seconds: float) -> str:
    cells = [cell for report in reports for cell in report.record.get("cells", [])]
    verdicts = Counter(cell["verdict"] for cell in cells if "verdict" in cell)
    missing = sum(cell["status"] == "no data" for cell in cells)
    holds = [bool(seen["holds"]) for report in reports for seen in report.record.get("observations", [])]
    parts = [f"{count} {'cell' if count == 1 else 'cells'}: {verdict}" for verdict, count in verdicts.items()]
    if missing:
        parts.append(f"{missing} {'cell' if missing == 1 else 'cells'}: no data")
    if holds:
        parts.append(f"{sum(holds)} of {len(holds)} observations hold")
    return "; ".join([*parts, f"done in {duration(seconds)}"])
