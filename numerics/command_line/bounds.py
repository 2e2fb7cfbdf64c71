"""Proved bounds on the sharpness at the minimizers of deep linear networks, for your data."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import click

from numerics.arithmetic.base import exact_fraction
from numerics.command_line.argument_types import Read
from numerics.command_line.data_argument import data_argument, describe_sources, say_what_was_understood
from numerics.command_line.enclosure_options import block_work, cluster_option, digits_option, rank_tolerance_option
from numerics.command_line.output import json_option, say, show_result, terminal_width
from numerics.command_line.run_options import INIT
from numerics.data import Dataset
from numerics.interface.given import Given
from numerics.interface.study import read_depths
from numerics.model.initialization import FORMS
from numerics.prediction.bounds_notes import notes
from numerics.prediction.bounds_report import Question, bounds_report
from numerics.prediction.bounds_text import bounds_text
from numerics.prediction.edge import EdgePrediction, predict_edge
from numerics.prediction.precision_at_edge import PrecisionAtEdge
from numerics.work.progress import bar
from theory.errors import ParameterError

_EXACT = Read("number", exact_fraction, "give a decimal or a quotient")


@click.command(
    epilog=f"""{describe_sources()}

\b
Examples:
  sharpness bounds digits:3,5 --depth 2,3,4,5
  sharpness bounds measurements.csv --imbalance -3
  sharpness bounds cifar10:cifar-10-batches-py:cat,dog --samples 300 \\
      --seed 1
  sharpness bounds gaussian:100,200 --alpha 0.04 --beta 0.58 \\
      --json result.json
  sharpness bounds minimal:100,5.477,0.233,0.3,1.414 --step-size 2.5 \\
      --init c=0.1,0.1,v=0.5
"""
)
@data_argument
@click.option(
    "--depth",
    "depths",
    type=Read("list of depths", read_depths, "write 2,3,4"),
    default="2",
    show_default=True,
    metavar="D,...",
    help="Numbers of layers, separated by commas.",
)
@click.option(
    "--imbalance",
    type=_EXACT,
    metavar="C",
    help="Layer imbalance C at the minimizer (Definition 4.2), for depth 2. Without it the layers are balanced.",
)
@click.option("--alpha", type=_EXACT, metavar="A", help="Standard deviation of the first layer's initial weights.")
@click.option("--beta", type=_EXACT, metavar="B", help="Standard deviation of the second layer's initial weight.")
@click.option(
    "--step-size",
    type=_EXACT,
    metavar="ETA",
    help="Say when gradient descent with this step size passes 2/ETA, and what precision does there.",
)
@click.option(
    "--init", "form", type=INIT, metavar="INIT", help=f"With --step-size: the start, balanced by default; {FORMS}."
)
@digits_option(default=10)
@rank_tolerance_option
@click.option("--require-zero-loss", is_flag=True, help="Refuse labels that lie partly outside the column space of X.")
@cluster_option
@json_option
def bounds(
    data: Given,
    step_size: Fraction | None,
    form: str | None,
    require_zero_loss: bool,
    cluster: str | None,
    json_target: str | None,
    **asked: Any,
) -> None:
    """Bound the sharpness at the minimizers of deep linear networks on DATA.

    Prints the data set's difficulty Q and imbalance threshold T_1 and, for each depth, the predicted sharpness,
    the proved lower and upper bounds and the exact value. With --alpha and --beta also the bounds on the expected
    sharpness at initialization and at the limit of gradient flow. Each number comes with its theorem. Labels
    partly outside the column space of X are projected onto it, which changes the loss by a constant. Every digit
    is certain for the numbers in the file: the rank is exact, and all else is enclosed.

    With --step-size also whether the sharpness passes 2/ETA, at which step, and what each kind of number does from
    there on: read off gradient flow and off the precision law, before any training. That is predicted, not proved.
    """
    question = Question(**asked)
    if question.imbalance is not None and question.depths != (2,):
        raise ParameterError("--imbalance is for two layers; leave it out, or ask for --depth 2 alone")
    if (question.alpha is None) != (question.beta is None):
        raise ParameterError("--alpha and --beta belong together; give both or neither")
    if form is not None and step_size is None:
        raise ParameterError("--init says where a run starts; give its --step-size too")
    dataset = data.dataset
    with block_work(cluster) as work:
        report = bounds_report(dataset, question, require_zero_loss=require_zero_loss, work=work)
        remarks = tuple(notes(report))

    edges = () if step_size is None else _edges(dataset, question.depths, step_size, form or "balanced", data.seed)

    def table() -> None:
        say_what_was_understood(dataset, json_target)
        # Not printed by the console itself, which would end the process on a closed pipe in its own way.
        click.echo(bounds_text(report, remarks, terminal_width()))
        for edge, precision in edges:
            title = f"Edge of stability for {edge.problem.depth} layers from the start {form or 'balanced'}"
            say("\n".join(["", title, f"edge       {edge}", *(precision.lines() if precision else [])]))

    record = report.record(remarks)
    if step_size is not None:
        record["edges"] = [
            {**edge.record(), "init": form or "balanced", "precision": precision and precision.record()}
            for edge, precision in edges
        ]
    show_result(record, json_target, table)


def _edges(
    dataset: Dataset, depths: Sequence[int], step_size: Fraction, form: str, seed: int
) -> list[tuple[EdgePrediction, PrecisionAtEdge | None]]:
    """Predict, for each depth, when `2/eta` is passed, and what precision does there."""
    found = []
    for depth in depths:
        edge = predict_edge(dataset.spectrum(), depth, step_size, form, seed)
        with bar("steps of a run of many bits") as update:
            found.append((edge, edge.precision(update)))
    return found
