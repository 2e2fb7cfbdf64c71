"""Train a network at several precisions and watch its sharpness."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from numerics.arithmetic import arithmetics
from numerics.command_line.data_argument import data_argument, describe_sources, say_what_was_understood, words_for
from numerics.command_line.help_list import listed
from numerics.command_line.one_line_errors import interrupted
from numerics.command_line.output import json_option, show_result, write_figure
from numerics.command_line.run_options import (
    ARITHMETIC,
    folder_options,
    record_every_option,
    say_what_stands_in,
)
from numerics.data.first_look import in_words
from numerics.interface.arguments import loss as read_loss
from numerics.interface.given import Given
from numerics.interface.network import network as run_network
from numerics.interface.network_study import network_study
from numerics.networks.activations import ACTIVATIONS
from numerics.networks.starts import STARTS
from numerics.trajectory import Outcome
from numerics.work.checkpoint import FILE_NAME
from numerics.work.versions import versions
from theory.errors import ParameterError

_OF_DESCENT = ("scale", "arithmetic", "steps", "record_every")


@click.command(
    epilog=f"""{describe_sources()}

{listed("A is one of", {one.form(): one.summary for one in arithmetics().values() if not one.exact_enclosure})}

\b
Examples:
  sharpness network digits:3,5 --samples 30 --widths 512,512 --activation tanh
  sharpness network digits:3,5 --samples 5 --step-size 0.15 --steps 200
  sharpness network cifar10:cifar-10-batches-py:cat,dog --samples 5 \\
      --seed 1 --step-size 0.0303 --steps 400 --out run
  sharpness network digits:3,5 --samples 8 --step-size 0.1 \\
      --arithmetic float32,mpfr:60,mpfr:200 --out run --resume
"""
)
@data_argument
@click.option(
    "--step-size", metavar="ETA", help="Step size of gradient descent at several precisions; without it, gradient flow."
)
@click.option(
    "--loss",
    "least_loss",
    type=float,
    default=1e-4,
    show_default=True,
    metavar="L",
    help="Where gradient flow stops, as a share of ||y||^2 / N; the law is of its end.",
)
@click.option("--widths", default="32,32", show_default=True, metavar="H,...", help="Neurons in each hidden layer.")
@click.option(
    "--activation",
    default="silu",
    show_default=True,
    metavar="PHI",
    help=f"One of {', '.join(ACTIVATIONS)}.",
)
@click.option("--init", default="default", show_default=True, metavar="I", help=f"Start: {', '.join(STARTS)}.")
@click.option("--scale", default="1", show_default=True, metavar="A", help="Factor on the initial weights.")
@click.option(
    "--arithmetic",
    type=ARITHMETIC,
    default="float32,float64,mpfr:113,mpfr:200",
    show_default=True,
    metavar="A,...",
    help="Kinds of number, separated by commas, one run for each, see below.",
)
@click.option("--steps", type=int, default=400, show_default=True, metavar="T", help="Steps of each run.")
@record_every_option()
@folder_options(
    "Keep figure.png there, and each run's trajectory.npz and checkpoint in a folder of its own.", kept=f"*/{FILE_NAME}"
)
@json_option
def network(
    data: Given,
    step_size: str | None,
    least_loss: float,
    folder: Path | None,
    json_target: str | None,
    **asked: Any,
) -> int:
    """Say how sharp a network gets on DATA: predicted, by the law at its widths, bounds; trained and compared.

    With --step-size train it at several precisions instead, and record loss and sharpness.

    The network has layers without biases and learns the labels by gradient descent on all the samples. Its inputs
    are the data in an orthonormal basis of their row space, which changes nothing but the cost. Take few samples: at
    MPFR's speed a step with width 32 and 5 samples takes some ten milliseconds.
    """
    _refuse_what_is_not_followed(step_size is None)
    if step_size is None:
        if folder is not None:
            raise ParameterError("--out keeps the runs of gradient descent; give a --step-size with it")
        read_loss(least_loss, "the loss")
        return _flow(data, asked["widths"], asked["activation"], asked["init"], least_loss, json_target)

    def checked() -> None:
        say_what_stands_in(asked["arithmetic"])
        say_what_was_understood(data.dataset, json_target)

    found = run_network(data, step_size=step_size, folder=folder, checked=checked, **asked)
    if folder is not None:
        write_figure(found.plot, folder / "figure.png")
    words = [f"--{name} {asked[name]}" for name in ("steps", "widths", "activation", "init", "scale")]
    command = ["sharpness network", words_for(data), f"--step-size {step_size}", *words, f"--seed {data.seed}"]
    record = {
        "command": " ".join([*command, f"--arithmetic {asked['arithmetic']}"]),
        "understood": in_words(data.dataset),
        "data_sha256": data.dataset.digest,
        "versions": versions(),
        "step_size": step_size,
        "settings": found.settings,
        **found.record(),
        **found.series(),
    }
    kept = "" if folder is None else f"\n\nkept in {folder}"
    show_result(record, json_target, lambda: click.echo(f"{found}{kept}"))
    if found.last.outcome is Outcome.INTERRUPTED:
        last = found.last
        return interrupted(folder, f" at step {last.last_step} of {last.settings['arithmetic']}")
    return 0


def _refuse_what_is_not_followed(flow: bool) -> None:
    """Refuse options of gradient descent where gradient flow is asked for, and the other way round."""
    context = click.get_current_context()
    for one in context.command.params:
        said = context.get_parameter_source(str(one.name)) is ParameterSource.COMMANDLINE
        if said and flow and one.name in _OF_DESCENT:
            raise ParameterError(f"{one.opts[0]} is for gradient descent; give a --step-size with it")
        if said and not flow and one.name == "least_loss":
            raise ParameterError("--loss is where gradient flow stops; leave --step-size out, or give --steps")


def _flow(data: Given, widths: str, activation: str, init: str, least_loss: float, json_target: str | None) -> int:
    study = network_study(data, widths, activation, init)
    say_what_was_understood(study.dataset, json_target)
    trained = study.train(least_loss)
    asked = f"--widths {widths} --activation {activation} --init {init} --loss {least_loss}"
    record = {
        "command": f"sharpness network {words_for(data)} {asked} --seed {data.seed}",
        "understood": in_words(study.dataset),
        "data_sha256": study.dataset.digest,
        "versions": versions(),
        **trained.record(),
    }
    show_result(record, json_target, lambda: click.echo(repr(trained)))
    return 0
