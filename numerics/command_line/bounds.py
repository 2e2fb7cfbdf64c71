"""Proved bounds on the sharpness at the minimizers of deep linear networks, for your data."""

from __future__ import annotations

from fractions import Fraction

import click

from numerics.arithmetic.base import exact_fraction
from numerics.command_line.argument_types import Read
from numerics.command_line.block_options import block_work, cluster_option
from numerics.command_line.data_argument import DataRequest, data_argument, describe_sources, say_what_was_understood
from numerics.command_line.enclosure_options import digits_option, rank_tolerance_option
from numerics.command_line.output import json_option, show_result, terminal_width
from numerics.interface.study import read_depths
from numerics.prediction.bounds_notes import notes
from numerics.prediction.bounds_report import Question, bounds_report
from numerics.prediction.bounds_text import bounds_text
from theory.errors import ParameterError

_EXACT = Read("number", exact_fraction, "give a decimal or a quotient")


@click.command(
    epilog=f"""{describe_sources()}

\b
Examples:
  sharpness bounds digits:3,5 --depth 2,3,4,5
  sharpness bounds measurements.csv --imbalance -3
  sharpness bounds cifar10:cifar-10-batches-py:cat,dog --samples 300 --seed 1
  sharpness bounds gaussian:100,200 --alpha 0.04 --beta 0.58 --json result.json
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
@digits_option(default=10)
@rank_tolerance_option
@click.option("--require-zero-loss", is_flag=True, help="Refuse labels that lie partly outside the column space of X.")
@cluster_option
@json_option
def bounds(
    data: DataRequest,
    depths: tuple[int, ...],
    imbalance: Fraction | None,
    alpha: Fraction | None,
    beta: Fraction | None,
    digits: int,
    rank_tolerance: float | None,
    require_zero_loss: bool,
    cluster: str | None,
    json_target: str | None,
) -> None:
    """Bound the sharpness at the minimizers of deep linear networks on DATA.

    Prints the data set's difficulty Q and imbalance threshold T_1 and, for each depth, the predicted sharpness,
    the proved lower and upper bounds and the exact value. With --alpha and --beta also the bounds on the expected
    sharpness at initialization and at the limit of gradient flow. Each number comes with its theorem. Labels
    partly outside the column space of X are projected onto it, which changes the loss by a constant. Every digit
    is certain for the numbers in the file: the rank is exact, and all else is enclosed.
    """
    if imbalance is not None and depths != (2,):
        raise ParameterError("--imbalance is for two layers; leave it out, or ask for --depth 2 alone")
    if (alpha is None) != (beta is None):
        raise ParameterError("--alpha and --beta belong together; give both or neither")
    dataset = data.load()
    question = Question(depths, imbalance, alpha, beta, digits, rank_tolerance)
    with block_work(cluster) as work:
        report = bounds_report(dataset, question, require_zero_loss=require_zero_loss, work=work)
        remarks = tuple(notes(report))

    def table() -> None:
        say_what_was_understood(dataset, json_target)
        # Not printed by the console itself, which would end the process on a closed pipe in its own way.
        click.echo(bounds_text(report, remarks, terminal_width()))

    show_result(report.record(remarks), json_target, table)
